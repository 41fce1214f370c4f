using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CopilotSentinelKit.Backtest;

namespace CopilotSentinelKit.Cli;

/// <summary>The results of a backtest for programs.</summary>
internal static class BacktestJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(BacktestPlan plan, ImmutableArray<BacktestOutcome> outcomes) => JsonSerializer.Serialize(
        new
        {
            version = 1,
            until = plan.Until.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            days = (int)plan.Length.TotalDays,
            detections = outcomes.Select(outcome => new
            {
                id = outcome.Item.Id.Value,
                name = outcome.Item.Name.Value,
                kind = outcome.Kind is { } kind ? BacktestText.Word(kind) : null,
                runs = outcome.Runs,
                runsWithResult = outcome.Days.Sum(day => day.Runs),
                rows = outcome.Rows,
                alerts = outcome.Alerts,
                days = outcome.Days.Select(day => new { day = day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), runs = day.Runs, rows = day.Rows, alerts = day.Alerts }),
                entities = outcome.Entities.Select(entity => new { entity = entity.Column.Entity, column = entity.Column.Column, values = entity.Values.Select(value => new { value = value.Value, rows = value.Rows }) }),
                faults = outcome.Faults.Select(fault => new { code = fault.Finding.Code, message = fault.Finding.Message, runs = fault.Runs }),
            }),
        },
        Options) + "\n";
}
