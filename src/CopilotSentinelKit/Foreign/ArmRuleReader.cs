using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>Analytics rules and their templates.</summary>
internal static class ArmRuleReader
{
    private const string Owner = "an analytics rule";

    // Kinds that run no query of their own are passed over.
    private static readonly ImmutableArray<string> Kinds =
        ["Scheduled", "NRT", "Fusion", "MicrosoftSecurityIncidentCreation", "MLBehaviorAnalytics", "ThreatIntelligence"];

    /// <summary>The rule, or null when it is of a kind that runs no query, or only the deployment knows what it is.</summary>
    public static AnalyticsRule? Read(ArmResource resource)
    {
        resource.Keys.Require(Owner, "kind", "properties");
        if (resource.Properties is not { } keys || ReadKind(resource) is not { } kind)
        {
            return null;
        }

        var scheduled = kind.Value == RuleKind.Scheduled;
        if (resource.Type.EndsWith("/alertrules", StringComparison.Ordinal))
        {
            keys.Require(Owner, "displayName", "enabled", "query", "severity", "suppressionDuration", "suppressionEnabled");
            if (keys.Entry("entityMappings") is { Value: YamlList { Items.IsEmpty: true } } empty)
            {
                keys.Findings.Add(CommunityFindings.EmptyEntities(empty.Key.Span));
            }
        }

        if (scheduled)
        {
            keys.Require(Owner, "queryFrequency", "queryPeriod", "triggerOperator", "triggerThreshold");
        }

        var entities = ArmAlertReader.ReadEntities(keys);
        var version = keys.TextOrEmpty("templateVersion");
        return new()
        {
            Origin = ContentOrigin.Arm,
            FileName = "",
            Guid = resource.Guid,
            Id = resource.Name,
            Version = version.Value.Length > 0 ? version : resource.Version.Value is null ? new("", resource.Name.Span) : resource.Version,
            Name = keys.TextOrEmpty("displayName"),
            Description = keys.TextOrEmpty("description"),
            Kind = kind,
            Severity = keys.Choice<AlertSeverity>("severity") ?? new(default, keys.Subject),
            Enabled = keys.Flag("enabled")?.Value ?? true,
            Query = ArmQuery.Read(keys, "query"),
            Schedule = scheduled || HasAny(keys, "queryFrequency", "queryPeriod") ? new(keys.Duration("queryFrequency"), keys.Duration("queryPeriod")) : null,
            Trigger = scheduled || HasAny(keys, "triggerOperator", "triggerThreshold") ? ReadTrigger(keys) : null,
            Attack = ReadAttack(keys),
            Entities = entities,
            CustomDetails = ArmAlertReader.ReadCustomDetails(keys),
            AlertDetails = ArmAlertReader.ReadAlertDetails(keys),
            EventGrouping = keys.Object("eventGroupingSettings")?.Choice<EventGrouping>("aggregationKind"),
            Incident = ArmAlertReader.ReadIncident(keys),
            Suppression = keys.Flag("suppressionEnabled") is { Value: true } && keys.Duration("suppressionDuration") is { Value.Ticks: > 0 } duration ? duration : null,
        };
    }

    private static Spanned<RuleKind>? ReadKind(ArmResource resource)
    {
        if (resource.Keys.Text("kind") is not { } text)
        {
            return null;
        }

        if (!Kinds.Contains(text.Value, StringComparer.OrdinalIgnoreCase))
        {
            resource.Keys.Findings.Add(ArmFindings.UnknownChoice(text.Span, "kind", text.Value, Kinds));
            return null;
        }

        return Enum.TryParse<RuleKind>(text.Value, ignoreCase: true, out var kind) ? new(kind, text.Span) : null;
    }

    private static Trigger ReadTrigger(ArmMap keys) => new(
        keys.Choice<TriggerOperator>("triggerOperator") ?? new(default, keys.Entry("triggerOperator")?.Value.Span ?? keys.Subject),
        keys.Integer("triggerThreshold") ?? new(0, keys.Entry("triggerThreshold")?.Value.Span ?? keys.Subject));

    private static bool HasAny(ArmMap keys, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (keys.Entry(name) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static Attack ReadAttack(ArmMap keys)
    {
        // One half says nothing without the other.
        if (keys.IsUnknown("tactics") || keys.IsUnknown("techniques") || keys.IsUnknown("subTechniques"))
        {
            return Attack.None;
        }

        var sub = keys.Texts("subTechniques");
        var parents = sub.Select(technique => technique.Value.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        return new(keys.Texts("tactics"), [.. keys.Texts("techniques").Where(technique => !parents.Contains(technique.Value)), .. sub]);
    }
}
