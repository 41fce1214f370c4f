using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Testing;

/// <summary>What the tests of a pack run against: its functions, the columns of tables, its watchlists.</summary>
internal sealed class TestBench
{
    private readonly KqlSchema _schema;
    private readonly ImmutableArray<AnalyzedContent> _items;

    private TestBench(KqlSchema schema, ImmutableArray<AnalyzedContent> items, ImmutableArray<EvaluationFunction> stubs, ImmutableDictionary<string, TestTarget> targets)
    {
        (_schema, _items, Targets) = (schema, items, targets);
        Functions =
        [
            .. Parsers.Select(parser => new EvaluationFunction(
                new(parser.Item.Alias, parser.Item.Parameters, parser.Item.Columns.IsEmpty ? Columns(parser.Analysis) : [.. parser.Item.Columns.Select(column => column.Value)]), parser.Analysis, parser.Item.Query.Text)),
            .. stubs,
        ];
        Stubs = [.. stubs.Select(stub => stub.Function)];
        var deployed = items.Select(item => item.Item).OfType<Watchlist>().DistinctBy(list => list.Alias.Value).ToDictionary(list => list.Alias.Value, StringComparer.Ordinal);
        Watchlists = [.. schema.Watchlists.Select(list => TestWatchlist.Of(list, deployed.GetValueOrDefault(list.Alias)))];
        Tables = [.. items.SelectMany(item => item.Analysis?.Tables ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>What can be tested, by name.</summary>
    public ImmutableDictionary<string, TestTarget> Targets { get; }

    /// <summary>The parsers and the functions without a body, callable.</summary>
    public ImmutableArray<EvaluationFunction> Functions { get; }

    /// <summary>The functions as a test finds them: of those without a body the ones that it gives rows, as nothing can be said of a call of another.</summary>
    public ImmutableArray<EvaluationFunction> FunctionsOf(TestSpec test) =>
        [.. Functions.Where(function => Stubs.All(stub => stub.Name != function.Function.Name) || test.Functions.Any(given => given.Name.Value == function.Function.Name))];

    /// <summary>Functions that have no body: what they return is a test's to say.</summary>
    public ImmutableArray<KqlFunction> Stubs { get; }

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
        ImmutableArray<KqlFunction> bodiless = [.. schema.Functions.Where(function => parsers.All(parser => parser.Alias != function.Name))];

        // What a stub returns is a table of its own, so that every engine can run it.
        schema = schema with { Tables = [.. schema.Tables, .. bodiless.Select(function => new KqlTable(RowsOf(function.Name), function.Columns))] };
        var analyses = await kql.AnalyzeAsync(
            schema,
            [.. parsers.Select(parser => new KqlRequest(Call(parser), [], WithTree: true)), .. bodiless.Select(function => new KqlRequest(RowsOf(function.Name), function.Parameters, WithTree: true))],
            null,
            cancellation);
        var calls = analyses[..parsers.Length];
        ImmutableArray<EvaluationFunction> stubs = [.. bodiless.Zip(analyses.Skip(parsers.Length), (function, body) => new EvaluationFunction(function, body, RowsOf(function.Name)))];
        var targets = parsers.Zip(calls, (parser, call) => (parser, call)).Where(pair => pair.parser.Watchlist is null).Select(pair => Target(pair.parser, pair.call, schema))
            .Concat(from item in items
                    let query = item.Item.GetQuery()
                    where item.Analysis is not null && query is not null && item.Item is AnalyticsRule or HuntingQuery or SummaryRule
                    select new TestTarget(item.Item.Id.Value, item.Item.Id.Span, false, new(query!.Text, item.Analysis!), query, (item.Item as AnalyticsRule)?.Schedule, Columns(item.Analysis!))
                    {
                        Schema = schema,
                        Rule = item.Item as AnalyticsRule,
                        EntityColumns = [.. item.Item.GetEntities().SelectMany(entity => entity.Fields).Select(field => field.Column.Value)],
                    });
        return new(schema, items, stubs, targets.ToImmutableDictionary(target => target.Name, StringComparer.Ordinal));
    }

    /// <summary>The columns of a table, or null when nobody knows it.</summary>
    public ImmutableArray<Column>? ColumnsOf(string table) =>
        _schema.Tables.FirstOrDefault(declared => declared.Name == table)?.Columns ?? _schema.Catalog.Find(table);

    /// <summary>Every table name there is.</summary>
    public IEnumerable<string> KnownTables => _schema.Tables.Select(table => table.Name).Concat(_schema.Catalog.Names);

    /// <summary>The table with what a function without a body returns.</summary>
    public static string RowsOf(string function) => "__rows_of_" + function;

    private static TestTarget Target(ParserFunction parser, KqlAnalysis call, KqlSchema schema) =>
        new(parser.Alias, parser.Id.Span, true, new(Call(parser), call), new(Call(parser), [], parser.Query.Fallback), null, Columns(call)) { Schema = schema };

    private static string Call(ParserFunction parser) => parser.Alias + "()";

    private static ImmutableArray<Column> Columns(KqlAnalysis analysis) => analysis.Columns ?? [];
}
