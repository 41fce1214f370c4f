using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Simulate;

/// <summary>Alerts as Sentinel writes them to its own table.</summary>
internal static class AlertRows
{
    /// <summary>The table.</summary>
    public const string Table = "SecurityAlert";

    // A rule's alerts are there some minutes after its run.
    private static readonly TimeSpan _delay = TimeSpan.FromMinutes(2);

    /// <summary>The rows.</summary>
    public static EvaluationTable Of(IEnumerable<(AnalyticsRule Rule, SimulatedAlert Alert)> alerts, ImmutableArray<Column> columns)
    {
        var rows = alerts.OrderBy(pair => pair.Alert.At).Select((pair, number) => (Time: pair.Alert.At + _delay, Cells: Cells(pair.Rule, pair.Alert, number))).ToImmutableArray();
        return new(Table, columns, [.. rows.Select(row => columns.Select(column => column.Name == "TimeGenerated" ? Value.Of(row.Time) : row.Cells.GetValueOrDefault(column.Name)).ToImmutableArray())], [.. rows.Select(row => row.Time)]);
    }

    private static Dictionary<string, Value> Cells(AnalyticsRule rule, SimulatedAlert alert, int number) => new(StringComparer.Ordinal)
    {
        ["SystemAlertId"] = Value.Of(number.ToString(CultureInfo.InvariantCulture)),
        ["ProductName"] = Value.Of("Azure Sentinel"),
        ["AlertName"] = Value.Of(rule.Name.Value),
        ["AlertSeverity"] = Value.Of(alert.Severity),
        ["ExtendedProperties"] = Value.Of(ValueText.Json(Members.Bag(("Analytic Rule Name", Value.Of(rule.Name.Value))))),
        ["Entities"] = Value.Of(ValueText.Json(Members.List([.. alert.Entities.Select(entity => Members.Bag([("Type", Value.Of(entity.Type.ToLowerInvariant())), .. Identifiers(entity)]))]))),
    };

    private static IEnumerable<(string, Value)> Identifiers(Testing.AlertEntity entity) => entity.Identifiers.SelectMany(identifier =>
        identifier is { Key: "FullName", Value: { } name } && name.Split('@') is [var user, var suffix]
            ? [("Name", Value.Of(user)), ("UPNSuffix", Value.Of(suffix))]
            : new[] { (identifier.Key, Value.Of(identifier.Value)) });
}
