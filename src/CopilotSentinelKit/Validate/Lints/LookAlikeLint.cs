using System.Globalization;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Characters that look like others or like none, from web pages and word processors, in names and texts of a query.</summary>
internal static class LookAlikeLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        var token = 0;
        var tokens = query.Root.SelfAndDescendants().Where(node => node.Text is { Length: > 0 }).ToList();
        var text = query.Query.Text;
        for (var i = 0; i < text.Length; i++)
        {
            while (token < tokens.Count && tokens[token].End <= i)
            {
                token++;
            }

            var isInToken = token < tokens.Count && tokens[token].Start <= i;
            if (Name(text[i]) is { } name && (isInToken || !IsInComment(text, i)))
            {
                yield return LintFindings.LookAlike(query.Query.Locate(i, 1), name, string.Create(CultureInfo.InvariantCulture, $"U+{(int)text[i]:X4}"));
            }
        }
    }

    private static bool IsInComment(string text, int at)
    {
        var line = text.LastIndexOf('\n', at) + 1;
        return text.AsSpan(line, at - line).Contains("//", StringComparison.Ordinal);
    }

    private static string? Name(char character) => character switch
    {
        '\u201C' or '\u201D' or '\u201E' or '\u2018' or '\u2019' or '\u201A' => "a typographic quotation mark",
        '\u00A0' or '\u2007' or '\u202F' => "a space that does not break",
        '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' => "a character of no width",
        '\u202A' or '\u202B' or '\u202C' or '\u202D' or '\u202E' or '\u2066' or '\u2067' or '\u2068' or '\u2069' => "a character that turns the direction of writing",
        _ => null,
    };
}
