using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>What a rule of a template says of its alerts and incidents.</summary>
internal static class ArmAlertReader
{
    /// <summary>The entity mappings of which all is known.</summary>
    public static ImmutableArray<EntityMapping> ReadEntities(ArmMap rule) =>
    [
        .. from entity in rule.Objects("entityMappings")
           let type = entity.TextOrNull("entityType")
           let fields = ReadFields(entity)
           where type is not null && fields.All(field => field.Identifier.Value.Length > 0 && field.Column.Value.Length > 0) && !entity.IsUnknown("fieldMappings")
           select new EntityMapping(type.Value, fields),
    ];

    public static ImmutableArray<CustomDetail> ReadCustomDetails(ArmMap rule) => rule.Object("customDetails") is { } details
        ?
        [
            .. from entry in details.Map.Entries
               let column = details.TextOrNull(entry.Key.Value)
               where column is not null
               select new CustomDetail(new(entry.Key.Value, entry.Key.Span), column.Value),
        ]
        : [];

    public static AlertDetails? ReadAlertDetails(ArmMap rule) => rule.Object("alertDetailsOverride") is { } details
        ? new(
            details.TextOrNull("alertDisplayNameFormat"),
            details.TextOrNull("alertDescriptionFormat"),
            Known(details.TextOrNull("alertSeverityColumnName")),
            Known(details.TextOrNull("alertTacticsColumnName")),
            [
                .. from property in details.Objects("alertDynamicProperties")
                   let name = Known(property.TextOrNull("alertProperty"))
                   let column = Known(property.TextOrNull("value"))
                   where name is not null && column is not null
                   select new CustomDetail(name.Value, column.Value),
            ])
        : null;

    public static IncidentSettings? ReadIncident(ArmMap rule)
    {
        if (rule.Object("incidentConfiguration") is not { } incident)
        {
            return null;
        }

        incident.Require("\"incidentConfiguration\"", "createIncident");
        return new(incident.Flag("createIncident")?.Value ?? true, ReadGrouping(rule, incident.Object("groupingConfiguration")));
    }

    private static IncidentGrouping? ReadGrouping(ArmMap rule, ArmMap? grouping)
    {
        // The first API versions had "entitiesMatchingMethod" in its place.
        if (grouping is null || grouping.Entry("entitiesMatchingMethod") is not null)
        {
            return null;
        }

        grouping.Require("\"groupingConfiguration\"", "enabled", "reopenClosedIncident", "lookbackDuration", "matchingMethod");
        var matching = grouping.Choice<MatchingMethod>("matchingMethod");
        var lookback = grouping.Duration("lookbackDuration");

        // Grouping that is off, or of which something is not known, has nothing to check.
        return grouping.Flag("enabled") is { Value: true } && matching is not null && lookback.Value > TimeSpan.Zero && !IsUnknown(rule, grouping)
            ? new(
                matching.Value,
                lookback,
                grouping.Flag("reopenClosedIncident")?.Value ?? false,
                grouping.Texts("groupByEntities"),
                grouping.Texts("groupByAlertDetails"),
                grouping.Texts("groupByCustomDetails"))
            : null;
    }

    private static bool IsUnknown(ArmMap rule, ArmMap grouping) =>
        rule.IsUnknown("entityMappings") || rule.IsUnknown("customDetails")
        || rule.Objects("entityMappings").Any(entity => entity.IsUnknown("entityType"))
        || grouping.IsUnknown("groupByEntities") || grouping.IsUnknown("groupByAlertDetails") || grouping.IsUnknown("groupByCustomDetails");

    private static ImmutableArray<FieldMapping> ReadFields(ArmMap entity) =>
        [.. entity.Objects("fieldMappings").Select(field => new FieldMapping(field.TextOrEmpty("identifier"), field.TextOrEmpty("columnName")))];

    // An empty text is how exports write that there is none.
    private static Spanned<string>? Known(Spanned<string>? text) => text is { Value.Length: > 0 } ? text : null;
}
