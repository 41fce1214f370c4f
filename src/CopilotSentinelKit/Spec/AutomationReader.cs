using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A YAML tree to an automation rule.</summary>
public static class AutomationReader
{
    /// <summary>The automation rule, or null when the file is no map. What is missing or wrong is a finding and stands as its default.</summary>
    public static AutomationSpec? Read(YamlValue root, ICollection<Finding> findings)
    {
        if (ShapeCheck.Check(root, AutomationShape.Shape, findings) is not { } map)
        {
            return null;
        }

        var keys = new SpecMap(map);
        return new()
        {
            Span = keys.File,
            Id = keys.Text("id") ?? keys.FallbackId,
            Override = keys.Flag("override"),
            Version = keys.Text("version") ?? new("0.0.0", keys.Place),
            Name = keys.TextOrEmpty("name"),
            Description = keys.TextOrEmpty("description"),
            Enabled = keys.Flag("enabled")?.Value ?? true,
            Trigger = keys.Choice("trigger", AutomationShape.Triggers) ?? new(AutomationTrigger.IncidentCreated, keys.Place),
            Order = keys.Integer("order") ?? new(AutomationShape.DefaultOrder, keys.Place),
            Expires = keys.Text("expires"),
            Detections = keys.Texts("detections"),
            Conditions = [.. keys.Maps("conditions").Select(ReadCondition).OfType<AutomationCondition>()],
            Actions = [.. keys.Maps("actions").Select(ReadAction).OfType<AutomationAction>()],
        };
    }

    private static AutomationCondition? ReadCondition(SpecMap condition) =>
        condition.Text("property") is not null ? ReadProperty(condition)
        : condition.Text("changed") is { } changed ? new ChangeCondition(condition.Yaml.FirstLine(), changed, condition.TextOrEmpty("direction"), condition.Texts("values"))
        : condition.Text("added") is { } added ? new AdditionCondition(condition.Yaml.FirstLine(), added)
        : condition.Key("anyOf") is not null ? new AnyCondition(condition.Yaml.FirstLine(), [.. condition.Maps("anyOf").Select(ReadProperty)])
        : null;

    private static PropertyCondition ReadProperty(SpecMap condition) =>
        new(condition.Yaml.FirstLine(), condition.TextOrEmpty("property"), condition.TextOrEmpty("operator"), condition.Texts("values"));

    private static AutomationAction? ReadAction(SpecMap action) =>
        action.Map("set") is { } set ? ReadChange(set)
        : action.Text("task") is { } task ? new TaskAction(action.Yaml.FirstLine(), task, action.Text("description"))
        : action.Text("playbook") is { } playbook ? new PlaybookAction(action.Yaml.FirstLine(), playbook, action.Text("resourceId"))
        : null;

    private static ChangeAction ReadChange(SpecMap set) => new(
        set.Yaml.FirstLine(),
        set.Text("severity"),
        set.Text("status"),
        set.Text("classification"),
        set.Text("reason"),
        set.Text("comment"),
        set.Text("owner"),
        set.Texts("tags"));
}
