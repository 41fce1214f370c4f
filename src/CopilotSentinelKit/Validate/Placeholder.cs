using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>A <c>{{Column}}</c> in an alert's name or description format.</summary>
/// <param name="Inner">What stands between the braces.</param>
/// <param name="Span">The place of the whole placeholder, or of the whole format where that was written with escapes.</param>
internal sealed partial record Placeholder(string Inner, SourceSpan Span)
{
    /// <summary>The column it names.</summary>
    public string Column => Inner.Trim();

    /// <summary>The placeholders of a format, in order.</summary>
    public static IEnumerable<Placeholder> In(Spanned<string> format)
    {
        var written = format.Span.Text;
        var searchFrom = 0;
        foreach (Match match in Pattern().Matches(format.Value))
        {
            // The format is searched for piece by piece, because a folded scalar differs from its value between the pieces only.
            var at = written.IndexOf(match.Value, searchFrom, StringComparison.Ordinal);
            searchFrom = at < 0 ? searchFrom : at + match.Length;
            yield return new(match.Groups[1].Value, at < 0 ? format.Span : new(format.Span.File, format.Span.Start + at, match.Length));
        }
    }

    /// <summary>The format without its placeholders.</summary>
    public static string Remove(string format) => Pattern().Replace(format, "");

    // Sentinel's own pattern.
    [GeneratedRegex(@"\{\{([^{}]*)\}\}")]
    private static partial Regex Pattern();
}
