
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>An analytics rule in community YAML.</summary>
internal static class RuleReader
{
    private static readonly string[] ScheduleKeys = ["queryFrequency", "queryPeriod"];
    private static readonly string[] TriggerKeys = ["triggerOperator", "triggerThreshold"];

    public static AnalyticsRule? Read(CommunityMap keys)
    {
        var word = keys.Text("kind")?.Value.Trim() ?? "";
        // Kinds that run no query of their own, such as Fusion.
        if (word is "Fusion" or "MLBehaviorAnalytics" or "MicrosoftSecurityIncidentCreation" or "ThreatIntelligence")
        {
            return null;
        }

        keys.CheckKeys().Require("name", "severity", "query");
        keys.Advise("id", "kind", "description", "version");
        var kind = keys.Choice("kind", CommunityShapes.Kinds) ?? new(RuleKind.Scheduled, keys.Key("kind")?.Span ?? keys.Place);
        if (kind.Value == RuleKind.Scheduled)
        {
            keys.Require(ScheduleKeys);
            keys.Require(TriggerKeys);
        }

        return new()
        {
            Origin = ContentOrigin.CommunityYaml,
            FileName = CommunityHead.FileName(keys),
            Guid = CommunityHead.ReadGuid(keys),
            Id = keys.TextOrEmpty("id"),
            Version = keys.TextOrEmpty("version"),
            Name = keys.TextOrEmpty("name"),
            Description = keys.TextOrEmpty("description"),
            Kind = kind,
            Severity = keys.Choice("severity", Spec.SharedShapes.Severities) ?? new(AlertSeverity.Medium, keys.Place),
            Enabled = keys.Flag("enabled")?.Value ?? true,
            Query = ForeignQuery.Read(keys, "query"),
            Schedule = ScheduleKeys.Any(key => keys.Value(key) is not null) ? new(keys.Duration("queryFrequency"), keys.Duration("queryPeriod")) : null,
            Trigger = TriggerKeys.Any(key => keys.Value(key) is not null)
                ? new(keys.Choice("triggerOperator", CommunityShapes.Operators) ?? new(default, keys.Place), keys.Integer("triggerThreshold") ?? new(0, keys.Place))
                : null,
            Attack = CommunityHead.ReadAttack(keys),
            Entities = CommunityHead.ReadEntities(keys),
            CustomDetails = [.. keys.NamedTexts("customDetails").Select(detail => new CustomDetail(detail.Key, detail.Value))],
            AlertDetails = RuleAlertReader.ReadAlertDetails(keys.Map("alertDetailsOverride", CommunityShapes.AlertDetails)),
            EventGrouping = keys.Map("eventGroupingSettings", CommunityShapes.EventGroupingSettings)?.Choice("aggregationKind", CommunityShapes.Groupings),
            Incident = RuleAlertReader.ReadIncident(keys.Map("incidentConfiguration", CommunityShapes.Incident)),
            Suppression = ReadSuppression(keys),
            DeclaredConnectors = CommunityHead.ReadConnectors(keys),
        };
    }

    // A duration alone does nothing, so its value does not matter.
    private static Spanned<TimeSpan>? ReadSuppression(CommunityMap keys)
    {
        if (keys.Flag("suppressionEnabled") is not { Value: true } enabled)
        {
            return null;
        }

        if (keys.Value("suppressionDuration") is null)
        {
            keys.Findings.Add(CommunityFindings.NoSuppressionDuration(enabled.Span));
            return null;
        }

        return keys.Duration("suppressionDuration") is { Value.Ticks: > 0 } duration ? duration : null;
    }
}
