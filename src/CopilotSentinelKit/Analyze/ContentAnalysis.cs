using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Generate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;

namespace CopilotSentinelKit.Analyze;

/// <summary>Has Kusto.Language analyse every query once, and derives from what they read which connectors the content needs.</summary>
internal static class ContentAnalysis
{
    /// <summary>All content with its analysis, parsers first, and what the queries were bound against.</summary>
    public static async Task<(ImmutableArray<AnalyzedContent> Items, KqlSchema Schema)> RunAsync(
        GeneratedContent content,
        ResolvedPack pack,
        TableCatalog catalog,
        IKqlAnalyzer kql,
        IProgress<CompilerProgress>? progress,
        CancellationToken cancellation)
    {
        var schema = Schema(content, pack, catalog);
        // What others wrote may name what only the workspace knows.
        ImmutableArray<ContentItem> items = [.. content.Parsers, .. content.Items.Where(item => !item.IsVerbatim)];
        ImmutableArray<KqlRequest> requests =
        [
            .. items.SelectMany(item => item.GetQueries().Select(query => new KqlRequest(query.Text, (item as ParserFunction)?.Parameters ?? [], WithTree: true) { Place = query.Fallback.ToString() })),
        ];
        var done = 0;
        var results = await kql.AnalyzeAsync(
            schema, requests, () => progress?.Report(new("Analysing queries", Interlocked.Increment(ref done), requests.Length)), cancellation);

        results = [.. results.Select((result, index) => ServiceRules.Apply(result, requests[index].Text, schema))];
        var next = 0;
        var analyses = new Dictionary<ContentItem, ImmutableArray<KqlAnalysis>>(ReferenceEqualityComparer.Instance);
        foreach (var item in items)
        {
            analyses.Add(item, results[next..(next += item.GetQueries().Length)]);
        }

        var tables = new TablesRead(content.Parsers, parser => analyses.GetValueOrDefault(parser) is [var analysis] ? analysis : null);
        var verbatim = ImmutableArray.CreateBuilder<AnalyzedContent>();
        var others = new ForeignAnalysis(kql, schema, pack.Mapping.Sources, progress);
        await foreach (var (foreign, _) in others.RunAsync([.. content.Items.Where(item => item.IsVerbatim)], cancellation))
        {
            verbatim.Add(foreign with { Item = foreign.Item.WithDeclaredConnectors() });
        }

        var taken = 0;
        return ([.. content.Parsers.Concat(content.Items).Select(item => item.IsVerbatim ? verbatim[taken++] : Analyzed(item, analyses[item]))], schema);

        AnalyzedContent Analyzed(ContentItem item, ImmutableArray<KqlAnalysis> parts)
        {
            var connectors = ConnectorsNeeded.For(parts.SelectMany(tables.Of).Distinct(), pack.Mapping.Sources);
            var known = parts.IsEmpty ? item : (item with { RequiredConnectors = connectors }).WithDeclaredConnectors();
            return item is Workbook or DataCollectionRule ? new(known, null) { Parts = parts } : new(known, parts is [var single] ? single : null);
        }
    }

    private static KqlSchema Schema(GeneratedContent content, ResolvedPack pack, TableCatalog catalog) => new(
        catalog,
        [
            .. pack.Mapping.DeclaredTables.Concat(pack.Workspace.Tables).Concat(WorkspaceSchema.TablesOf(content.Items))
                .DistinctBy(table => table.Name).Select(table => WorkspaceSchema.Stored(table, catalog)),
        ],
        [.. content.Parsers.Select(p => new KqlFunction(p.Alias, p.Parameters, [.. p.Columns.Select(c => c.Value)])), .. pack.Workspace.Functions],
        [.. content.Items.OfType<Watchlist>().Select(w => new KqlWatchlist(w.Alias.Value, [.. w.Columns.Select(c => c.Value)])), .. pack.Workspace.Watchlists]);

    /// <summary>Tables that a query reads, through the parsers that it calls.</summary>
    private sealed class TablesRead(ImmutableArray<ParserFunction> parsers, Func<ParserFunction, KqlAnalysis?> analysisOf)
    {
        public HashSet<string> Of(KqlAnalysis analysis)
        {
            var functions = new HashSet<string>(StringComparer.Ordinal);
            var tables = new HashSet<string>(StringComparer.Ordinal);
            Visit(analysis);
            return tables;

            void Visit(KqlAnalysis reader)
            {
                tables.UnionWith(reader.Tables);
                foreach (var parser in parsers.Where(parser => reader.Functions.Contains(parser.Alias) && functions.Add(parser.Alias)))
                {
                    if (analysisOf(parser) is { } called)
                    {
                        Visit(called);
                    }
                }
            }
        }
    }
}
