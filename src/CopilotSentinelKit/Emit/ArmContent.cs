
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>The ARM resource of each kind of content, in the nested form: the Sentinel repositories deployment skips a file with any other
/// resource type, the extension form Microsoft.SecurityInsights/alertRules among them.</summary>
internal static class ArmContent
{
    /// <summary>The category the community gives parser functions.</summary>
    public const string ParserCategory = "Microsoft Sentinel Parser";

    /// <summary>The category of ASIM's parsers.</summary>
    public const string AsimCategory = "ASIM";

    // The repositories deployment takes a saved search for a hunting query only when its category is exactly this.
    private const string HuntingCategory = "Hunting Queries";

    // Stable versions know no NRT rules and no sub-techniques; of the previews this is the newest whose JSON Schema is published.
    private const string Preview = "2025-07-01-preview";

    /// <summary>The version of Sentinel's own resources: rules, and watchlists.</summary>
    public const string SecurityInsights = "2025-09-01";

    /// <summary>The version of saved searches, which hunts and parsers are.</summary>
    public const string SavedSearches = "2025-07-01";

    // What Sentinel itself writes for a rule that suppresses nothing: the provider requires a value even then.
    private static readonly TimeSpan UnusedSuppression = TimeSpan.FromHours(1);

    public static OutputMap Rule(AnalyticsRule rule, ArmSettings settings)
    {
        var nrt = rule.Kind.Value == RuleKind.Nrt;
        var sub = nrt || rule.IsVerbatim ? RuleParts.SubTechniques(rule.Attack) : null;
        return OutputMap.Of(
            ("type", "Microsoft.OperationalInsights/workspaces/providers/alertRules"),
            ("apiVersion", nrt || sub is not null ? Preview : SecurityInsights),
            ("name", NameIn("/Microsoft.SecurityInsights/", rule.Guid.ToString())),
            ("kind", nrt ? "NRT" : "Scheduled"),
            ("properties", FurtherOutput.Add(rule.Further.Arm, OutputMap.Of(
                ("displayName", rule.Name.Value),
                ("description", ContentTexts.Whole(rule)),
                ("severity", settings.Severity(rule)),
                ("enabled", settings.Enabled(rule)),
                ("query", settings.Query(rule, rule.Query)),
                ("queryFrequency", rule.Schedule is { } schedule ? DurationText.Iso(schedule.Frequency.Value) : null),
                ("queryPeriod", rule.Schedule is { } sameSchedule ? DurationText.Iso(sameSchedule.Period.Value) : null),
                ("triggerOperator", rule.Trigger?.Operator.Value.ToString()),
                ("triggerThreshold", rule.Trigger is { } trigger ? trigger.Threshold.Value : null),
                ("suppressionDuration", DurationText.Iso(rule.Suppression?.Value ?? UnusedSuppression)),
                ("suppressionEnabled", rule.Suppression is not null),
                ("tactics", RuleParts.Tactics(rule.Attack)),
                ("techniques", RuleParts.ParentTechniques(rule.Attack)),
                ("subTechniques", sub),
                ("entityMappings", RuleParts.Entities(rule.Entities)),
                ("customDetails", RuleParts.CustomDetails(rule.CustomDetails)),
                ("alertDetailsOverride", RuleParts.AlertDetails(rule)),
                ("eventGroupingSettings", RuleParts.EventGrouping(rule)),
                ("incidentConfiguration", RuleParts.Incident(rule.Incident))))));
    }

    public static OutputMap Hunt(HuntingQuery hunt, ArmSettings settings) => SavedSearch(hunt, FurtherOutput.Add(hunt.Further.Arm, OutputMap.Of(
        ("category", HuntingCategory),
        ("displayName", hunt.Name.Value),
        ("query", settings.Query(hunt, hunt.Query)),
        ("version", 2),
        ("tags", OutputList.Of(new[]
        {
            ("description", ContentTexts.Summary(hunt)),
            ("tactics", string.Join(',', hunt.Attack.Tactics.Select(tactic => tactic.Value))),
            ("techniques", string.Join(',', hunt.Attack.Techniques.Select(technique => technique.Value))),
            ("atlas", string.Join(',', hunt.Atlas.Select(id => id.Value))),
            ("owasp", string.Join(',', hunt.Owasp.Select(id => id.Value))),
        }.Where(tag => tag.Item2.Length > 0).Select(tag => Tag(tag.Item1, tag.Item2)))))));

    public static OutputMap Parser(ParserFunction parser) => SavedSearch(parser, OutputMap.Of(
        ("category", parser.Asim is null ? ParserCategory : AsimCategory),
        ("displayName", parser.Name.Value),
        ("query", parser.Query.Text),
        ("functionAlias", parser.Alias),
        ("functionParameters", parser.ParameterList),
        ("version", 2),
        ("tags", parser.Description.Value.Length == 0 ? null : OutputList.Of([Tag("description", ContentTexts.Summary(parser))]))));

    /// <summary>Without rows, only the list itself: the service then leaves alone those that people keep in the portal.</summary>
    public static OutputMap Watchlist(Watchlist watchlist)
    {
        var rows = !watchlist.Rows.IsEmpty;
        return OutputMap.Of(
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
                ("contentType", rows ? "text/csv" : null),
                ("numberOfLinesToSkip", rows ? 0 : null),
                ("rawContent", rows ? string.Join("\r\n", WatchlistCsv.Lines(watchlist)) : null),
                ("watchlistAlias", watchlist.Alias.Value))));
    }

    private static OutputMap SavedSearch(ContentItem item, OutputMap properties) => OutputMap.Of(
        ("type", "Microsoft.OperationalInsights/workspaces/savedSearches"),
        ("apiVersion", SavedSearches),
        ("name", NameIn("/", item.Guid.ToString())),
        // Without it the service refuses to replace a saved search that is already there.
        ("etag", "*"),
        ("properties", properties));

    private static OutputMap Tag(string name, string value) => OutputMap.Of(("name", name), ("value", value));

    /// <summary>The id of a watchlist, summary rule or function in the workspace.</summary>
    public static ArmExpression IdOf(ContentItem item) => item is SummaryRule summary ? SummaryArm.IdOf(summary) : item is Watchlist list
        ? new($"resourceId('Microsoft.OperationalInsights/workspaces/providers/Watchlists',{ArmParameter.Workspace.Value.Code},'Microsoft.SecurityInsights',{ArmExpression.Literal(list.Alias.Value)})")
        : new($"resourceId('Microsoft.OperationalInsights/workspaces/savedSearches',{ArmParameter.Workspace.Value.Code},{ArmExpression.Literal(item.Guid.ToString())})");

    private static ArmExpression NameIn(string separator, string name) =>
        new($"concat({ArmParameter.Workspace.Value.Code},{ArmExpression.Literal(separator + name)})");
}
