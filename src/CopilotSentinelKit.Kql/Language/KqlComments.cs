namespace CopilotSentinelKit.Kql.Language;

/// <summary>Where the comments of a KQL text are: from <c>//</c> to the end of the line, but not in a string.</summary>
internal static class KqlComments
{
    private static readonly string[] Blocks = ["```", "~~~"];

    /// <summary>Each comment, without its line break, in order.</summary>
    public static IEnumerable<(int Start, int Length)> Find(string kql)
    {
        for (var i = 0; i < kql.Length; i++)
        {
            if (Array.Find(Blocks, block => string.CompareOrdinal(kql, i, block, 0, block.Length) == 0) is { } fence)
            {
                var close = kql.IndexOf(fence, i + fence.Length, StringComparison.Ordinal);
                i = close < 0 ? kql.Length : close + fence.Length - 1;
            }
            else if (kql[i] is '"' or '\'')
            {
                i = EndOfString(kql, i, isVerbatim: i > 0 && kql[i - 1] == '@');
            }
            else if (kql[i] == '/' && i + 1 < kql.Length && kql[i + 1] == '/')
            {
                var end = kql.AsSpan(i).IndexOfAny('\r', '\n');
                var length = end < 0 ? kql.Length - i : end;
                yield return (i, length);
                i += length - 1;
            }
        }
    }

    /// <summary>Offset of the closing quote, or of the end of the line when there is none: a string ends there at the latest.</summary>
    private static int EndOfString(string kql, int start, bool isVerbatim)
    {
        var i = start + 1;
        while (i < kql.Length && kql[i] != '\n')
        {
            var isQuote = kql[i] == kql[start];
            var isPair = isVerbatim ? isQuote && i + 1 < kql.Length && kql[i + 1] == kql[start] : kql[i] == '\\';
            if (isQuote && !isPair)
            {
                break;
            }

            i += isPair ? 2 : 1;
        }

        return i;
    }
}
