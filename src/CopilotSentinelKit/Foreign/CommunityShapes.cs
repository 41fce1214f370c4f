using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Spec;
using static CopilotSentinelKit.Spec.Key;
using static CopilotSentinelKit.Spec.SharedShapes;

namespace CopilotSentinelKit.Foreign;

/// <summary>The keys of community YAML: those of Azure-Sentinel's own files and of the converters that people use on them.</summary>
internal static class CommunityShapes
{
    /// <summary>The description of keys that may be there and that nothing reads.</summary>
    public const string NotRead = "Not read.";

    public static Choices<RuleKind> Kinds { get; } = new(("Scheduled", RuleKind.Scheduled), ("NRT", RuleKind.Nrt));

    public static Choices<EventGrouping> Groupings { get; } = new(
        ("SingleAlert", EventGrouping.SingleAlert), ("AlertPerResult", EventGrouping.AlertPerResult));

    /// <summary>The short words, and ARM's.</summary>
    public static Choices<TriggerOperator> Operators { get; } = DetectionShape.Operators;

    public static Choices<MatchingMethod> MatchingMethods { get; } = DetectionShape.MatchingMethods;

    public static MapShape FieldMapping { get; } = new("a field mapping",
    [
        Required("identifier", Line, "An identifier of the entity's type, such as FullName."),
        Required("columnName", Line, "A column that the query returns."),
    ]);

    public static MapShape Entity { get; } = new("an entity mapping",
    [
        Required("entityType", Line, "Sentinel's entity type, such as Account."),
        Required("fieldMappings", new ListShape(FieldMapping), "One to three identifiers and their columns."),
    ]);

    public static MapShape DynamicProperty { get; } = new("a dynamic property",
    [
        Required("alertProperty", Line, "A property of the alert, such as ConfidenceLevel."),
        Required("value", Line, "A column that the query returns."),
    ]);

    public static MapShape AlertDetails { get; } = new("alertDetailsOverride",
    [
        Optional("alertDisplayNameFormat", Line, "The alert's name; {{Column}} inserts a column's value."),
        Optional("alertDescriptionFormat", Lines, "The alert's description; {{Column}} inserts a column's value."),
        Optional("alertSeverityColumnName", Line, "The column that holds the alert's severity."),
        Optional("alertTacticsColumnName", Line, "The column that holds the alert's tactics."),
        Optional("alertDynamicProperties", new ListShape(DynamicProperty), "Further properties of the alert."),
    ]);

    public static MapShape EventGroupingSettings { get; } = new("eventGroupingSettings",
        [Required("aggregationKind", Groupings.Shape, "SingleAlert or AlertPerResult.")]);

    public static MapShape Grouping { get; } = new("groupingConfiguration",
    [
        Optional("enabled", Flag, "Whether alerts are grouped."),
        Optional("reopenClosedIncident", Flag, "Whether a closed incident is opened again."),
        Optional("lookbackDuration", Duration, "How long an incident takes further alerts."),
        Optional("matchingMethod", MatchingMethods.Shape, "What alerts must share to join one incident."),
        Optional("groupByEntities", new ListShape(Line), "Entity types that must be the same."),
        Optional("groupByAlertDetails", new ListShape(Line), "DisplayName or Severity."),
        Optional("groupByCustomDetails", new ListShape(Line), "Keys of custom details that must be the same."),
    ]);

    public static MapShape Incident { get; } = new("incidentConfiguration",
    [
        Optional("createIncident", Flag, "Whether alerts create incidents."),
        Optional("groupingConfiguration", Grouping, "Which alerts join one incident."),
    ]);

    public static MapShape Connector { get; } = new("a required data connector",
    [
        Required("connectorId", Line, "Sentinel's id of a data connector."),
        Optional("dataTypes", new ListShape(Line), "Tables that it fills."),
        Optional("datatypes", new ListShape(Line), "The same, in another letter case."),
    ]);

    public static MapShape AsimParameter { get; } = new("a parameter",
    [
        Required("Name", Line, "The parameter's name."),
        Required("Type", Line, "Its KQL type."),
        Optional("Default", new ScalarShape(), "The value when a call leaves it out."),
        Optional("Description", Lines, "What it does."),
    ]);

    public static MapShape Function { get; } = new("Function",
    [
        Optional("Title", Line, "The name that Sentinel shows."),
        Optional("Version", Line, "The parser's version."),
        Optional("LastUpdated", Line, "The day of the last change."),
        Optional("Description", Lines, "What it does."),
    ]);

    public static MapShape Titled { get; } = new("Parser",
    [
        Optional("Title", Line, "The name that people see."),
        Optional("Version", Line, "The parser's version."),
        Optional("LastUpdated", Line, "The day of the last change."),
    ]);

    private static readonly ImmutableArray<Key> Head =
    [
        Required("id", Line, "A GUID, which tells an update from new content."),
        Required("name", Line, "The name that Sentinel shows."),
        Required("description", Lines, "What it finds and why that matters."),
        Required("version", Line, "Three numbers such as 1.0.0, raised with each change: without it nobody is offered an update."),
        Required("query", KqlText, "The KQL that it runs."),
        Optional("requiredDataConnectors", new ListShape(Connector, Min: 0), "Connectors whose tables the query reads."),
        Optional("tactics", new ListShape(Line), "ATT&CK tactics as Sentinel spells them."),
        Optional("relevantTechniques", new ListShape(Line), "ATT&CK techniques."),
        Optional("entityMappings", new ListShape(Entity), "What the rows are about."),
        .. Others("status", "tags", "metadata", "OriginalUri", "techniques", "author", "references", "severity", "kind", "enabled", "customDetails", "details"),
    ];

    public static MapShape Hunt { get; } = new("a hunting query", [.. Head, .. Others("category", "displayName")]);

    public static MapShape Rule { get; } = new("an analytics rule",
    [
        .. Head.Where(key => key.Name is not ("severity" or "kind" or "enabled" or "customDetails")),
        Required("kind", Kinds.Shape, "Write Scheduled or NRT; it was taken for Scheduled."),
        Required("severity", Severities.Shape, "Informational, Low, Medium or High."),
        Optional("enabled", Flag, "Whether the rule runs once it is deployed."),
        Required("queryFrequency", Duration, "How often the rule runs, such as 1h."),
        Required("queryPeriod", Duration, "How far back each run reads, such as 1h."),
        Required("triggerOperator", Operators.Shape, "How the number of rows is compared: gt, lt, eq or ne."),
        Required("triggerThreshold", new IntegerShape(0, int.MaxValue), "The number of rows to compare with, such as 0."),
        Optional("customDetails", MapShape.Of("customDetails", new(null, Line, "A key and the column it shows.")), "Columns that the alert shows."),
        Optional("alertDetailsOverride", AlertDetails, "What alerts show instead of the rule's own texts."),
        Optional("eventGroupingSettings", EventGroupingSettings, "One alert a run or a row."),
        Optional("incidentConfiguration", Incident, "How alerts become incidents."),
        Optional("suppressionEnabled", Flag, "Whether the rule rests after an alert."),
        Optional("suppressionDuration", Duration, "How long it rests."),
        .. Others("sentinelEntitiesMappings", "alertRuleTemplateName", "templateVersion", "startTimeUtc", "displayName", "type", "subTechniques"),
    ]);

    public static MapShape Summary { get; } = new("a summary rule",
    [
        Required("id", Line, "A GUID, which tells an update from new content."),
        Required("displayName", Line, "The name that Sentinel shows."),
        Required("description", Lines, "What it keeps, and what for."),
        Required("destinationTable", Line, "The custom table that takes its rows, whose name ends in _CL."),
        Required("query", KqlText, "The KQL that runs over each bin."),
        Required("binSize", new IntegerShape(0, int.MaxValue), "The minutes of a bin, such as 60."),
        Required("version", Line, "Three numbers such as 1.0.0, raised with each change: without it nobody is offered an update."),
        Optional("binDelay", new IntegerShape(0, int.MaxValue), "The minutes that a run waits behind its bin."),
        Optional("binStartTime", Line, "When the first bin starts, on the hour."),
        Optional("requiredDataConnectors", new ListShape(Connector, Min: 0), "Connectors whose tables the query reads."),
        .. Others("name", "ruleType", "timeSelector", "tags", "metadata", "tactics", "relevantTechniques", "status"),
    ]);

    public static MapShape Parser { get; } = new("a parser",
    [
        Required("id", Line, "A GUID, which tells an update from new content."),
        Required("Function", Function, "Title, version and date."),
        Required("Category", Line, "The category that Sentinel shows it under."),
        Required("FunctionName", Line, "The function's name."),
        Required("FunctionAlias", Line, "The name by which queries call it."),
        Required("FunctionQuery", KqlText, "The function's body."),
        Optional("FunctionParams", new ListShape(AsimParameter), "What it takes."),
        .. Others("FunctionParameters", "functionParameters", "References", "description", "Description", "tags", "Version", "metadata", "DisplayName"),
    ]);

    public static MapShape AsimParser { get; } = new("an ASIM parser",
    [
        Required("ParserName", Line, "The name by which queries call it."),
        Required("ParserQuery", KqlText, "The function's body."),
        Required("Parser", Titled, "Title, version and date."),
        Optional("ParserParams", new ListShape(AsimParameter), "What it takes."),
        Optional("Description", Lines, "What it does."),
        .. Others("id", "Product", "Normalization", "References", "EquivalentBuiltInParser", "Parsers", "Status", "status", "Category", "Tags"),
    ]);

    private static IEnumerable<Key> Others(params ImmutableArray<string> names) =>
        names.Select(name => Optional(name, new ScalarShape(), NotRead));
}
