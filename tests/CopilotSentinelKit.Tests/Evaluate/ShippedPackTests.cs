using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Backtest;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>The evaluator knows all KQL that comes with the kit: parsers, rules, hunts and workbooks, over empty tables.</summary>
internal sealed class ShippedPackTests
{
    [Test]
    public async Task All_shipped_KQL_compiles_and_runs()
    {
        var compilation = await ShippedPack.Compilation;
        var bench = await TestBench.PrepareAsync(compilation.Analyzed, compilation.Schema!, SharedHost.Analyzer, CancellationToken.None);
        ImmutableArray<(string Name, KqlAnalysis Analysis)> queries =
        [
            .. from item in compilation.Analyzed
               where item.Item is not ParserFunction
               from query in item.Item.GetQueries().Zip(item.Analysis is { } single ? [single] : item.Parts)
               select ($"{item.Item.Id.Value}: {query.First.Text}", query.Second),
        ];
        var tables = bench.Tables.Union(queries.SelectMany(query => query.Analysis.Tables)).Select(name => new EvaluationTable(name, bench.ColumnsOf(name)!.Value, []));
        var workspace = new EvaluationWorkspace(
            new(2026, 1, 15, 12, 0, 0, DateTimeKind.Utc), [.. tables], bench.Functions, [.. bench.Watchlists.Select(list => list.Deployed with { Rows = [] })]);

        Assert.That(queries, Has.Length.GreaterThan(40));
        Assert.Multiple(() =>
        {
            foreach (var (name, analysis) in queries)
            {
                var compiled = CompiledQuery.Compile(analysis, workspace);
                Assert.That(compiled.Refusal, Is.Null, name);
                Assert.That(() => compiled.Run().Columns, Throws.Nothing, name);
            }
        });
    }

    /// <summary>What nobody reads is not computed, and what somebody reads is as if all were.</summary>
    [Test]
    public async Task Each_column_alone_is_as_in_the_whole_result()
    {
        var pack = await ShippedWorkspace.GetAsync();
        var compared = 0;
        foreach (var (item, query) in pack.Queries)
        {
            var relation = CompiledQuery.Compile(query.Analysis, pack.Workspace).Relation!;
            var whole = relation.Rows().ToList();
            foreach (var place in Enumerable.Range(0, relation.Schema.Columns.Length))
            {
                Assert.That(
                    relation.Read(Places.Of(place)).Select(row => row[place]),
                    Is.EqualTo(whole.Select(row => row[place])),
                    $"{item.FileName}: {relation.Schema.Columns[place].Name}");
                compared += whole.Count;
            }
        }

        Assert.That(compared, Is.GreaterThan(100));
    }
}
