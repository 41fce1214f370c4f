using System.Text;

namespace CopilotSentinelKit.Kql.Evaluate.Values;

/// <summary>Texts by their Unicode code points, as Kusto counts them; .NET counts some of them twice.</summary>
internal static class CodePoints
{
    /// <summary>How many a text has.</summary>
    public static long Count(string text) => CountBefore(text, text.Length);

    /// <summary>How many stand before an offset of .NET's.</summary>
    public static long CountBefore(string text, int offset)
    {
        var count = 0L;
        for (var at = 0; at < offset; at += Length(text, at))
        {
            count++;
        }

        return count;
    }

    /// <summary>The offset of the code point of an index; that of the end when there is none.</summary>
    public static int OffsetOf(string text, long index)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return (int)Math.Min(index, text.Length);
        }

        var at = 0;
        for (; index > 0 && at < text.Length; index--)
        {
            at += Length(text, at);
        }

        return at;
    }

    /// <summary>The order of two texts by their code points.</summary>
    public static int Compare(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        // What takes two places comes behind all that takes one.
        var (a, b) = (left[same], right[same]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }

    private static int Length(string text, int at) => Rune.TryGetRuneAt(text, at, out var rune) ? rune.Utf16SequenceLength : 1;
}
