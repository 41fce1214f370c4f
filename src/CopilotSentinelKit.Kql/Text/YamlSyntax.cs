using YamlDotNet.Core;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>What the YAML parser's errors mean to a person.</summary>
internal static class YamlSyntax
{
    /// <summary>What to say where the parser says nothing.</summary>
    public const string Unexplained = "it cannot be read on from here. Check the brackets, quotes and indentation of this line and the one before";

    /// <summary>The finding for a parser error: tabs have their own, the rest is explained where the parser's words do not help.</summary>
    public static Finding Explain(SourceFile file, Mark place, string message)
    {
        var offset = (int)Math.Clamp(place.Index, 0, file.Text.Length);
        var line = file.GetPosition(offset).Line;
        if (IndentingTab(file, line, message) is { } tab)
        {
            return YamlFindings.TabIndentation(tab);
        }

        var length = offset < file.Text.Length && file.Text[offset] is not ('\r' or '\n') ? 1 : 0;
        return YamlFindings.Syntax(new(file, offset, length), Reason(message));
    }

    private static SourceSpan? IndentingTab(SourceFile file, int line, string message)
    {
        // Where the parser speaks of a tab, its place is where the value starts that the tab cuts off; some tabs it notices a line late.
        var last = message.Contains(" tab ", StringComparison.Ordinal) ? file.LineCount : line;
        for (var candidate = Math.Max(1, line - 1); candidate <= last; candidate++)
        {
            var text = file.GetLine(candidate);
            var indent = text.Length - text.AsSpan().TrimStart(" \t").Length;
            var tab = text.AsSpan(0, indent).IndexOf('\t');
            if (tab >= 0 && indent < text.Length)
            {
                return new(file, file.GetOffset(candidate, tab + 1), 1);
            }
        }

        return null;
    }

    private static string Reason(string message)
    {
        foreach (var (part, reason) in Reasons)
        {
            if (message.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                return reason;
            }
        }

        return message.TrimEnd('.', ' ') + ".";
    }

    private static readonly (string Part, string Reason)[] Reasons =
    [
        ("cannot start any token", "a text cannot start with this character. Put the text in quotes."),
        ("could not find expected ':'", "the key before this place has no \":\". Write \"key: value\", or put a text that goes on over lines in quotes."),
        ("mapping values are not allowed", "a \":\" cannot stand here. Check the indentation, or put a text that contains \": \" in quotes."),
        ("unexpected end of stream", "the quotes of a text are never closed. Add the closing quote."),
        ("unexpected document indicator", "the quotes of a text are never closed. Add the closing quote."),
        ("did not find expected ',' or", "a \",\" or a closing bracket is missing before this place."),
        ("did not find expected '-' indicator", "a list item must start with \"- \" at the same column as the items before it."),
        ("did not find expected <document start>", "this line does not go on with what stands before it. Check its indentation."),
        ("did not find expected key", "a key is expected here. Check the indentation of this line and the one before."),
        ("found extra spaces in first line", "a block starts with a line of spaces that is longer than the indentation of its text. Remove the spaces of that line."),
        ("unknown escape character", "a text in double quotes has an unknown escape. Write \"\\\\\" for a backslash, or use single quotes."),
    ];
}
