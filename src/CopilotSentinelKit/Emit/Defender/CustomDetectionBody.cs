using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit.Defender;

/// <summary>A custom detection as Microsoft Graph takes it, and as the Bicep extension does: the same properties, but that one wants an id of each entity
/// and the other refuses it, and that custom details and grouping are not yet in the extension.</summary>
internal static class CustomDetectionBody
{
    /// <summary>The body of a request to security/rules/detectionRules of Graph's beta.</summary>
    public static OutputMap Graph(AnalyticsRule rule) => Of(rule, isGraph: true);

    /// <summary>The properties of Microsoft.Security/detectionRules.</summary>
    public static OutputMap Bicep(AnalyticsRule rule) => Of(rule, isGraph: false);

    private static OutputMap Of(AnalyticsRule rule, bool isGraph)
    {
        var detection = rule.CustomDetection!;
        return OutputMap.Of(
            ("id", detection.Id),
            ("displayName", rule.Name.Value),
            ("description", rule.Description.Value.Trim()),
            ("status", rule.Enabled ? "enabled" : "disabled"),
            ("queryCondition", OutputMap.Of(("queryText", detection.Query.Text))),
            ("schedule", OutputMap.Of(
                ("frequency", DurationText.Iso(detection.Schedule.Frequency)),
                ("lookback", detection.Schedule.IsUsual ? null : DurationText.Iso(detection.Schedule.Lookback)))),
            ("detectionAction", OutputMap.Of(("alertTemplate", OutputMap.Of(
                ("title", detection.Title),
                ("description", detection.Description),
                ("severity", rule.Severity.Value.ToString().ToLowerInvariant()),
                ("recommendedActions", detection.RecommendedActions),
                ("tactics", detection.Tactic is { } tactic ? OutputList.Of([Tactic(tactic, detection.Techniques)]) : null),
                ("entityMappings", Entities(detection.Entities, withIds: !isGraph)),
                ("customDetails", isGraph ? RuleParts.CustomDetails(rule.CustomDetails) : null),
                ("eventGroupingKind", isGraph && rule.EventGrouping?.Value != EventGrouping.AlertPerResult ? "singleAlert" : null))))));
    }

    private static OutputMap Tactic(string tactic, ImmutableArray<string> techniques) => OutputMap.Of(
        ("tactic", tactic),
        ("techniques", OutputList.Of(techniques.GroupBy(technique => technique.Split('.')[0], StringComparer.Ordinal).Select(parent => OutputMap.Of(
            ("technique", parent.Key),
            ("subTechniques", OutputList.Of(parent.Where(technique => technique != parent.Key)).OrNull())))).OrNull()));

    private static OutputMap Entities(ImmutableArray<DefenderEntity> entities, bool withIds) =>
        new([.. entities.GroupBy(entity => entity.Collection, StringComparer.Ordinal).Select(group => (group.Key, (OutputNode)OutputList.Of(group.Select((entity, index) => Entity(entity, withIds ? $"{group.Key}{index + 1}" : null)))))]);

    private static OutputMap Entity(DefenderEntity entity, string? id) =>
        new([.. id is null ? [] : new (string, OutputNode)[] { ("id", new OutputText(id)) }, .. entity.Columns.Select(column => (column.Property, (OutputNode)new OutputText(column.Column)))]);
}
