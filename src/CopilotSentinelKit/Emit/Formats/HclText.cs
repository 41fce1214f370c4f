using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>Writes values and names of Terraform's language: https://developer.hashicorp.com/terraform/language/expressions/strings.</summary>
internal static partial class HclText
{
    /// <summary>A value as an expression. Text of several lines is a heredoc, so that KQL can be read; <c>chomp</c> takes off the line end that
    /// a heredoc always has.</summary>
    /// <param name="node">The value.</param>
    /// <param name="indent">Spaces before the line that it stands in.</param>
    /// <exception cref="TemplateMistake">An expression of ARM.</exception>
    public static string Write(OutputNode node, int indent)
    {
        var text = new StringBuilder();
        Write(text, node, indent);
        return text.ToString();
    }

    /// <summary>A name, as of a resource or an argument.</summary>
    /// <exception cref="TemplateMistake">Terraform takes no such name.</exception>
    public static string Name(string name) => Identifier().IsMatch(name) ? name
        : throw TemplateMistake.Value($"\"{name}\" is no name in Terraform: letters, digits, \"_\" and \"-\", and no digit first.");

    private static void Write(StringBuilder text, OutputNode node, int indent)
    {
        switch (node)
        {
            case OutputText { Value: var value }:
                text.Append(FitsLines(value) ? $"chomp(<<EOT\n{Escaped(value)}\nEOT\n{new string(' ', indent)})" : $"\"{Quoted(value)}\"");
                break;
            case OutputNumber { Value: var number }:
                text.Append(CultureInfo.InvariantCulture, $"{number}");
                break;
            case OutputFlag { Value: var flag }:
                text.Append(flag ? "true" : "false");
                break;
            case OutputList { Items: var items }:
                Block(text, '[', ']', items.Length, indent, i =>
                {
                    Write(text, items[i], indent + 2);
                    text.Append(',');
                });
                break;
            case OutputMap { Entries: var entries }:
                Block(text, '{', '}', entries.Length, indent, i =>
                {
                    text.Append(Identifier().IsMatch(entries[i].Key) ? entries[i].Key : $"\"{Quoted(entries[i].Key)}\"").Append(" = ");
                    Write(text, entries[i].Value, indent + 2);
                });
                break;
            default:
                throw TemplateMistake.Value("An expression of ARM has no form in Terraform; write that member in the template itself.");
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

    private static bool FitsLines(string value) =>
        value.Contains('\n', StringComparison.Ordinal)
        && !value.EndsWith('\n')
        && !value.Split('\n').Any(line => line.Trim() == "EOT")
        && !value.Any(c => char.IsControl(c) && c is not '\n' and not '\t');

    // Both a quoted text and a heredoc take "${" and "%{" for the start of a template.
    private static string Escaped(string value) =>
        value.Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal);

    private static string Quoted(string value)
    {
        var text = new StringBuilder();
        foreach (var c in Escaped(value))
        {
            text.Append(c switch
            {
                '\\' => @"\\",
                '"' => "\\\"",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                _ when char.IsControl(c) => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_-]*\z")]
    private static partial Regex Identifier();
}
