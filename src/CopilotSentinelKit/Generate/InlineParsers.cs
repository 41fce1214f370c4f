using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Pack;

namespace CopilotSentinelKit.Generate;

/// <summary>Writes the parsers that a query calls into the query itself, as <c>let</c> functions, so that it needs no deployed function.</summary>
internal static class InlineParsers
{
    /// <summary>The rules, hunts and summary rules with their parsers in them. A rule's query may have 10,000 characters, so what a rule gets are parsers
    /// of only the fields that it names; a summary rule too, whose every row would be computed in vain.</summary>
    public static ImmutableArray<ContentItem> Embed(
        ImmutableArray<ContentItem> items,
        ImmutableArray<ParserFunction> parsers,
        ResolvedPack pack,
        TableCatalog catalog,
        CancellationToken cancellation)
    {
        var pruned = items.Where(item => item is AnalyticsRule or SummaryRule).ToDictionary<ContentItem, ContentItem, Mapping>(
            rule => rule, rule => MappingPruner.Prune(pack.Mapping, Words(rule)), ReferenceEqualityComparer.Instance);
        var specs = pruned.SelectMany(pair => Generator.Renderable(pair.Value, pack.Templates).Select(parser => (Rule: pair.Key, Parser: parser))).ToList();
        var queries = Generator.Render(
            [.. specs.Select(spec => ParserGenerator.Template(spec.Parser, pruned[spec.Rule], pack.Templates, catalog))], [], cancellation);
        var unmasked = pruned.Select(pair => (pair.Key, Records: Masking.Records(pair.Value, pack.Templates, catalog))).Where(pair => pair.Records is not null).ToList();
        var records = unmasked.Zip(Generator.Render([.. unmasked.Select(pair => pair.Records!)], [], cancellation))
            .ToDictionary<((ContentItem Key, QueryTemplate? Records) First, Query? Second), ContentItem, Query?>(pair => pair.First.Key, pair => pair.Second, ReferenceEqualityComparer.Instance);
        var own = specs.Zip(queries)
            .Where(pair => pair.Second is not null)
            .ToLookup(
                pair => pair.First.Rule,
                pair => ParserGenerator.Create(
                    pair.First.Parser, pruned[pair.First.Rule], Masking.WithRecords(pair.First.Parser, pair.Second!, pruned[pair.First.Rule], records.GetValueOrDefault(pair.First.Rule))),
                ReferenceEqualityComparer.Instance);
        return
        [
            .. items.Select(item => item switch
            {
                AnalyticsRule rule => rule with { Query = Fit(Embed(rule.Query, [.. own[rule]])) },
                SummaryRule summary => summary with { Query = Embed(summary.Query, [.. own[summary]]) },
                HuntingQuery hunt => hunt with { Query = Embed(hunt.Query, parsers) },
                _ => item,
            }),
        ];
    }

    // Comments and free white space are for readers: they go where a rule would be too long with them.
    private static Query Fit(Query query) => IsShort(query) ? query
        : KitComments.RemoveAll(query) is var bare && IsShort(bare) ? bare
        : TightQuery.Of(bare);

    private static bool IsShort(Query query) => query.Text.Length <= AnalyticsRule.MaxQueryLength;

    /// <summary>The query with the definitions in front of it, or the query as it is when it names no parser.</summary>
    public static Query Embed(Query query, ImmutableArray<ParserFunction> parsers)
    {
        var needed = Needed(query.Text, parsers);
        if (needed.IsEmpty)
        {
            return query;
        }

        var whole = new QueryBuilder();
        foreach (var parser in needed)
        {
            whole.Append($"let {parser.Alias} = ({parser.ParameterList}) {{\n").Append(parser.Query).Append("\n};\n");
        }

        return whole.Append(query).Build(query.Fallback);
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
            var words = QueryTables.WordsOf(kql).ToHashSet(StringComparer.Ordinal);
            foreach (var parser in parsers.Where(parser => words.Contains(parser.Alias) && seen.Add(parser)))
            {
                Visit(parser.Query.Text);
                ordered.Add(parser);
            }
        }
    }

    /// <summary>Every word of a rule that may be a column.</summary>
    private static HashSet<string> Words(ContentItem item) => item switch
    {
        AnalyticsRule rule =>
        [
            .. QueryTables.WordsOf(rule.Query.Text),
            .. rule.Entities.SelectMany(entity => entity.Fields).Select(field => field.Column.Value),
            .. rule.CustomDetails.Concat(rule.AlertDetails?.DynamicProperties ?? []).Select(detail => detail.Column.Value),
            .. QueryTables.WordsOf(rule.AlertDetails?.NameFormat?.Value),
            .. QueryTables.WordsOf(rule.AlertDetails?.DescriptionFormat?.Value),
            .. QueryTables.WordsOf(rule.AlertDetails?.SeverityColumn?.Value),
            .. QueryTables.WordsOf(rule.AlertDetails?.TacticsColumn?.Value),
        ],
        SummaryRule summary => [.. QueryTables.WordsOf(summary.Query.Text)],
        _ => [],
    };
}
