using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A YAML tree to a detection.</summary>
public static class DetectionReader
{
    /// <summary>The detection, or null when the file is no map. What is missing or wrong is a finding and stands as its default.</summary>
    public static DetectionSpec? Read(YamlValue root, ICollection<Finding> findings)
    {
        if (ShapeCheck.Check(root, DetectionShape.Shape, findings) is not { } map)
        {
            return null;
        }

        var keys = new SpecMap(map);
        DetectionRules.Check(keys, (YamlMap)root, findings);
        return new()
        {
            Span = keys.File,
            Id = keys.Text("id") ?? keys.FallbackId,
            Guid = keys.Text("guid")?.Select(System.Guid.Parse),
            Version = keys.Text("version") ?? new("0.0.0", keys.Place),
            Kind = keys.Choice("kind", DetectionShape.Kinds) ?? new(DetectionKind.Scheduled, keys.Place),
            Override = keys.Flag("override"),
            Name = keys.TextOrEmpty("name"),
            Description = keys.TextOrEmpty("description"),
            Severity = keys.Choice("severity", SharedShapes.Severities),
            Enabled = keys.Flag("enabled")?.Value ?? true,
            Deprecation = keys.Map("deprecated") is { } deprecated ? new(deprecated.TextOrEmpty("reason"), deprecated.Text("replacedBy")) : null,
            Schedule = ReadSchedule(keys.Map("schedule")),
            Trigger = ReadTrigger(keys.Map("trigger")),
            Attack = keys.Map("attack") is { } attack ? new(attack.Texts("tactics"), attack.Texts("techniques")) : Attack.None,
            Atlas = keys.Texts("atlas"),
            Owasp = keys.Texts("owasp"),
            Parameters = ParameterReader.Read(keys, findings),
            Template = keys.Text("template"),
            Query = keys.Scalar("query") ?? new(keys.Text("template")?.Span ?? keys.Place, "", Plain: false, []),
            Verbatim = keys.Flag("verbatim"),
            Connectors = [.. keys.Maps("connectors").Select(connector => new DeclaredConnector(connector.TextOrEmpty("id"), connector.Texts("types")))],
            Further = keys.Map("further") is { } further ? new(further.Map("yaml")?.Yaml, further.Map("arm")?.Yaml) : FurtherFields.None,
            Entities = [.. keys.Maps("entities").Select(ReadEntity)],
            Details = ReadDetails(keys, "details"),
            Alert = AlertReader.ReadAlert(keys.Map("alert")),
            Events = keys.Choice("events", DetectionShape.Groupings),
            Incident = AlertReader.ReadIncident(keys.Map("incident")),
            Suppression = keys.Duration("suppression"),
            FalsePositives = keys.Texts("falsePositives"),
            Response = keys.Text("response"),
            References = keys.Texts("references"),
            Tests = TestReader.ReadTests(keys),
        };
    }

    internal static ScheduleSpec? ReadSchedule(SpecMap? schedule) =>
        schedule is null ? null : new(schedule.Span, schedule.Duration("every"), schedule.Duration("lookback"));

    internal static ImmutableArray<CustomDetail> ReadDetails(SpecMap keys, string key) =>
        [.. keys.NamedTexts(key).Select(detail => new CustomDetail(detail.Key, detail.Value))];

    private static Trigger? ReadTrigger(SpecMap? trigger) => trigger is null ? null : new(
        trigger.Choice("operator", DetectionShape.Operators) ?? new(TriggerOperator.GreaterThan, trigger.Place),
        trigger.Integer("threshold") ?? new(0, trigger.Place));

    private static EntityMapping ReadEntity(SpecMap entity) => new(
        entity.TextOrEmpty("type"),
        [.. entity.AllTexts().Where(entry => entry.Key.Value != "type").Select(entry => new FieldMapping(entry.Key, entry.Value))]);
}
