using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Generate;

/// <summary>The Generate stage: renders every query of the pack and makes Sentinel content of it.</summary>
internal static class Generator
{
    /// <summary>All content; what could not be rendered is a finding and left out.</summary>
    public static GeneratedContent Generate(
        ResolvedPack pack, TableCatalog catalog, List<Finding> findings, CancellationToken cancellation)
    {
        var parserSpecs = Renderable(pack.Mapping, pack.Templates);
        ImmutableArray<QueryTemplate> all =
        [
            .. parserSpecs.Select(parser => ParserGenerator.Template(parser, pack.Mapping, pack.Templates, catalog)),
            .. pack.Detections.Select(detection => DetectionGenerator.Template(detection, pack.Templates)),
            .. pack.Workbooks.SelectMany(workbook => WorkbookGenerator.Templates(workbook.Spec)),
            .. pack.Summaries.Select(summary => QueryTemplate.Of(summary.Spec.Query)),
        ];
        var queries = Render(all, findings, cancellation);

        var records = Masking.Records(pack.Mapping, pack.Templates, catalog) is { } unmasked ? Render([unmasked], [], cancellation)[0] : null;
        ImmutableArray<ParserFunction> parsers =
        [
            .. from pair in parserSpecs.Zip(queries)
               where pair.Second is not null
               select ParserGenerator.Create(pair.First, pack.Mapping, Masking.WithRecords(pair.First, pair.Second, pack.Mapping, records)),
        ];
        ImmutableArray<ContentItem> detections =
        [
            .. from pair in pack.Detections.Zip(queries.Skip(parserSpecs.Length))
               where pair.Second is not null
               select DetectionGenerator.Create(pair.First, pair.Second),
        ];

        ImmutableArray<ContentItem> summaries =
        [
            .. from pair in pack.Summaries.Zip(queries.TakeLast(pack.Summaries.Length))
               where pair.Second is not null
               select SummaryGenerator.Create(pair.First, pair.Second),
        ];

        // Where functions are not deployed, each query reads the watchlists itself.
        var readers = pack.Parsers == ParserPlacement.Inline ? [] : WatchlistFunctions.For(pack, queries.Skip(parserSpecs.Length).SkipLast(pack.Summaries.Length).OfType<Query>(), findings, cancellation);
        var whole = pack.Parsers == ParserPlacement.Inline
            ? InlineParsers.Embed(detections, parsers, pack, catalog, cancellation)
            : detections.Select(item => item switch
            {
                AnalyticsRule rule => rule with { Query = WatchlistFunctions.Apply(rule.Query, readers) },
                HuntingQuery hunt => hunt with { Query = WatchlistFunctions.Apply(hunt.Query, readers) },
                _ => item,
            });
        return new(
            [.. parsers, .. AsimGenerator.For(pack, catalog, findings, cancellation), .. readers],
            [
                .. detections.Zip(whole, DetectionParameters.Keep),
                .. InlineParsers.Embed(summaries, parsers, pack, catalog, cancellation),
                .. pack.Automation.Select(AutomationGenerator.Create),
                .. pack.Watchlists.Select(watchlist => WatchlistGenerator.Create(watchlist, pack.Publisher)),
                .. IngestionGenerator.For(pack, findings, cancellation),
                .. Workbooks(pack, queries[(parserSpecs.Length + pack.Detections.Length)..], parsers, readers),
            ]);
    }

    private static IEnumerable<Workbook> Workbooks(
        ResolvedPack pack, ImmutableArray<Query?> queries, ImmutableArray<ParserFunction> parsers, ImmutableArray<ParserFunction> readers)
    {
        var next = 0;
        foreach (var workbook in pack.Workbooks)
        {
            var own = queries[next..(next += WorkbookGenerator.CountOf(workbook.Spec))];
            if (WorkbookGenerator.Create(workbook, own, Place) is { } created)
            {
                yield return created;
            }
        }

        Query Place(Query query) => pack.Parsers == ParserPlacement.Inline ? InlineParsers.Embed(query, parsers) : WatchlistFunctions.Apply(query, readers);
    }

    /// <summary>The parsers whose template exists; a missing one has been reported.</summary>
    public static ImmutableArray<ParserSpec> Renderable(Mapping mapping, TemplateSet templates) =>
        [.. mapping.Parsers.Where(parser => templates.Files.ContainsKey("parsers/" + parser.Template.Value))];

    /// <summary>The rendered queries, in order; null where the template was wrong, which is a finding.</summary>
    public static ImmutableArray<Query?> Render(
        ImmutableArray<QueryTemplate> queries, List<Finding> findings, CancellationToken cancellation)
    {
        var results = TemplateEngine.Render([.. queries.Select(query => query.Request)], cancellation);
        return [.. queries.Zip(results, (query, result) => query.Finish(result, findings))];
    }
}

/// <summary>What the Generate stage made.</summary>
/// <param name="Parsers">The parser functions, in the order of the mapping.</param>
/// <param name="Items">All other content.</param>
internal sealed record GeneratedContent(ImmutableArray<ParserFunction> Parsers, ImmutableArray<ContentItem> Items);
