using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>The parts of a rule that the community YAML and the resource provider write alike. What is empty is left out.</summary>
internal static class RuleParts
{
    public static OutputList? Entities(ImmutableArray<EntityMapping> entities) =>
        OutputList.Of(entities.Select(entity => OutputMap.Of(
            ("entityType", entity.Type.Value),
            ("fieldMappings", OutputList.Of(entity.Fields.Select(field => OutputMap.Of(
                ("identifier", field.Identifier.Value),
                ("columnName", field.Column.Value)))))))).OrNull();

    public static OutputMap? CustomDetails(ImmutableArray<CustomDetail> details) =>
        new OutputMap([.. details.Select(detail => (detail.Key.Value, (OutputNode)detail.Column.Value))]).OrNull();

    public static OutputMap? AlertDetails(AnalyticsRule rule) => OutputMap.Of(
        ("alertDisplayNameFormat", rule.AlertDetails?.NameFormat?.Value),
        ("alertDescriptionFormat", ContentTexts.AlertDescription(rule)),
        ("alertTacticsColumnName", rule.AlertDetails?.TacticsColumn?.Value),
        ("alertSeverityColumnName", rule.AlertDetails?.SeverityColumn?.Value),
        ("alertDynamicProperties", OutputList.Of((rule.AlertDetails?.DynamicProperties ?? []).Select(property => OutputMap.Of(
            ("alertProperty", property.Key.Value),
            ("value", property.Column.Value)))).OrNull())).OrNull();

    public static OutputMap? EventGrouping(AnalyticsRule rule) => rule.EventGrouping is { } grouping
        ? OutputMap.Of(("aggregationKind", grouping.Value.ToString()))
        : null;

    // The lookback is ISO 8601 in the YAML too: packaging copies this object into ARM as it stands.
    public static OutputMap? Incident(IncidentSettings? incident) => incident is null ? null : OutputMap.Of(
        ("createIncident", incident.Create),
        ("groupingConfiguration", incident.Grouping is not { } grouping ? null : OutputMap.Of(
            ("enabled", true),
            ("reopenClosedIncident", grouping.Reopen),
            ("lookbackDuration", DurationText.Iso(grouping.Lookback.Value)),
            ("matchingMethod", grouping.Matching.Value.ToString()),
            ("groupByEntities", OutputList.Of(grouping.Entities.Select(entity => entity.Value)).OrNull()),
            ("groupByAlertDetails", OutputList.Of(grouping.AlertDetails.Select(detail => detail.Value)).OrNull()),
            ("groupByCustomDetails", OutputList.Of(grouping.CustomDetails.Select(detail => detail.Value)).OrNull()))));

    public static OutputList? Tactics(Attack attack) => OutputList.Of(attack.Tactics.Select(tactic => tactic.Value).Distinct()).OrNull();

    /// <summary>Technique ids without their sub-technique, once each, in the order written.</summary>
    public static OutputList? ParentTechniques(Attack attack) =>
        OutputList.Of(attack.Techniques.Select(technique => technique.Value.Split('.')[0]).Distinct()).OrNull();

    /// <summary>Only the ids that have a sub-technique.</summary>
    public static OutputList? SubTechniques(Attack attack) =>
        OutputList.Of(attack.Techniques.Select(technique => technique.Value).Where(id => id.Contains('.', StringComparison.Ordinal)).Distinct()).OrNull();
}
