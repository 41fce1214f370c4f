
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>The ARM resource of each kind of content, in the nested form: the Sentinel repositories deployment skips a file with any other
/// resource type, the extension form Microsoft.SecurityInsights/alertRules among them.</summary>
internal static class ArmContent
{
    /// <summary>The category the community gives parser functions.</summary>
    public const string ParserCategory = "Microsoft Sentinel Parser";

    // The repositories deployment takes a saved search for a hunting query only when its category is exactly this.
    private const string HuntingCategory = "Hunting Queries";

    // Stable versions know no NRT rules and no sub-techniques; of the previews this is the newest whose JSON Schema is published.
    private const string Preview = "2025-07-01-preview";
    private const string SecurityInsights = "2025-09-01";
    private const string SavedSearches = "2025-07-01";

    // What Sentinel itself writes for a rule that suppresses nothing: the provider requires a value even then.
    private static readonly TimeSpan UnusedSuppression = TimeSpan.FromHours(1);

    public static OutputMap Rule(AnalyticsRule rule)
    {
        var nrt = rule.Kind.Value == RuleKind.Nrt;
        return OutputMap.Of(
            ("type", "Microsoft.OperationalInsights/workspaces/providers/alertRules"),
            ("apiVersion", nrt ? Preview : SecurityInsights),
            ("name", NameIn("/Microsoft.SecurityInsights/", rule.Guid.ToString())),
            ("kind", nrt ? "NRT" : "Scheduled"),
            ("properties", OutputMap.Of(
                ("displayName", rule.Name.Value),
                ("description", rule.Description.Value),
                ("severity", rule.Severity.Value.ToString()),
                ("enabled", rule.Enabled),
                ("query", rule.Query.Text),
                ("queryFrequency", rule.Schedule is { } schedule ? DurationText.Iso(schedule.Frequency.Value) : null),
                ("queryPeriod", rule.Schedule is { } sameSchedule ? DurationText.Iso(sameSchedule.Period.Value) : null),
                ("triggerOperator", rule.Trigger?.Operator.Value.ToString()),
                ("triggerThreshold", rule.Trigger is { } trigger ? trigger.Threshold.Value : null),
                ("suppressionDuration", DurationText.Iso(rule.Suppression?.Value ?? UnusedSuppression)),
                ("suppressionEnabled", rule.Suppression is not null),
                ("tactics", RuleParts.Tactics(rule.Attack)),
                ("techniques", RuleParts.ParentTechniques(rule.Attack)),
                ("subTechniques", nrt ? RuleParts.SubTechniques(rule.Attack) : null),
                ("entityMappings", RuleParts.Entities(rule.Entities)),
                ("customDetails", RuleParts.CustomDetails(rule.CustomDetails)),
                ("alertDetailsOverride", RuleParts.AlertDetails(rule.AlertDetails)),
                ("eventGroupingSettings", RuleParts.EventGrouping(rule)),
                ("incidentConfiguration", RuleParts.Incident(rule.Incident)))));
    }

    public static OutputMap Hunt(HuntingQuery hunt) => SavedSearch(hunt, OutputMap.Of(
        ("category", HuntingCategory),
        ("displayName", hunt.Name.Value),
        ("query", hunt.Query.Text),
        ("version", 2),
        ("tags", OutputList.Of(new[]
        {
            ("description", hunt.Description.Value),
            ("tactics", string.Join(',', hunt.Attack.Tactics.Select(tactic => tactic.Value))),
            ("techniques", string.Join(',', hunt.Attack.Techniques.Select(technique => technique.Value))),
        }.Where(tag => tag.Item2.Length > 0).Select(tag => Tag(tag.Item1, tag.Item2))))));

    public static OutputMap Parser(ParserFunction parser) => SavedSearch(parser, OutputMap.Of(
        ("category", ParserCategory),
        ("displayName", parser.Name.Value),
        ("query", parser.Query.Text),
        ("functionAlias", parser.Alias),
        ("functionParameters", parser.ParameterList),
        ("version", 2),
        ("tags", parser.Description.Value.Length == 0 ? null : OutputList.Of([Tag("description", parser.Description.Value)]))));

    public static OutputMap Watchlist(Watchlist watchlist) => OutputMap.Of(
        ("type", "Microsoft.OperationalInsights/workspaces/providers/Watchlists"),
        ("apiVersion", SecurityInsights),
        ("name", NameIn("/Microsoft.SecurityInsights/", watchlist.Alias.Value)),
        ("properties", OutputMap.Of(
            ("displayName", watchlist.Name.Value),
            ("description", watchlist.Description.Value),
            ("provider", watchlist.Provider),
            ("source", $"{watchlist.FileName}.csv"),
            ("sourceType", "Local"),
            ("itemsSearchKey", watchlist.SearchKey.Value),
            ("contentType", "text/csv"),
            ("numberOfLinesToSkip", 0),
            ("rawContent", string.Join("\r\n", WatchlistCsv.Lines(watchlist))),
            ("watchlistAlias", watchlist.Alias.Value))));

    private static OutputMap SavedSearch(ContentItem item, OutputMap properties) => OutputMap.Of(
        ("type", "Microsoft.OperationalInsights/workspaces/savedSearches"),
        ("apiVersion", SavedSearches),
        ("name", NameIn("/", item.Guid.ToString())),
        // Without it the service refuses to replace a saved search that is already there.
        ("etag", "*"),
        ("properties", properties));

    private static OutputMap Tag(string name, string value) => OutputMap.Of(("name", name), ("value", value));

    private static ArmExpression NameIn(string separator, string name) =>
        new($"concat(parameters('{ArmTemplate.Workspace}'),{ArmExpression.Literal(separator + name)})");
}
