using System.Collections.Immutable;
using CopilotSentinelKit.Backtest;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Tests.Backtest;

/// <summary>Queries over a small workspace, and the same by way of their scripts, which are run over nothing.</summary>
internal static class Scripted
{
    public static readonly EvaluationWorkspace Nothing = new(default, [], [], []);

    private static readonly ImmutableArray<Column> EventColumns =
        [new("TimeGenerated", "datetime"), new("Name", "string"), new("N", "long"), new("Data", "dynamic"), new("let", "string")];

    private static readonly ImmutableArray<KqlFunction> Functions =
    [
        new("Recent", [new("since", "datetime", "datetime(null)"), new("least", "long", "0")], EventColumns),
        new("Named", [], [new("Name", "string"), new("Late", "bool")]),
        new("Circle", [], [new("Name", "string")]),
        new("Unknown", [], [new("Name", "string")]),
    ];

    private static readonly string[] Bodies =
    [
        "let Window = 1d;\nEvents_CL // the window\n| where TimeGenerated > coalesce(since, ago(Window)) and N >= least // the end",
        "Recent(least=2) | join kind=leftouter (Events_CL | project Name, Ingested = ingestion_time()) on Name | extend Late = Ingested > now(-2h) | project Name, Late",
        "Circle | where Name != ''",
    ];

    private static readonly Lazy<Task<EvaluationWorkspace>> Built = new(BuildAsync);

    public static readonly KqlSchema Schema = new(
        SharedHost.Catalog,
        [new("Events_CL", EventColumns), new("Empty_CL", EventColumns), new("Absent_CL", EventColumns), new("Odd name", [new("it's", "string"), new("real", "real")])],
        Functions,
        [new("My \"list\"", [new("Name", "string"), new("SearchKey", "string")])]);

    public static Task<EvaluationWorkspace> WorkspaceAsync() => Built.Value;

    public static async Task<EngineQuery> QueryAsync(string text, KqlSchema? schema = null) =>
        new(text, (await SharedHost.Analyzer.AnalyzeAsync(schema ?? Schema, [new(text, [], WithTree: true)], null, CancellationToken.None)).Single());

    /// <summary>What a query gives by way of its script.</summary>
    public static async Task<QueryOutcome> RunScriptAsync(EngineQuery query, EvaluationWorkspace workspace)
    {
        var script = EngineScript.Of(query, workspace);
        var rewritten = await QueryAsync(script, new(SharedHost.Catalog, [], [], []));
        Assert.That(rewritten.Analysis.Diagnostics.Where(diagnostic => diagnostic.Severity == "Error" && diagnostic.Code != "KS142"), Is.Empty, script);
        Assert.That(rewritten.Analysis.Tables.Concat(rewritten.Analysis.Functions).Concat(rewritten.Analysis.Watchlists), Is.Empty, script);
        return await new LocalEngine().RunAsync(rewritten, Nothing, CancellationToken.None);
    }

    /// <summary>A result as lines: the columns, then the rows, in an order of their own.</summary>
    public static IEnumerable<string> Lines(EvaluationResult result) =>
        result.Rows.Select(row => string.Join(", ", row.Select(value => ValueText.Json(value)))).Order(StringComparer.Ordinal)
            .Prepend(string.Join(", ", result.Columns.Select(column => $"{column.Name}:{column.Type}")));

    private static async Task<EvaluationWorkspace> BuildAsync()
    {
        var bodies = await SharedHost.Analyzer.AnalyzeAsync(
            Schema, [.. Bodies.Select((body, i) => new KqlRequest(body, Functions[i].Parameters, WithTree: true))], null, CancellationToken.None);
        return new(
            new(2026, 1, 15, 12, 0, 0, DateTimeKind.Utc),
            [
                new(
                    "Events_CL",
                    EventColumns,
                    [Row(11, "a", 1, """{"x":1,"y":["p\n\"q\"\\",null,1.5,true]}"""), Row(9, "b\t'\"\\\u0001é😀", 2, "[1,2]"), Row(1, "a", 3, "null"), Row(-30, "", long.MinValue, "\"{}\"")],
                    [At(11), At(11), At(2), At(-30)]),
                new("Empty_CL", EventColumns, []),
                new("Odd name", [new("it's", "string"), new("real", "real")], [[Value.Of("x"), Value.Of(double.NaN)], [Value.Of("y"), Value.Of(1e300)], [Value.Of("z"), Value.Null]]),
            ],
            [.. bodies.Select((body, i) => new EvaluationFunction(Functions[i], body, Bodies[i]))],
            [new("My \"list\"", [new("Name", "string"), new("SearchKey", "string"), new("_DTItemId", "string"), new("LastUpdatedTimeUTC", "datetime")], [[Value.Of("a"), Value.Of("a"), Value.Of("1"), Value.Of(At(1))]])]);
    }

    private static ImmutableArray<Value> Row(int hour, string name, long number, string data) =>
        [Value.Of(At(hour)), Value.Of(name), Value.Of(number), DynamicJson.TryParse(data)!.Value, Value.Of("let")];

    private static DateTime At(int hour) => new DateTime(2026, 1, 15, 0, 0, 0, DateTimeKind.Utc).AddHours(hour);
}
