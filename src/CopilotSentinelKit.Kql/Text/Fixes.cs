namespace CopilotSentinelKit.Kql.Text;

/// <summary>Fixes that several findings have. Each gives null where the right answer is not certain, or where the place does not hold the
/// very text: a near miss is a suggestion for a person, never a fix.</summary>
internal static class Fixes
{
    /// <summary>The one candidate that a text differs from in letter case, spaces, hyphens or underscores alone.</summary>
    /// <param name="span">The text as written, quotes included.</param>
    /// <param name="written">Its value.</param>
    /// <param name="candidates">What it may be.</param>
    public static TextFix? LetterCase(SourceSpan span, string written, IEnumerable<string> candidates) =>
        candidates.Where(candidate => Bare(candidate) == Bare(written)).Distinct(StringComparer.Ordinal).ToList() is [var right]
            && right != written ? Replace(span, written, right) : null;

    /// <summary>Other text in the place of a value, which keeps its quotes.</summary>
    public static TextFix? Replace(SourceSpan span, string written, string right) =>
        (Inside(span, written) ?? Once(span, written)) is { } place ? new($"Write \"{right}\"", [new(place, right)]) : null;

    /// <summary>true or false, where it was written in quotes or in other letter case.</summary>
    public static TextFix? Boolean(SourceSpan span, string written) =>
        written.ToLowerInvariant() is "true" or "false" && Inside(span, written) is not null
            ? new($"Write {written.ToLowerInvariant()}", [new(span, written.ToLowerInvariant())])
            : null;

    /// <summary>Double quotes around a plain value; null when it has quotes already.</summary>
    public static TextFix? Quote(SourceSpan span, string written) =>
        span.Text == written ? new($"Write \"{written}\" in quotes", [new(span with { Length = 0 }, "\""), new(new(span.File, span.Start + span.Length, 0), "\"")]) : null;

    /// <summary>Takes one item out of a list that has others before it: in brackets with the comma before it, else its line. Null where a
    /// comment would go with it.</summary>
    public static TextFix? RemoveItem(SourceSpan item, string written)
    {
        var text = item.File.Text;
        var before = item.Start;
        while (before > 0 && char.IsWhiteSpace(text[before - 1]))
        {
            before--;
        }

        var place = before == 0 ? null
            : text[before - 1] == ',' ? item with { Start = before - 1, Length = item.Start + item.Length - before + 1 }
            : WholeLine(item);
        return Inside(item, written) is not null && place is { } removed ? new($"Remove \"{written}\"", [new(removed, "")]) : null;
    }

    // "- item" and its line end, when the line holds nothing else.
    private static SourceSpan? WholeLine(SourceSpan item)
    {
        var (line, _) = item.Position;
        var start = item.File.GetOffset(line, 1);
        var end = item.Start + item.Length;
        var next = line < item.File.LineCount ? item.File.GetOffset(line + 1, 1) : item.File.Text.Length;
        return item.File.Text.AsSpan(start, item.Start - start).Trim() is "-" && end <= next && item.File.Text.AsSpan(end, next - end).IsWhiteSpace()
            ? new(item.File, start, next - start)
            : null;
    }

    // The one place of a word inside a longer text.
    private static SourceSpan? Once(SourceSpan span, string written)
    {
        var at = written.Length == 0 ? -1 : span.Text.IndexOf(written, StringComparison.Ordinal);
        return at >= 0 && span.Text.IndexOf(written, at + 1, StringComparison.Ordinal) < 0
            ? span with { Start = span.Start + at, Length = written.Length }
            : null;
    }

    private static string Bare(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static SourceSpan? Inside(SourceSpan span, string written)
    {
        var text = span.Text;
        return text == written ? span
            : text.Length == written.Length + 2 && text[0] is '"' or '\'' && text[^1] == text[0] && text[1..^1] == written
                ? span with { Start = span.Start + 1, Length = written.Length }
                : null;
    }
}
