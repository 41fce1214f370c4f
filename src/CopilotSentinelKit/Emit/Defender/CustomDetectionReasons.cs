using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Kql.Text.UserText;

namespace CopilotSentinelKit.Emit.Defender;

/// <summary>Why a rule can be no custom detection of Defender.</summary>
internal static class CustomDetectionReasons
{
    /// <summary>The first reason, as a whole sentence that goes on from "because"; null when there is none.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="query">Its query for Defender.</param>
    public static string? Find(AnalyticsRule rule, AnalyzedDefenderQuery query) =>
        rule.IsDeprecated ? "it is deprecated"
        : CustomDetection.WhyNotTriggered(rule) is { } trigger ? trigger
        : query.Rendered.Schedule is null ? "Defender runs a detection at least once a day and reads back at most 30 days"
        : query.Analysis is not { } analysis ? "its query could not be rendered"
        : OfQuery(analysis)
            ?? (query.Rendered.HasOwnTimes ? $"it must run less often there (each {DurationText.Short(query.Rendered.Schedule.Frequency)}), and its query names times of its own that do not follow: write them with \"schedule.every\" and \"schedule.lookback\"" : null)
            ?? OfColumns(analysis)
            ?? DefenderEntities.WhyNotEnough(rule);

    private static string? OfQuery(KqlAnalysis analysis) =>
        analysis.Watchlists.FirstOrDefault() is { } list ? $"it reads the watchlist {Shown(list)}, which is Sentinel's"
        : analysis.Functions.FirstOrDefault() is { } function ? $"it calls the function {Shown(function)} of the workspace"
        : analysis.Tables.FirstOrDefault(table => table != CustomDetection.Table) is { } table ? $"it reads {Shown(table)} beside Copilot's records"
        : !analysis.Tables.Contains(CustomDetection.Table) ? "it reads none of Copilot's records"
        : null;

    private static string? OfColumns(KqlAnalysis analysis)
    {
        // Both are the query's own TimeGenerated and RecordId: without them Kusto.Language says that they are not known.
        if (analysis.Diagnostics.FirstOrDefault(finding => finding.Severity == "Error") is { } error)
        {
            return error.Message.Contains("RecordId", StringComparison.Ordinal) || error.Message.Contains("TimeGenerated", StringComparison.Ordinal)
                ? "its result does not say which record an alert is about: return RecordId and TimeGenerated of one record"
                : $"its query does not hold against Defender's tables ({error.Code}: {error.Message.TrimEnd('.')})";
        }

        var columns = analysis.Columns ?? ImmutableArray<Column>.Empty;
        return columns.Contains(new("Timestamp", "datetime")) && columns.Contains(new("ReportId", "string")) ? null
            : "its result has RecordId or TimeGenerated of another type than a record's";
    }
}
