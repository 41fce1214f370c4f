using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Tests.Evaluate;

/// <summary>Runs KQL over a small workspace whose clock stands at 2026-01-15T12:00:00Z, and shows what comes out as one line of text.</summary>
internal static class Evaluated
{
    private static readonly ImmutableArray<Column> EventColumns = [new("Name", "string"), new("N", "long"), new("Data", "dynamic")];

    public static readonly EvaluationWorkspace Workspace = new(
        new(2026, 1, 15, 12, 0, 0, DateTimeKind.Utc),
        [
            new("Events_CL", EventColumns, [Row("a", 1, """{"x":1,"y":["p","q"]}"""), Row("b", 2, "[1,2]"), Row("a", 3, "null")], [At(1), At(2), At(3)]),
            new("Empty_CL", EventColumns, []),
        ],
        [],
        [new("Names", [new("Name", "string"), new("SearchKey", "string"), new("_DTItemId", "string"), new("LastUpdatedTimeUTC", "datetime")], [[Value.Of("a"), Value.Of("a"), Value.Of("1"), Value.Of(At(1))]])]);

    private static readonly KqlSchema Schema = new(
        SharedHost.Catalog,
        [.. Workspace.Tables.Select(table => new KqlTable(table.Name, table.Columns)), new("Unread_CL", EventColumns)],
        [],
        [.. Workspace.Watchlists.Select(table => new KqlWatchlist(table.Name, table.Columns))]);

    /// <summary>What each query gives: <c>a,b: 1,"x"; 2,null</c>, or <c>refused CSK1002 name</c>, or <c>stopped</c>.</summary>
    public static async Task<ImmutableArray<string>> ShowAsync(IEnumerable<string> queries)
    {
        ImmutableArray<KqlRequest> requests = [.. queries.Select(query => new KqlRequest(query, [], WithTree: true))];
        var analyses = await SharedHost.Analyzer.AnalyzeAsync(Schema, requests, null, CancellationToken.None);
        return [.. requests.Zip(analyses, (request, analysis) => Show(request.Text, analysis))];
    }

    public static async Task<KqlAnalysis> AnalyzeAsync(string query) =>
        (await SharedHost.Analyzer.AnalyzeAsync(Schema, [new(query, [], WithTree: true)], null, CancellationToken.None)).Single();

    private static string Show(string text, KqlAnalysis analysis)
    {
        var query = CompiledQuery.Compile(analysis, Workspace);
        if (query.Refusal is { } refusal)
        {
            return $"refused {refusal.Code} {text.Substring(refusal.Start, refusal.Length)}" + (refusal.Code is "CSK1008" or "CSK1009" ? $" ({refusal.Message})" : "");
        }

        try
        {
            var result = query.Run();
            return string.Join(',', result.Columns.Select(column => column.Name)) + ": "
                + string.Join("; ", result.Rows.Select(row => string.Join(',', row.Select(value => ValueText.Json(value)))));
        }
        catch (EvaluationException)
        {
            return "stopped";
        }
    }

    private static ImmutableArray<Value> Row(string name, long number, string data) => [Value.Of(name), Value.Of(number), DynamicJson.TryParse(data)!.Value];

    private static DateTime At(int hour) => new(2026, 1, 15, hour, 0, 0, DateTimeKind.Utc);
}
