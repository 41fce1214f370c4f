using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>Writes values and names of Bicep: https://learn.microsoft.com/azure/azure-resource-manager/bicep/data-types.</summary>
internal static partial class BicepText
{
    /// <summary>A value as a literal. Text of several lines stands as it is between three quotes, so that KQL can be read.</summary>
    /// <param name="node">The value.</param>
    /// <param name="indent">Spaces before the line that it stands in.</param>
    /// <exception cref="TemplateMistake">An expression of ARM that is more than a parameter.</exception>
    public static string Write(OutputNode node, int indent)
    {
        var text = new StringBuilder();
        Write(text, node, indent);
        return text.ToString();
    }

    /// <summary>A name, as of a resource or a parameter.</summary>
    /// <exception cref="TemplateMistake">Bicep takes no such name.</exception>
    public static string Name(string name) => Identifier().IsMatch(name) ? name
        : throw TemplateMistake.Value($"\"{name}\" is no name in Bicep: letters, digits and \"_\", and no digit first.");

    private static void Write(StringBuilder text, OutputNode node, int indent)
    {
        switch (node)
        {
            case OutputText { Value: var value }:
                text.Append(FitsLines(value) ? $"'''\n{value}'''" : Quoted(value));
                break;
            case OutputNumber { Value: var number }:
                text.Append(CultureInfo.InvariantCulture, $"{number}");
                break;
            case OutputFlag { Value: var flag }:
                text.Append(flag ? "true" : "false");
                break;
            case ArmExpression { Code: var code }:
                text.Append(Parameter().Match(code) is { Success: true } match ? match.Groups[1].Value
                    : throw TemplateMistake.Value($"The expression \"{code}\" of ARM has no form in Bicep here; write that member in the template itself."));
                break;
            case OutputList { Items: var items }:
                Block(text, '[', ']', items.Length, indent, i => Write(text, items[i], indent + 2));
                break;
            case OutputMap { Entries: var entries }:
                Block(text, '{', '}', entries.Length, indent, i =>
                {
                    text.Append(Identifier().IsMatch(entries[i].Key) ? entries[i].Key : Quoted(entries[i].Key)).Append(": ");
                    Write(text, entries[i].Value, indent + 2);
                });
                break;
        }
    }

    private static void Block(StringBuilder text, char open, char close, int count, int indent, Action<int> write)
    {
        text.Append(open);
        for (var i = 0; i < count; i++)
        {
            text.Append('\n').Append(' ', indent + 2);
            write(i);
        }

        if (count > 0)
        {
            text.Append('\n').Append(' ', indent);
        }

        text.Append(close);
    }

    // Between three quotes nothing is escaped, so nothing that ends them or cannot be seen may be in the text.
    private static bool FitsLines(string value) =>
        value.Contains('\n', StringComparison.Ordinal)
        && !value.EndsWith('\'')
        && !value.Contains("'''", StringComparison.Ordinal)
        && !value.Any(c => char.IsControl(c) && c is not '\n' and not '\t');

    private static string Quoted(string value)
    {
        var text = new StringBuilder("'");
        for (var i = 0; i < value.Length; i++)
        {
            text.Append(value[i] switch
            {
                '\\' => @"\\",
                '\'' => @"\'",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                '$' when i + 1 < value.Length && value[i + 1] == '{' => @"\$",
                var c when char.IsControl(c) => $"\\u{{{(int)c:x}}}",
                var c => c.ToString(),
            });
        }

        return text.Append('\'').ToString();
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\Aparameters\('([A-Za-z_][A-Za-z0-9_]*)'\)\z")]
    private static partial Regex Parameter();
}
