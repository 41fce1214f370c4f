
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Foreign;

/// <summary>What a rule in community YAML says of its alerts and incidents.</summary>
internal static class RuleAlertReader
{
    public static AlertDetails? ReadAlertDetails(CommunityMap? alert)
    {
        if (alert is null)
        {
            return null;
        }

        var properties = alert.Maps("alertDynamicProperties", CommunityShapes.DynamicProperty);
        foreach (var property in properties)
        {
            property.Require("alertProperty", "value");
        }

        return new(
            alert.Text("alertDisplayNameFormat"),
            alert.Text("alertDescriptionFormat"),
            alert.Text("alertSeverityColumnName"),
            alert.Text("alertTacticsColumnName"),
            [
                .. properties
                    .Where(property => property.Text("alertProperty") is not null && property.Text("value") is not null)
                    .Select(property => new CustomDetail(property.TextOrEmpty("alertProperty"), property.TextOrEmpty("value"))),
            ]);
    }

    public static IncidentSettings? ReadIncident(CommunityMap? incident) => incident is null
        ? null
        : new(incident.Flag("createIncident")?.Value ?? true, ReadGrouping(incident.Map("groupingConfiguration", CommunityShapes.Grouping)));

    private static IncidentGrouping? ReadGrouping(CommunityMap? grouping)
    {
        // What a grouping says that is switched off matters to nobody: editors leave all sorts of things there.
        if (grouping is null || grouping.Flag("enabled") is not { Value: true })
        {
            return null;
        }

        return new(
            grouping.Choice("matchingMethod", CommunityShapes.MatchingMethods) ?? new(MatchingMethod.AllEntities, grouping.Place),
            grouping.Duration("lookbackDuration"),
            grouping.Flag("reopenClosedIncident")?.Value ?? false,
            grouping.Texts("groupByEntities"),
            grouping.Texts("groupByAlertDetails"),
            grouping.Texts("groupByCustomDetails"));
    }
}
