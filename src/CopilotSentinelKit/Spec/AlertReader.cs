
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Spec;

/// <summary>What a detection says of its alerts and incidents.</summary>
internal static class AlertReader
{
    public static AlertDetails? ReadAlert(SpecMap? alert) => alert is null ? null : new(
        alert.Text("name"),
        alert.Text("description"),
        alert.Text("severity"),
        alert.Text("tactics"),
        DetectionReader.ReadDetails(alert, "properties"));

    public static IncidentSettings? ReadIncident(SpecMap? incident) => incident is null ? null : new(
        incident.Flag("create")?.Value ?? true,
        ReadGrouping(incident.Map("grouping")));

    // Five hours is what Sentinel's own rule editor proposes.
    private static IncidentGrouping? ReadGrouping(SpecMap? grouping) => grouping is null ? null : new(
        grouping.Choice("by", DetectionShape.MatchingMethods) ?? new(MatchingMethod.AllEntities, grouping.Place),
        grouping.Duration("lookback") ?? new(TimeSpan.FromHours(5), grouping.Place),
        grouping.Flag("reopen")?.Value ?? false,
        grouping.Texts("entities"),
        grouping.Texts("alertDetails"),
        grouping.Texts("customDetails"));
}
