using CopilotSentinelKit.Content;
using static CopilotSentinelKit.Spec.Key;
using static CopilotSentinelKit.Spec.SharedShapes;

namespace CopilotSentinelKit.Spec;

/// <summary>The keys of a detection.</summary>
internal static class DetectionShape
{
    public static Choices<DetectionKind> Kinds { get; } = new(
        ("scheduled", DetectionKind.Scheduled), ("nrt", DetectionKind.Nrt), ("hunting", DetectionKind.Hunting));

    public static Choices<TriggerOperator> Operators { get; } = new(
        ("gt", TriggerOperator.GreaterThan),
        ("lt", TriggerOperator.LessThan),
        ("eq", TriggerOperator.Equal),
        ("ne", TriggerOperator.NotEqual),
        ("GreaterThan", TriggerOperator.GreaterThan),
        ("LessThan", TriggerOperator.LessThan),
        ("Equal", TriggerOperator.Equal),
        ("NotEqual", TriggerOperator.NotEqual));

    public static Choices<EventGrouping> Groupings { get; } = new(
        ("single", EventGrouping.SingleAlert), ("perResult", EventGrouping.AlertPerResult));

    public static Choices<MatchingMethod> MatchingMethods { get; } = new(
        ("AllEntities", MatchingMethod.AllEntities), ("AnyAlert", MatchingMethod.AnyAlert), ("Selected", MatchingMethod.Selected));

    public static Choices<ParameterType> ParameterTypes { get; } = new(
        ("int", ParameterType.Int),
        ("long", ParameterType.Long),
        ("real", ParameterType.Real),
        ("string", ParameterType.String),
        ("bool", ParameterType.Bool),
        ("timespan", ParameterType.Timespan),
        ("datetime", ParameterType.Datetime),
        ("column", ParameterType.Column),
        ("strings", ParameterType.Strings),
        ("columns", ParameterType.Columns));

    private static readonly MapShape Schedule = new("a schedule",
    [
        Required("every", Duration, "How often the rule runs, such as 1h."),
        Required("lookback", Duration, "How far back each run reads, such as 1h."),
    ]);

    private static readonly MapShape Trigger = new("a trigger",
    [
        Required("operator", Operators.Shape, "How the number of rows is compared with the threshold."),
        Required("threshold", new IntegerShape(0, int.MaxValue), "The number to compare with."),
    ]);

    private static readonly MapShape Attack = new("attack",
    [
        Optional("tactics", new ListShape(Line), "ATT&CK tactics as Sentinel spells them, such as DefenseEvasion."),
        Optional("techniques", new ListShape(new TextShape(Forms.Technique)), "ATT&CK techniques, such as T1562."),
    ]);

    private static readonly MapShape Parameters = MapShape.Of("parameters", new(
        Forms.Identifier,
        new MapShape("a parameter",
        [
            Required("type", ParameterTypes.Shape, "How its value is written into KQL."),
            Required("default", new ParameterValueShape(), "The value that is used unless a project sets another."),
            Optional("description", Lines, "What it changes."),
        ]),
        "A value that the query names, as in {{ minAttempts | kql }}."));

    private static readonly MapShape Entity = new(
        "an entity",
        [Required("type", Line, "Sentinel's entity type, such as Account.")],
        new(Forms.Identifier, Line, "An identifier of the type, such as FullName, and the column it is read from."));

    private static readonly MapShape Alert = new("alert",
    [
        Optional("name", Line, "The alert's name; {{Column}} inserts a column's value."),
        Optional("description", Lines, "The alert's description; {{Column}} inserts a column's value."),
        Optional("severity", Line, "The column that holds the alert's severity."),
        Optional("tactics", Line, "The column that holds the alert's tactics."),
        Optional("properties", MapShape.Of("alert properties", new(Forms.Identifier, Line, "A property of the alert, such as ConfidenceLevel, and its column.")), "Further properties of the alert."),
    ]);

    private static readonly MapShape Grouping = new("a grouping",
    [
        Required("by", MatchingMethods.Shape, "What alerts must share to join one incident."),
        Optional("lookback", Duration, "How long an incident takes further alerts; 5h when left out."),
        Optional("reopen", Flag, "Whether a closed incident is opened again; false when left out."),
        Optional("entities", new ListShape(Line), "With Selected: entity types that must be the same."),
        Optional("alertDetails", new ListShape(Line), "With Selected: DisplayName or Severity."),
        Optional("customDetails", new ListShape(Line), "With Selected: keys of custom details that must be the same."),
    ]);

    private static readonly MapShape Incident = new("incident",
    [
        Optional("create", Flag, "Whether alerts create incidents; true when left out."),
        Optional("grouping", Grouping, "Which alerts join one incident; each has its own when left out."),
    ]);

    private static readonly MapShape Deprecation = new("a deprecation",
    [
        Required("reason", Line, "Why it goes, a sentence; it stands first in the description."),
        Optional("replacedBy", Id, "The id of the detection to use instead."),
    ]);

    private static readonly MapShape Connector = new("a connector",
    [
        Required("id", Line, "Sentinel's id of a data connector, such as AzureActiveDirectory."),
        Optional("types", new ListShape(Line), "Tables or other data types that it fills."),
    ]);

    private static readonly MapShape Further = new("further",
    [
        Optional("yaml", MapShape.Of("further fields of the YAML", new(Forms.FurtherField, new DataShape(), "A field of community YAML, such as metadata, and its value.")), "Fields of the community YAML that no key here has, such as tags, metadata and status."),
        Optional("arm", MapShape.Of("further fields of the ARM resource", new(Forms.FurtherField, new DataShape(), "A property of the ARM resource, such as alertRuleTemplateName, and its value.")), "Properties of the ARM resource that no key here has, such as alertRuleTemplateName."),
    ]);

    public static MapShape Shape { get; } = new("a detection",
    [
        Required("id", Id, "Lower-case words joined by hyphens, unique among the detections."),
        Optional("guid", new TextShape(Forms.Guid), "The GUID in Sentinel, to keep that of a rule which is already deployed."),
        Override("detection"),
        Required("version", SharedShapes.Version, "Three numbers such as 1.0.0, to be raised with each change."),
        Required("kind", Kinds.Shape, "What it becomes: scheduled and nrt are analytics rules, hunting is a saved query."),
        Required("name", Line, "The name that Sentinel shows."),
        Required("description", Lines, "What it finds and why that matters."),
        Optional("severity", Severities.Shape, "The severity of its alerts; not in a hunt."),
        Optional("enabled", Flag, "Whether the rule runs once it is deployed; true when left out."),
        Optional("deprecated", Deprecation, "Says that it is about to go: for one release more it is written, disabled and with [Deprecated] in its name."),
        Optional("schedule", Schedule, "When a scheduled rule runs."),
        Optional("trigger", Trigger, "How many rows of a scheduled rule raise an alert; any row when left out."),
        Optional("attack", Attack, "MITRE ATT&CK tactics and techniques."),
        Optional("atlas", new ListShape(new TextShape(Forms.AtlasTechnique)), "MITRE ATLAS techniques."),
        Optional("owasp", new ListShape(new TextShape(Forms.OwaspRisk)), "Risks of the OWASP Top 10 for LLM applications."),
        Optional("parameters", Parameters, "Values that a project can change."),
        Optional("template", new TextShape(Forms.TemplateName), "A file of templates/detections that the query is put into."),
        Optional("query", KqlText, "The KQL, with {{ parameter | kql }} for parameters."),
        Optional("verbatim", Flag, "true writes query and description as they stand: {{ }} in the query is no tag, blank and long lines stay, nothing is added, and tables that are not declared are warnings."),
        Optional("entities", new ListShape(Entity), "What the rows are about."),
        Optional("details", MapShape.Of("details", new(Forms.Identifier, Line, "A custom detail and its column.")), "Columns that the alert shows."),
        Optional("alert", Alert, "What alerts show instead of the rule's own name, description, severity and tactics."),
        Optional("events", Groupings.Shape, "One alert for each run or for each row."),
        Optional("incident", Incident, "How alerts become incidents."),
        Optional("suppression", Duration, "How long the rule rests after an alert."),
        Optional("connectors", new ListShape(Connector), "The data connectors that it needs; those of the tables that the query reads when left out."),
        Optional("further", Further, "What the written files have beside all this; it also takes the place of what the kit would write under the same name."),
        Optional("falsePositives", new ListShape(Lines), "Harmless things that look the same."),
        Optional("response", Lines, "What to do about an alert."),
        Optional("references", new ListShape(Line), "Web addresses with more to read."),
        Optional("tests", TestShape.Tests, "What happened, and which rows the query must then return."),
    ]);
}
