using CopilotSentinelKit.Content;
using static CopilotSentinelKit.Spec.Key;
using static CopilotSentinelKit.Spec.SharedShapes;

namespace CopilotSentinelKit.Spec;

/// <summary>The keys of an automation rule.</summary>
internal static class AutomationShape
{
    public const int DefaultOrder = 100;

    public static Choices<AutomationTrigger> Triggers { get; } = new(
        ("incidentCreated", AutomationTrigger.IncidentCreated),
        ("incidentUpdated", AutomationTrigger.IncidentUpdated),
        ("alertCreated", AutomationTrigger.AlertCreated));

    private static readonly MapShape Property = new("a condition on a property",
    [
        Required("property", new ChoiceShape(AutomationTerms.Properties), "Sentinel's name of a property, such as IncidentSeverity or AccountUPNSuffix."),
        Required("operator", new ChoiceShape(AutomationTerms.Operators), "How it is compared."),
        Required("values", new ListShape(Line), "The values; one of them will do."),
    ]);

    private static readonly VariantShape Condition = new("a condition",
    [
        Property,
        new("a condition on a change",
        [
            Required("changed", new ChoiceShape(AutomationTerms.Changing), "What was changed; with the trigger incidentUpdated."),
            Required("direction", new ChoiceShape(AutomationTerms.Directions), "Whether the values are those before or those after."),
            Required("values", new ListShape(Line), "The values; one of them will do."),
        ]),
        new("a condition on an addition", [Required("added", new ChoiceShape(AutomationTerms.Growing), "What was added to the incident; with the trigger incidentUpdated.")]),
        new("alternatives", [Required("anyOf", new ListShape(Property), "Conditions of which one must hold.")]),
    ]);

    private static readonly MapShape Changes = new("changes",
    [
        Optional("severity", Severities.Shape, "The incident's new severity."),
        Optional("status", new ChoiceShape(AutomationTerms.Statuses), "Its new status."),
        Optional("classification", new ChoiceShape(AutomationTerms.Classifications), "Why it is closed; with the status Closed."),
        Optional("reason", new ChoiceShape(AutomationTerms.Reasons), "What the classification rests on."),
        Optional("comment", Lines, "A comment on the classification."),
        Optional("owner", new TextShape(Forms.Owner), "The user principal name or the object id of who shall look at it."),
        Optional("tags", new ListShape(Line), "Tags to add."),
    ]);

    private static readonly VariantShape Action = new("an action",
    [
        new("a change", [Required("set", Changes, "What the incident gets.")]),
        new("a task",
        [
            Required("task", new TextShape(MaxLength: AutomationTerms.MaxTaskTitle), "What the analyst shall do, in a few words."),
            Optional("description", new TextShape(MaxLength: AutomationTerms.MaxTaskDescription, Lines: true), "How to do it."),
        ]),
        new("a playbook run",
        [
            Required("playbook", Id, "A name for the playbook: of block-user the parameter blockUserPlaybook takes its resource id."),
            Optional("resourceId", new TextShape(Forms.WorkflowId), "The resource id of the logic app, as the default of that parameter; must be given at each deployment when left out."),
        ]),
    ]);

    public static MapShape Shape { get; } = new("an automation rule",
    [
        Required("id", Id, "Lower-case words joined by hyphens, unique among the automation rules."),
        Override("automation rule"),
        Required("version", SharedShapes.Version, "Three numbers such as 1.0.0, to be raised with each change."),
        Required("name", Line, "The name that Sentinel shows."),
        Required("description", Lines, "What it does and what for; Sentinel has no field for it, so it is for readers of the specs."),
        Optional("enabled", Flag, "Whether it runs once it is deployed; true when left out."),
        Required("trigger", Triggers.Shape, "What starts it. Rules whose alerts make no incident need alertCreated."),
        Optional("order", new IntegerShape(1, AutomationTerms.MaxOrder), "Its place among all automation rules of the workspace, the lowest first; 100 when left out."),
        Optional("expires", new TextShape(Forms.Instant), "When it stops, such as 2027-06-30T00:00:00Z; never when left out."),
        Optional("detections", new ListShape(Id), "Ids of the detections that it is for; any analytics rule of the workspace when left out."),
        Optional("conditions", new ListShape(Condition), "Further conditions, which must all hold."),
        Required("actions", new ListShape(Action), "What it does, in this order."),
    ]);
}
