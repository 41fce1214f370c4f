using System.Globalization;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>The YAML of the Azure-Sentinel repository, fields in the order its files have them. It describes content to install, so whether a
/// rule is enabled is not part of it.</summary>
internal static class CommunityYaml
{
    public static OutputMap Rule(AnalyticsRule rule) => FurtherOutput.Add(rule.Further.Yaml, OutputMap.Of(
        ("id", rule.Guid.ToString()),
        ("name", rule.Name.Value),
        ("description", ContentTexts.OfYaml(rule)),
        ("severity", rule.Severity.Value.ToString()),
        ("status", rule.IsVerbatim ? null : rule.IsDeprecated ? "Deprecated" : "Available"),
        ("requiredDataConnectors", Connectors(rule)),
        ("queryFrequency", rule.Schedule is { } schedule ? DurationText.Short(schedule.Frequency.Value) : null),
        ("queryPeriod", rule.Schedule is { } sameSchedule ? DurationText.Short(sameSchedule.Period.Value) : null),
        ("triggerOperator", rule.Trigger is { } trigger ? Operator(trigger.Operator.Value) : null),
        ("triggerThreshold", rule.Trigger is { } sameTrigger ? sameTrigger.Threshold.Value : null),
        ("tactics", RuleParts.Tactics(rule.Attack)),
        ("relevantTechniques", Techniques(rule.Attack)),
        ("query", rule.Query.Text),
        ("entityMappings", RuleParts.Entities(rule.Entities)),
        ("customDetails", RuleParts.CustomDetails(rule.CustomDetails)),
        ("alertDetailsOverride", RuleParts.AlertDetails(rule)),
        ("eventGroupingSettings", RuleParts.EventGrouping(rule)),
        ("incidentConfiguration", RuleParts.Incident(rule.Incident)),
        ("suppressionDuration", rule.Suppression is { } suppression ? DurationText.Iso(suppression.Value) : null),
        ("suppressionEnabled", rule.Suppression is null ? null : true),
        ("tags", Tags(rule)),
        ("version", rule.Version.Value),
        ("kind", rule.Kind.Value == RuleKind.Nrt ? "NRT" : "Scheduled")));

    public static OutputMap Hunt(HuntingQuery hunt) => FurtherOutput.Add(hunt.Further.Yaml, OutputMap.Of(
        ("id", hunt.Guid.ToString()),
        ("name", hunt.Name.Value),
        ("description", ContentTexts.OfYaml(hunt)),
        ("requiredDataConnectors", Connectors(hunt)),
        ("tactics", RuleParts.Tactics(hunt.Attack)),
        ("relevantTechniques", Techniques(hunt.Attack)),
        ("query", hunt.Query.Text),
        ("entityMappings", RuleParts.Entities(hunt.Entities)),
        ("tags", Tags(hunt)),
        ("version", hunt.Version.Value)));

    /// <summary>A parser in the form of solutions, or of ASIM.</summary>
    public static OutputMap Parser(ParserFunction parser) => parser.Asim is { } form ? Asim(parser, form) : Function(parser);

    // FunctionParams is what Microsoft's packaging tool reads; it puts the default of a string in quotes itself.
    private static OutputMap Function(ParserFunction parser) => OutputMap.Of(
        ("id", parser.Guid.ToString()),
        ("Function", OutputMap.Of(
            ("Title", parser.Name.Value),
            ("Version", new OutputText(parser.Version.Value) { IsQuoted = true }),
            ("LastUpdated", parser.Updated is { } day ? new OutputText(day) { IsQuoted = true } : null))),
        ("Category", ArmContent.ParserCategory),
        ("Description", parser.Description.Value),
        ("FunctionName", parser.Alias),
        ("FunctionAlias", parser.Alias),
        ("FunctionParams", Parameters(parser)),
        ("FunctionQuery", parser.Query.Text));

    private static OutputMap Asim(ParserFunction parser, AsimForm form) => OutputMap.Of(
        ("Parser", OutputMap.Of(
            ("Title", $"{form.Schema.Name} ASIM {(form.IsFiltering ? "filtering " : "")}parser for {form.Product}"),
            ("Version", new OutputText(parser.Version.Value) { IsQuoted = true }),
            ("LastUpdated", parser.Updated is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("MMM dd, yyyy", CultureInfo.InvariantCulture) : null))),
        ("Product", OutputMap.Of(("Name", form.Product))),
        ("Normalization", OutputMap.Of(("Schema", form.Schema.Name), ("Version", new OutputText(form.Schema.Version) { IsQuoted = true }))),
        ("References", OutputList.Of(form.References.Select(reference => OutputMap.Of(("Title", reference.Title), ("Link", reference.Link)))).OrNull()),
        ("Description", parser.Description.Value),
        ("ParserName", parser.Alias),
        ("EquivalentBuiltInParser", form.BuiltIn),
        ("ParserParams", Parameters(parser)),
        ("ParserQuery", parser.Query.Text));

    private static OutputList? Parameters(ParserFunction parser) => OutputList.Of(parser.Parameters.Select(parameter => OutputMap.Of(
        ("Name", parameter.Name),
        ("Type", parameter.Type),
        ("Default", parameter.Type == "string" ? parameter.Default.Trim('"', '\'') : parameter.Default)))).OrNull();

    /// <summary>What describes a watchlist, keys as the resource provider names them; its rows are in a CSV file of the same name beside it.</summary>
    public static OutputMap Watchlist(Watchlist watchlist) => OutputMap.Of(
        ("id", watchlist.Guid.ToString()),
        ("watchlistAlias", watchlist.Alias.Value),
        ("displayName", watchlist.Name.Value),
        ("description", watchlist.Description.Value),
        ("provider", watchlist.Provider),
        ("itemsSearchKey", watchlist.SearchKey.Value),
        ("contentType", "text/csv"),
        ("source", $"{watchlist.FileName}.csv"),
        ("columns", OutputList.Of(watchlist.Columns.Select(column => OutputMap.Of(
            ("name", column.Value.Name),
            ("type", column.Value.Type))))),
        ("version", watchlist.Version.Value));

    /// <summary>Connectors with the tables that they fill.</summary>
    public static OutputList Connectors(ContentItem item) => OutputList.Of(item.RequiredConnectors.Select(connector => OutputMap.Of(
        ("connectorId", connector.ConnectorId),
        ("dataTypes", OutputList.Of(connector.DataTypes)))));

    // Sentinel's own fields take ATT&CK only.
    private static OutputList? Tags(ContentItem item) =>
        OutputList.Of(item.Atlas.Concat(item.Owasp).Select(id => id.Value).Distinct(StringComparer.Ordinal)).OrNull();

    private static OutputList? Techniques(Attack attack) => OutputList.Of(attack.Techniques.Select(technique => technique.Value)).OrNull();

    private static string Operator(TriggerOperator value) => value switch
    {
        TriggerOperator.GreaterThan => "gt",
        TriggerOperator.LessThan => "lt",
        TriggerOperator.Equal => "eq",
        _ => "ne",
    };
}
