using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli;

/// <summary>What rules scan, for people and for programs.</summary>
internal static class CostText
{
    /// <summary>The head and a row for each rule.</summary>
    public static ImmutableArray<string[]> Rows(ImmutableArray<RuleCost> costs) =>
    [
        ["RULE", "READS", "WINDOW", "RUNS A DAY", "DAYS SCANNED A DAY", "COLUMNS READ", "WIDEST ROW"],
        .. costs.Select(cost => (string[])
        [
            cost.Rule.Id.Value,
            string.Join(", ", cost.ReadsInWords),
            DurationText.Short(cost.Window),
            Number(cost.RunsADay),
            Number(cost.DaysScannedADay),
            cost.ColumnsRead.ToString(CultureInfo.InvariantCulture),
            cost.WidestRow.ToString(CultureInfo.InvariantCulture),
        ]),
    ];

    /// <summary>The same as JSON.</summary>
    public static string Json(ImmutableArray<RuleCost> costs) => ReportText.Json(new JsonObject
    {
        ["version"] = 1,
        ["rules"] = new JsonArray([.. costs.Select(cost => new JsonObject
        {
            ["id"] = cost.Rule.Id.Value,
            ["reads"] = new JsonObject(cost.Reads.Select(read => KeyValuePair.Create(read.Key, (JsonNode?)read.Value))),
            ["window"] = DurationText.Iso(cost.Window),
            ["runsADay"] = Math.Round(cost.RunsADay, 2),
            ["daysScannedADay"] = Math.Round(cost.DaysScannedADay, 2),
            ["columnsRead"] = cost.ColumnsRead,
            ["widestRow"] = cost.WidestRow,
        })]),
    });

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
