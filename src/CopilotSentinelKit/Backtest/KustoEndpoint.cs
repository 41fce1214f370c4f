using System.Globalization;
using System.Text;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Backtest;

/// <summary>A Kusto endpoint as an engine: the Kusto emulator, or Azure Data Explorer. It needs no table there: each query is sent with all
/// that it reads, and nothing is written.</summary>
public sealed class KustoEndpoint : IQueryEngine
{
    private const string Path = "/v2/rest/query";
    private readonly RemoteClient _client;
    private readonly string _database;
    private readonly RemoteOptions _options;

    /// <summary>An endpoint.</summary>
    /// <param name="address">Where it is: <c>http://localhost:8080</c>, <c>https://help.kusto.windows.net/Samples</c>.</param>
    /// <param name="http">What sends; its own timeout should be infinite.</param>
    /// <param name="time">The clock that waits go by.</param>
    /// <param name="token">Gives tokens; null where nobody signs in.</param>
    /// <param name="options">How patient it is; null for the defaults.</param>
    public KustoEndpoint(KustoAddress address, HttpClient http, TimeProvider time, TokenSource? token = null, RemoteOptions? options = null)
    {
        _options = options ?? new();
        _database = address.Database;
        _client = new(http, time, address.Server, token, _options);
    }

    /// <inheritdoc/>
    public async Task<QueryOutcome> RunAsync(EngineQuery query, EvaluationWorkspace workspace, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        string script;
        try
        {
            script = EngineScript.Of(query, workspace);
        }
        catch (NotSendableException fault)
        {
            return new(null, fault.Problem);
        }

        var (answer, fault2) = await _client.PostAsync(Path, Body(script), headers => headers.Add("x-ms-app", "CopilotSentinelKit"), cancellation).ConfigureAwait(false);
        using (answer)
        {
            var (result, wrong) = answer is null ? (null, fault2) : KustoFrames.Read(answer.RootElement, _client.Name);
            wrong ??= Compare(result!, query.Analysis);
            return wrong is null ? new(result, null) : new(null, wrong.Problem(query.Text));
        }
    }

    private byte[] Body(string script) => Encoding.UTF8.GetBytes(JsonText.WriteCompact(OutputMap.Of(
        ("db", _database),
        ("csl", script),
        ("properties", OutputMap.Of(
            ("Options", OutputMap.Of(
                ("servertimeout", _options.Timeout.ToString("c", CultureInfo.InvariantCulture)),
                ("results_progressive_enabled", false),
                ("request_readonly", true))))))));

    /// <summary>A difference from what Kusto.Language expects would make the comparison of rows doubtful.</summary>
    private static RemoteFault? Compare(EvaluationResult result, KqlAnalysis analysis)
    {
        if (analysis.IsOpen || analysis.Columns is not { } expected)
        {
            return null;
        }

        var same = result.Columns.Length == expected.Length
            && result.Columns.Zip(expected).All(pair => pair.First.Name == pair.Second.Name && (KqlTypes.Find(pair.Second.Type) is not { } type || type.Name() == pair.First.Type));
        return same ? null : new(FaultKind.Service, span => RemoteFindings.OtherResult(span, Shown(result.Columns), Shown(expected)));
    }

    private static string Shown(IEnumerable<Column> columns) => string.Join(", ", columns.Select(column => $"{column.Name}:{column.Type}"));
}
