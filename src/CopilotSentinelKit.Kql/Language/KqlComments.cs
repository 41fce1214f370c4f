using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>Where the comments of a KQL text are, from <c>//</c> to the end of the line but not in a string, and its texts over several lines.</summary>
internal static class KqlComments
{
    private enum Part
    {
        Comment,
        Text,
        Block,
    }

    private static readonly string[] Blocks = ["```", "~~~"];

    /// <summary>Each comment, without its line break, in order.</summary>
    public static IEnumerable<(int Start, int Length)> Find(string kql) =>
        from part in Parts(kql)
        where part.Kind == Part.Comment
        select (part.Start, part.Length);

    /// <summary>Each comment and each text, quotes included, in order: what else there is are names, operators and white space.</summary>
    public static IEnumerable<(int Start, int Length)> CommentsAndTexts(string kql) => Parts(kql).Select(part => (part.Start, part.Length));

    /// <summary>Those matches in a query that begin outside of its comments and texts.</summary>
    public static IEnumerable<Match> InCode(string kql, IEnumerable<Match> matches)
    {
        var quiet = CommentsAndTexts(kql).ToList();
        return matches.Where(match => !quiet.Exists(part => match.Index >= part.Start && match.Index < part.Start + part.Length));
    }

    /// <summary>Whether an offset is in a text over several lines: between two ```.</summary>
    public static bool IsInBlock(string kql, int offset) =>
        Parts(kql).Any(part => part.Kind == Part.Block && offset > part.Start && offset < part.Start + part.Length);

    private static IEnumerable<(int Start, int Length, Part Kind)> Parts(string kql)
    {
        for (var i = 0; i < kql.Length; i++)
        {
            if (Array.Find(Blocks, block => string.CompareOrdinal(kql, i, block, 0, block.Length) == 0) is { } fence)
            {
                var close = kql.IndexOf(fence, i + fence.Length, StringComparison.Ordinal);
                var end = close < 0 ? kql.Length : close + fence.Length;
                yield return (i, end - i, Part.Block);
                i = end - 1;
            }
            else if (kql[i] is '"' or '\'')
            {
                var end = EndOfString(kql, i, isVerbatim: i > 0 && kql[i - 1] == '@');
                yield return (i, Math.Min(end + 1, kql.Length) - i, Part.Text);
                i = end;
            }
            else if (kql[i] == '/' && i + 1 < kql.Length && kql[i + 1] == '/')
            {
                var lineEnd = kql.AsSpan(i).IndexOfAny('\r', '\n');
                var length = lineEnd < 0 ? kql.Length - i : lineEnd;
                yield return (i, length, Part.Comment);
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
