using System.Globalization;
using System.Text;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>Writes values of any kind as literals of a language whose objects stand in braces and whose lists stand in brackets, an entry on each line.</summary>
internal abstract class LiteralWriter
{
    private const int Step = 2;

    /// <summary>What stands behind each item of a list.</summary>
    protected virtual string ItemEnd => "";

    /// <summary>A value as a literal.</summary>
    /// <param name="node">The value.</param>
    /// <param name="indent">Spaces before the line that it stands in.</param>
    /// <exception cref="TemplateMistake">The language has no form for a part of it.</exception>
    public string Write(OutputNode node, int indent)
    {
        var text = new StringBuilder();
        Write(text, node, indent);
        return text.ToString();
    }

    /// <summary>A text.</summary>
    protected abstract string Text(string value, int indent);

    /// <summary>An expression of ARM.</summary>
    /// <exception cref="TemplateMistake">The language has no form for it.</exception>
    protected abstract string Expression(string code);

    /// <summary>The key of an entry, with what stands between it and the value.</summary>
    protected abstract string Key(string key);

    /// <summary>Whether a text has several lines, and no character that cannot be seen.</summary>
    protected static bool HasLines(string value) =>
        value.Contains('\n', StringComparison.Ordinal) && !value.Any(c => char.IsControl(c) && c is not '\n' and not '\t');

    /// <summary>A text between quotes on one line.</summary>
    /// <param name="value">The text.</param>
    /// <param name="quote">The quote.</param>
    /// <param name="control">How the language writes any other control character.</param>
    protected static string Quoted(string value, char quote, Func<int, string> control)
    {
        var text = new StringBuilder().Append(quote);
        foreach (var c in value)
        {
            text.Append(c switch
            {
                '\\' => @"\\",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                _ when c == quote => "\\" + quote,
                _ when char.IsControl(c) => control(c),
                _ => c.ToString(),
            });
        }

        return text.Append(quote).ToString();
    }

    private void Write(StringBuilder text, OutputNode node, int indent)
    {
        switch (node)
        {
            case OutputText { Value: var value }:
                text.Append(Text(value, indent));
                break;
            case OutputNumber { Value: var number }:
                text.Append(CultureInfo.InvariantCulture, $"{number}");
                break;
            case OutputFlag { Value: var flag }:
                text.Append(flag ? "true" : "false");
                break;
            case ArmExpression { Code: var code }:
                text.Append(Expression(code));
                break;
            case OutputList { Items: var items }:
                Block(text, '[', ']', items.Length, indent, i =>
                {
                    Write(text, items[i], indent + Step);
                    text.Append(ItemEnd);
                });
                break;
            case OutputMap { Entries: var entries }:
                Block(text, '{', '}', entries.Length, indent, i =>
                {
                    text.Append(Key(entries[i].Key));
                    Write(text, entries[i].Value, indent + Step);
                });
                break;
        }
    }

    private static void Block(StringBuilder text, char open, char close, int count, int indent, Action<int> write)
    {
        text.Append(open);
        for (var i = 0; i < count; i++)
        {
            text.Append('\n').Append(' ', indent + Step);
            write(i);
        }

        if (count > 0)
        {
            text.Append('\n').Append(' ', indent);
        }

        text.Append(close);
    }
}
