using System.Text.Json;
using CopilotSentinelKit.Kql.Evaluate;

namespace CopilotSentinelKit.Backtest;

/// <summary>The frames of an answer in version 2 of Kusto's query protocol, not progressive.</summary>
internal static class KustoFrames
{
    private const int LeastHarmless = 3;

    /// <summary>The result, or the fault that any of the frames tells: a fault makes all rows doubtful.</summary>
    public static (EvaluationResult? Result, RemoteFault? Fault) Read(JsonElement answer, string endpoint)
    {
        if (OneApiError.Find(answer) is { } error)
        {
            return (null, RemoteFault.Refused(OneApiError.Text(error)));
        }

        if (answer.ValueKind != JsonValueKind.Array)
        {
            return (null, RemoteTable.Garbage(endpoint, "it is no list of frames"));
        }

        JsonElement? primary = null;
        var isComplete = false;
        foreach (var frame in answer.EnumerateArray())
        {
            switch (Member(frame, "FrameType"))
            {
                case "DataTable" when Member(frame, "TableKind") == "PrimaryResult":
                    primary ??= frame;
                    break;
                case "DataTable" when Member(frame, "TableKind") == "QueryCompletionInformation" && OfStatus(frame) is { } failed:
                    return (null, failed);
                case "DataSetCompletion":
                    isComplete = true;
                    if (OfCompletion(frame) is { } fault)
                    {
                        return (null, fault);
                    }

                    break;
                case "DataTable" or "DataSetHeader":
                    break;
                case var other:
                    return (null, RemoteTable.Garbage(endpoint, other is null ? "a frame has no type" : $"a frame is of the type {other}"));
            }
        }

        return !isComplete ? (null, RemoteTable.Garbage(endpoint, "its end is missing"))
            : primary is { } table ? RemoteTable.OfKusto.Read(table, endpoint)
            : (null, RemoteTable.Garbage(endpoint, "it has no table of results"));
    }

    /// <summary>The fault that a list of errors tells; null when there is none.</summary>
    public static RemoteFault? OfErrors(JsonElement parent)
    {
        if (parent.TryGetProperty("OneApiErrors", out var errors) && errors.ValueKind == JsonValueKind.Array && errors.EnumerateArray().Select(OneApiError.Find).OfType<JsonElement>().Take(1).ToList() is [var error])
        {
            var text = OneApiError.Text(error);
            return OneApiError.Code(error) == "LimitsExceeded" || text.Contains("E_QUERY_RESULT_SET_TOO_LARGE", StringComparison.Ordinal) ? RemoteFault.Incomplete(text) : RemoteFault.Refused(text);
        }

        return null;
    }

    private static RemoteFault? OfCompletion(JsonElement frame) =>
        Is(frame, "HasErrors") ? OfErrors(frame) ?? RemoteFault.Refused("it has errors that it does not name")
        : Is(frame, "Cancelled") ? RemoteFault.Refused("it was cancelled")
        : null;

    // Where failures are deferred, they are rows of this table, of level 2 (error) or less.
    private static RemoteFault? OfStatus(JsonElement frame)
    {
        if (!frame.TryGetProperty("Columns", out var columns) || !frame.TryGetProperty("Rows", out var rows) || columns.ValueKind != JsonValueKind.Array || rows.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var names = columns.EnumerateArray().Select(column => Member(column, "ColumnName")).ToList();
        var (level, payload) = (names.IndexOf("Level"), names.IndexOf("Payload"));
        foreach (var row in rows.EnumerateArray().Where(row => row.ValueKind == JsonValueKind.Array && row.GetArrayLength() == names.Count && level >= 0))
        {
            if (row[level].ValueKind == JsonValueKind.Number && row[level].TryGetInt32(out var severity) && severity < LeastHarmless)
            {
                var text = payload >= 0 && row[payload].ValueKind == JsonValueKind.String ? row[payload].GetString()! : "it says no more";
                return text.Contains("E_QUERY_RESULT_SET_TOO_LARGE", StringComparison.Ordinal) ? RemoteFault.Incomplete(text) : RemoteFault.Refused(text);
            }
        }

        return null;
    }

    private static string? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Is(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
