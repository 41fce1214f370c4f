using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CopilotSentinelKit.Backtest;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli;

/// <summary>The results of a backtest for people.</summary>
internal static class BacktestText
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Write(BacktestPlan plan, ImmutableArray<BacktestOutcome> outcomes, string workspace)
    {
        var text = new StringBuilder();
        text.Append(Culture, $"Workspace {workspace}: {Counted.Of((int)plan.Length.TotalDays, "day")} until {plan.Until:yyyy-MM-ddTHH:mm}Z, {Counted.Of(outcomes.Length, "detection")}.\n\n");
        AppendTable(text, [["DETECTION", "KIND", "RUNS", "ROWS", "ALERTS"], .. outcomes.Select(Row)]);
        foreach (var outcome in outcomes.Where(outcome => outcome.Rows > 0 || !outcome.Faults.IsEmpty))
        {
            Append(text, outcome);
        }

        return text.ToString();
    }

    private static string[] Row(BacktestOutcome outcome)
    {
        var done = outcome.Days.Sum(day => day.Runs);
        return
        [
            outcome.Item.Id.Value,
            outcome.Kind is { } kind ? Word(kind) : "not run",
            done == outcome.Runs ? done.ToString(Culture) : string.Create(Culture, $"{done} of {outcome.Runs}"),
            outcome.Rows.ToString(Culture),
            outcome.Kind == BacktestKind.Hunt ? "" : outcome.Alerts.ToString(Culture),
        ];
    }

    public static string Word(BacktestKind kind) => kind switch
    {
        BacktestKind.Scheduled => "scheduled",
        BacktestKind.Nrt => "nrt",
        _ => "hunting",
    };

    private static void Append(StringBuilder text, BacktestOutcome outcome)
    {
        text.Append(Culture, $"\n{outcome.Item.Id.Value}\n");
        foreach (var day in outcome.Days.Where(day => day.Rows > 0))
        {
            var alerts = outcome.Kind == BacktestKind.Hunt ? "" : ", " + Counted.Of(day.Alerts, "alert");
            text.Append(Culture, $"  {day.Day:yyyy-MM-dd}  {Rows(day.Rows)} in {Counted.Of(day.Runs, "run")}{alerts}\n");
        }

        foreach (var entity in outcome.Entities)
        {
            text.Append(Culture, $"  {entity.Column.Entity} ({entity.Column.Column}): {string.Join(", ", entity.Values.Select(value => $"{HarmlessText.Line(value.Value)} {value.Rows.ToString(Culture)}"))}\n");
        }

        foreach (var (finding, runs) in outcome.Faults)
        {
            text.Append(Culture, $"  {(runs == 0 ? "not run" : Counted.Of(runs, "run") + " without a whole result")}: {finding.Code}: {HarmlessText.Line(finding.Message)}\n");
        }
    }

    private static string Rows(long rows) => string.Create(Culture, $"{rows} row{(rows == 1 ? "" : "s")}");

    private static void AppendTable(StringBuilder text, string[][] rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length)).ToArray();
        foreach (var row in rows)
        {
            text.Append(string.Join("  ", row.Select((cell, i) => i < 2 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd()).Append('\n');
        }
    }
}
