using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Generate;

/// <summary>Puts a query together from other queries and text of the kit's own; each part keeps its places.</summary>
internal sealed partial class QueryBuilder
{
    private readonly StringBuilder _text = new();
    private readonly ImmutableArray<MapSegment>.Builder _map = ImmutableArray.CreateBuilder<MapSegment>();

    /// <summary>Text that nobody wrote.</summary>
    public QueryBuilder Append(string text)
    {
        _text.Append(text);
        return this;
    }

    /// <summary>A whole query.</summary>
    public QueryBuilder Append(Query part)
    {
        _map.AddRange(part.Map.Select(segment => segment with { Start = segment.Start + _text.Length }));
        return Append(part.Text);
    }

    /// <summary>A part of a query. What it cuts out of a literal of a parameter is none any more.</summary>
    public QueryBuilder Append(Query query, int from, int to)
    {
        foreach (var segment in query.Map)
        {
            var start = Math.Max(segment.Start, from);
            var end = Math.Min(segment.Start + segment.Length, to);
            var skipped = start - segment.Start;
            if (start < end)
            {
                _map.Add(new(start - from + _text.Length, end - start, (offset, length) => segment.Locate(skipped + offset, length))
                {
                    Parameter = end - start == segment.Length ? segment.Parameter : null,
                });
            }
        }

        return Append(query.Text[from..to]);
    }

    /// <summary>The query without lines that are empty or only white space: in the portal's editor such a line ends a query. Lines of a text between
    /// ``` stay, since they are part of a value.</summary>
    public static Query WithoutBlankLines(Query query)
    {
        var builder = new QueryBuilder();
        var kept = 0;
        var start = 0;
        while (start < query.Text.Length)
        {
            var end = query.Text.IndexOf('\n', start) is >= 0 and var lineBreak ? lineBreak + 1 : query.Text.Length;
            if (query.Text.AsSpan(start, end - start).IsWhiteSpace() && !KqlComments.IsInBlock(query.Text, start))
            {
                builder.Append(query, kept, start);
                kept = end;
            }

            start = end;
        }

        return kept == 0 ? query : builder.Append(query, kept, query.Text.Length).Build(query.Fallback);
    }

    /// <summary>All that was appended.</summary>
    public Query Build(SourceSpan fallback) => new(_text.ToString(), _map.DrainToImmutable(), fallback);

    /// <summary>Every word that may be a name by itself: those behind a dot are members of something.</summary>
    public static IEnumerable<string> NamesIn(string? kql) => FreeWord().Matches(kql ?? "").Select(match => match.Value);

    [GeneratedRegex(@"(?<![\w.])\w+")]
    private static partial Regex FreeWord();
}
