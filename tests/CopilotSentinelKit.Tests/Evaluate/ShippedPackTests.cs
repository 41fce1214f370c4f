using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Evaluate;
using CopilotSentinelKit.Kql;
using CopilotSentinelKit.Tests.Support;
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>The evaluator knows all KQL that comes with the kit: parsers, rules, hunts and workbooks, over empty tables.</summary>
internal sealed class ShippedPackTests
{
    [Test]
    public async Task All_shipped_KQL_compiles_and_runs()
    {
        var compilation = await ShippedPack.Compilation;
        var parsers = compilation.Items.OfType<ParserFunction>().ToImmutableArray();
        var watchlists = compilation.Items.OfType<Watchlist>().Select(list => new KqlWatchlist(list.Alias.Value, [.. list.Columns.Select(column => column.Value)])).ToImmutableArray();
        ImmutableArray<KqlTable> declared = [.. compilation.Pack!.Mapping.DeclaredTables];
        ImmutableArray<KqlFunction> functions = [.. parsers.Select(parser => new KqlFunction(parser.Alias, parser.Parameters, [.. parser.Columns.Select(column => column.Value)]))];
        ImmutableArray<(string Name, KqlRequest Request)> queries =
        [
            .. parsers.Select(parser => (parser.Alias, new KqlRequest(parser.GetQuery()!.Text, parser.Parameters, WithTree: true))),
            .. compilation.Items.Except(parsers).SelectMany(item => QueriesOf(item).Select(query => (item.ToString()!.Split(' ')[0] + " " + query.Text, new KqlRequest(query.Text, [], WithTree: true)))),
        ];
        var analyses = await SharedHost.Analyzer.AnalyzeAsync(
            new(SharedHost.Catalog, declared, functions, watchlists), [.. queries.Select(query => query.Request)], null, CancellationToken.None);
        var tables = declared.Select(table => new EvaluationTable(table.Name, table.Columns, [], []))
            .Concat(analyses.SelectMany(analysis => analysis.Tables).Distinct().Where(name => !declared.Any(table => table.Name == name))
                .Select(name => new EvaluationTable(name, SharedHost.Catalog.Find(name)!.Value, [], [])));
        var workspace = new EvaluationWorkspace(
            new(2026, 1, 15, 12, 0, 0, DateTimeKind.Utc),
            [.. tables],
            [.. functions.Zip(analyses, (function, body) => new EvaluationFunction(function, body))],
            [.. watchlists.Select(list => new EvaluationTable(list.Alias, list.Columns.Any(column => column.Name == "SearchKey") ? list.Columns : list.Columns.Add(new("SearchKey", "string")), []))]);

        Assert.That(queries, Has.Length.GreaterThan(40));
        Assert.Multiple(() =>
        {
            foreach (var (query, analysis) in queries.Zip(analyses).Skip(parsers.Length))
            {
                var compiled = CompiledQuery.Compile(analysis, workspace);
                Assert.That(compiled.Refusal, Is.Null, query.Name);
                Assert.That(() => compiled.Run().Columns, Throws.Nothing, query.Name);
            }
        });
    }

    private static IEnumerable<Query> QueriesOf(ContentItem item) => item switch
    {
        Workbook workbook => workbook.Queries.Select(query => query.Sample),
        _ => item.GetQuery() is { } query ? [query] : [],
    };
}
