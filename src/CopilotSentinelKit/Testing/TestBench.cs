using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Testing;

/// <summary>What the tests of a pack run against: its functions, the columns of tables, its watchlists.</summary>
internal sealed class TestBench
{
    private readonly KqlSchema _schema;
    private readonly ImmutableArray<AnalyzedContent> _items;

    private TestBench(KqlSchema schema, ImmutableArray<AnalyzedContent> items, ImmutableDictionary<string, TestTarget> targets)
    {
        (_schema, _items, Targets) = (schema, items, targets);
        Functions = [.. Parsers.Select(parser => new EvaluationFunction(
            new(parser.Item.Alias, parser.Item.Parameters, [.. parser.Item.Columns.Select(column => column.Value)]), parser.Analysis, parser.Item.Query.Text))];
        var deployed = items.Select(item => item.Item).OfType<Watchlist>().ToDictionary(list => list.Alias.Value, StringComparer.Ordinal);
        Watchlists = [.. schema.Watchlists.Select(list => TestWatchlist.Of(list, deployed.GetValueOrDefault(list.Alias)))];
        Tables = [.. items.SelectMany(item => item.Analysis?.Tables ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>What can be tested, by name.</summary>
    public ImmutableDictionary<string, TestTarget> Targets { get; }

    /// <summary>The parsers, callable.</summary>
    public ImmutableArray<EvaluationFunction> Functions { get; }

    /// <summary>The watchlists.</summary>
    public ImmutableArray<TestWatchlist> Watchlists { get; }

    /// <summary>Names of the tables that any query reads.</summary>
    public ImmutableArray<string> Tables { get; }

    private IEnumerable<(ParserFunction Item, KqlAnalysis Analysis)> Parsers =>
        from item in _items
        let parser = item.Item as ParserFunction
        where parser is not null && item.Analysis is not null
        select (parser, item.Analysis);

    /// <summary>Prepares what a compilation gave; parsers are called, so their calls are analysed.</summary>
    public static async Task<TestBench> PrepareAsync(ImmutableArray<AnalyzedContent> items, KqlSchema schema, IKqlAnalyzer kql, CancellationToken cancellation)
    {
        ImmutableArray<ParserFunction> parsers = [.. items.Select(item => item.Item).OfType<ParserFunction>()];
        var calls = await kql.AnalyzeAsync(schema, [.. parsers.Select(parser => new KqlRequest(Call(parser), [], WithTree: true))], null, cancellation);
        var targets = parsers.Zip(calls, (parser, call) => new TestTarget(parser.Alias, parser.Id.Span, true, new(Call(parser), call), new(Call(parser), [], parser.Query.Fallback), null, Columns(call)))
            .Concat(from item in items
                    let query = item.Item.GetQuery()
                    where item.Analysis is not null && query is not null && item.Item is AnalyticsRule or HuntingQuery
                    select new TestTarget(item.Item.Id.Value, item.Item.Id.Span, false, new(query!.Text, item.Analysis!), query, (item.Item as AnalyticsRule)?.Schedule, Columns(item.Analysis!))
                    {
                        EntityColumns = [.. item.Item.GetEntities().SelectMany(entity => entity.Fields).Select(field => field.Column.Value)],
                    });
        return new(schema, items, targets.ToImmutableDictionary(target => target.Name, StringComparer.Ordinal));
    }

    /// <summary>The columns of a table, or null when nobody knows it.</summary>
    public ImmutableArray<Column>? ColumnsOf(string table) =>
        _schema.Tables.FirstOrDefault(declared => declared.Name == table) is { } own ? _schema.Catalog.WithStandard(own.Columns) : _schema.Catalog.Find(table);

    /// <summary>Every table name there is.</summary>
    public IEnumerable<string> KnownTables => _schema.Tables.Select(table => table.Name).Concat(_schema.Catalog.Names);

    private static string Call(ParserFunction parser) => parser.Alias + "()";

    private static ImmutableArray<Column> Columns(KqlAnalysis analysis) => analysis.Columns ?? [];
}
