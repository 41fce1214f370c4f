using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Generate;

/// <summary>Writes the parsers that a query calls into the query itself, as <c>let</c> functions, so that it needs no deployed function.</summary>
internal static partial class InlineParsers
{
    /// <summary>The query with the definitions in front of it, or the query as it is when it names no parser.</summary>
    public static Query Embed(Query query, ImmutableArray<ParserFunction> parsers)
    {
        var needed = Needed(query.Text, parsers);
        if (needed.IsEmpty)
        {
            return query;
        }

        var text = new StringBuilder();
        var map = ImmutableArray.CreateBuilder<MapSegment>();
        foreach (var parser in needed)
        {
            var parameters = string.Join(", ", parser.Parameters.Select(p => $"{p.Name}:{p.Type}={p.Default}"));
            text.Append("let ").Append(parser.Alias).Append(" = (").Append(parameters).Append(") {\n");
            map.AddRange(Shift(parser.Query.Map, text.Length));
            text.Append(parser.Query.Text).Append("\n};\n");
        }

        map.AddRange(Shift(query.Map, text.Length));
        text.Append(query.Text);
        return new(text.ToString(), map.ToImmutable(), query.Fallback);
    }

    /// <summary>The parsers whose name the text holds, and those that they call, each after what it calls.</summary>
    private static ImmutableArray<ParserFunction> Needed(string text, ImmutableArray<ParserFunction> parsers)
    {
        var seen = new HashSet<ParserFunction>(ReferenceEqualityComparer.Instance);
        var ordered = new List<ParserFunction>();
        Visit(text);
        return [.. ordered];

        void Visit(string kql)
        {
            var words = Word().Matches(kql).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
            foreach (var parser in parsers.Where(parser => words.Contains(parser.Alias) && seen.Add(parser)))
            {
                Visit(parser.Query.Text);
                ordered.Add(parser);
            }
        }
    }

    private static IEnumerable<MapSegment> Shift(ImmutableArray<MapSegment> map, int by) =>
        map.Select(segment => segment with { Start = segment.Start + by });

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
