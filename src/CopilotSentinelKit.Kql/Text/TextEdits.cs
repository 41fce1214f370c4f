using System.Collections.Immutable;
using System.Text;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>Edits of one text, all in terms of that text.</summary>
internal static class TextEdits
{
    /// <summary>The text with all edits made; they must not overlap.</summary>
    public static string Apply(string text, IEnumerable<TextEdit> edits)
    {
        var changed = new StringBuilder();
        var at = 0;
        foreach (var (span, replacement) in edits.OrderBy(edit => edit.Span.Start).ThenBy(edit => edit.Span.Length))
        {
            changed.Append(text, at, span.Start - at).Append(replacement);
            at = span.Start + span.Length;
        }

        return changed.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Where an offset of the text is when all edits are made.</summary>
    public static int Shift(int offset, IEnumerable<TextEdit> edits) =>
        offset + edits.Where(edit => edit.Span.Start + edit.Span.Length <= offset).Sum(edit => edit.Text.Length - edit.Span.Length);

    /// <summary>Whether the edits of two fixes cannot both be made: they share a character, or begin at one place.</summary>
    public static bool Overlap(ImmutableArray<TextEdit> left, ImmutableArray<TextEdit> right) =>
        left.Any(a => right.Any(b => a.Span.Start == b.Span.Start
            || (a.Span.Start < b.Span.Start + b.Span.Length && b.Span.Start < a.Span.Start + a.Span.Length)));
}
