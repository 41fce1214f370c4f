using System.Globalization;
using System.Text;
using System.Text.Json;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Backtest;

/// <summary>What a workspace answered: a result, a problem, or both when the result is not whole.</summary>
internal sealed record LogAnalyticsReply(EvaluationResult? Result, RemoteFault? Fault);

/// <summary>The query API of Azure Monitor Logs: runs KQL over a Log Analytics workspace as it is.</summary>
public sealed class LogAnalytics
{
    private readonly RemoteClient _client;
    private readonly string _path;
    private readonly string _wait;

    /// <summary>A workspace.</summary>
    /// <param name="address">The API, such as <c>https://api.loganalytics.azure.com</c>.</param>
    /// <param name="workspace">The workspace's id, a GUID.</param>
    /// <param name="http">What sends; its own timeout should be infinite.</param>
    /// <param name="time">The clock that waits go by.</param>
    /// <param name="token">Gives tokens; null where nobody signs in.</param>
    /// <param name="options">How patient it is; null for the defaults. The API allows 10 minutes.</param>
    public LogAnalytics(Uri address, string workspace, HttpClient http, TimeProvider time, TokenSource? token, RemoteOptions? options = null)
    {
        var patience = options ?? new() { Timeout = TimeSpan.FromMinutes(10) };
        _client = new(http, time, address, token, patience);
        _path = $"/v1/workspaces/{Uri.EscapeDataString(workspace)}/query";
        _wait = string.Create(CultureInfo.InvariantCulture, $"wait={patience.Timeout.TotalSeconds:0}");
    }

    /// <summary>Runs a query over everything that the workspace keeps: a query limits its time itself.</summary>
    internal async Task<LogAnalyticsReply> QueryAsync(string query, CancellationToken cancellation)
    {
        var body = Encoding.UTF8.GetBytes(JsonText.WriteCompact(OutputMap.Of(("query", query))));
        var (answer, fault) = await _client.PostAsync(_path, body, headers => headers.Add("Prefer", _wait), cancellation).ConfigureAwait(false);
        using (answer)
        {
            return answer is null ? new(null, fault) : Read(answer.RootElement);
        }
    }

    private LogAnalyticsReply Read(JsonElement answer)
    {
        var error = OneApiError.Find(answer);
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("tables", out var tables) || tables.ValueKind != JsonValueKind.Array || tables.GetArrayLength() == 0)
        {
            return new(null, error is { } only ? RemoteFault.Refused(OneApiError.Text(only)) : RemoteTable.Garbage(_client.Name, "it has no tables"));
        }

        var (result, fault) = RemoteTable.OfLogAnalytics.Read(tables[0], _client.Name);
        return new(result, fault ?? (error is { } partial ? RemoteFault.Incomplete(OneApiError.Text(partial)) : null));
    }
}
