using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using CopilotSentinelKit.Backtest;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli;

/// <summary>The results of a backtest for programs.</summary>
internal static class BacktestJson
{
    public static string Write(BacktestPlan plan, ImmutableArray<BacktestOutcome> outcomes) => ReportText.Json(new JsonObject
    {
        ["version"] = 1,
        ["until"] = plan.Until.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ["days"] = (int)plan.Length.TotalDays,
        ["detections"] = List(outcomes, Detection),
    });

    private static JsonObject Detection(BacktestOutcome outcome) => new()
    {
        ["id"] = outcome.Item.Id.Value,
        ["name"] = HarmlessText.Whole(outcome.Item.Name.Value),
        ["kind"] = outcome.Kind is { } kind ? BacktestText.Word(kind) : null,
        ["runs"] = outcome.Runs,
        ["runsWithResult"] = outcome.Days.Sum(day => day.Runs),
        ["rows"] = outcome.Rows,
        ["alerts"] = outcome.Alerts,
        ["days"] = List(outcome.Days, Day),
        ["entities"] = List(outcome.Entities, Entity),
        ["faults"] = List(outcome.Faults, Fault),
    };

    private static JsonObject Day(BacktestDay day) => new()
    {
        ["day"] = day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["runs"] = day.Runs,
        ["rows"] = day.Rows,
        ["alerts"] = day.Alerts,
    };

    private static JsonObject Entity(BacktestEntity entity) => new()
    {
        ["entity"] = entity.Column.Entity,
        ["column"] = entity.Column.Column,
        ["values"] = List(entity.Values, value => new() { ["value"] = HarmlessText.Whole(value.Value), ["rows"] = value.Rows }),
    };

    private static JsonObject Fault((Finding Finding, int Runs) fault) => new()
    {
        ["code"] = fault.Finding.Code,
        ["message"] = HarmlessText.Whole(fault.Finding.Message),
        ["runs"] = fault.Runs,
    };

    private static JsonArray List<T>(ImmutableArray<T> items, Func<T, JsonObject> write) => new([.. items.Select(write)]);
}
