using System.Globalization;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Names and descriptions without characters that nobody sees or types: quotes of a word processor, spaces of no width.
/// Letters of any language are plain text.</summary>
internal static class PlainTextCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context) =>
        new[] { Check(item.Name, "name"), Check(item.Description, "description") }.OfType<Finding>();

    private static Finding? Check(Spanned<string> text, string what)
    {
        var found = text.Value.FirstOrDefault(character => Plain(character) is not null);
        if (found == default)
        {
            return null;
        }

        var written = text.Span.Text;
        var at = written.IndexOf(found, StringComparison.Ordinal);
        var span = at < 0 ? text.Span : text.Span with { Start = text.Span.Start + at, Length = 1 };
        var finding = ContentFindings.InvisibleCharacter(span, what, string.Create(CultureInfo.InvariantCulture, $"U+{(int)found:X4}"), NameOf(found));

        // Between quotes of YAML or JSON a plain quote would end the text, so there a person has to see to it.
        var edits = written.Select((character, index) => (Text: Plain(character), index)).Where(edit => edit.Text is not null)
            .Select(edit => new TextEdit(new(text.Span.File, text.Span.Start + edit.index, 1), edit.Text!)).ToList();
        return edits.Count == 0 || edits.Exists(edit => edit.Text is "\"" or "'") ? finding : finding with { Fix = new("Write plain text", [.. edits]) };
    }

    private static string? Plain(char character) => character switch
    {
        '\u2018' or '\u2019' or '\u201A' or '\u201B' => "'",
        '\u201C' or '\u201D' or '\u201E' or '\u201F' => "\"",
        '\u00A0' or '\u2007' or '\u202F' => " ",
        '\u00AD' or '\u200B' or '\u200E' or '\u200F' or '\u2060' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => "",
        _ => null,
    };

    private static string NameOf(char character) => Plain(character) switch
    {
        " " => "a space that does not break",
        "" => "which has no width",
        _ => "a typographic quotation mark",
    };
}
