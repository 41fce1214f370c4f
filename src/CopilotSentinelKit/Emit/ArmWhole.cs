using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>One template with everything, for a deployment in one command: each rule waits for the functions, watchlists and
/// summary rules that it names, an automation rule for its rules.</summary>
internal static class ArmWhole
{
    /// <summary>Where it is in the output folder.</summary>
    public const string Path = "arm/main.json";

    private static readonly ArmParameter Rules = new(
        "rules", "object", new OutputMap([]), "What differs in this workspace, by the rule's id: { \"id-of-a-rule\": { \"enabled\": false, \"severity\": \"Low\", \"parameters\": { \"minCount\": 100 } } }.");

    private static readonly ArmParameter Hunts = new(
        "hunts", "object", new OutputMap([]), "What differs in this workspace, by the hunting query's id: { \"id-of-a-hunt\": { \"parameters\": { \"period\": 30 } } }.");

    // Summary rules cost what they keep, and need a role that Sentinel's content does not.
    private static readonly ArmParameter Summaries = new(
        "summaryRules", "bool", true, "Whether the summary rules are deployed, for which the role Log Analytics Contributor is needed.");

    private static readonly ArmSettings Settings = new(
        rule => new ArmExpression(Setting(rule) + ".enabled"),
        rule => new ArmExpression(Setting(rule) + ".severity"),
        ArmParameter.Location.Value,
        (item, query) => ArmQueryText.Write(query, item.QueryParameters, parameter => new($"{Setting(item)}.parameters.{parameter.Name.Value}")));

    /// <summary>The template.</summary>
    /// <param name="items">Everything; parsers in an order in which each comes after those it calls.</param>
    public static string Write(ImmutableArray<ContentItem> items)
    {
        var rules = items.OfType<AnalyticsRule>().OrderBy(rule => rule.Id.Value, StringComparer.Ordinal).ToList();
        var hunts = items.OfType<HuntingQuery>().Where(hunt => !hunt.QueryParameters.IsEmpty).OrderBy(hunt => hunt.Id.Value, StringComparer.Ordinal).ToList();
        ImmutableArray<ArmParameter> parameters =
        [
            ArmParameter.Workspace,
            .. items.OfType<Workbook>().Take(1).Select(_ => ArmParameter.Location),
            .. rules.Take(1).Select(_ => Rules),
            .. hunts.Take(1).Select(_ => Hunts),
            .. items.OfType<SummaryRule>().Take(1).Select(_ => Summaries),
            .. AutomationArm.Parameters(items.OfType<AutomationRule>()),
        ];
        var variables = new OutputMap(
        [
            .. Merged("ruleDefaults", "ruleSettings", Rules, rules, rule => OutputMap.Of(("enabled", rule.Enabled), ("severity", rule.Severity.Value.ToString()), ("parameters", Values(rule)))),
            .. Merged("huntDefaults", "huntSettings", Hunts, hunts, hunt => OutputMap.Of(("parameters", Values(hunt)))),
        ]).OrNull();
        var others = items.Where(item => item is not ParserFunction).OrderBy(ContentEmitter.ArmPath, StringComparer.Ordinal).ToList();
        var first = others.OfType<Watchlist>().Concat<ContentItem>(items.OfType<ParserFunction>()).Concat(others.OfType<SummaryRule>()).ToList();
        return ArmTemplate.Write(
            parameters,
            variables,
            first.Concat(others.Where(item => item is not (Watchlist or SummaryRule))).Select(item => Resource(item, first, rules)));
    }

    private static OutputMap Resource(ContentItem item, List<ContentItem> first, List<AnalyticsRule> rules)
    {
        var resource = ContentKind.Of(item).Resource(item, Settings);
        if (item is SummaryRule)
        {
            return new([("condition", Summaries.Value), .. resource.Entries]);
        }

        ImmutableArray<ArmExpression> needed = item switch
        {
            AnalyticsRule rule => Needed(rule.Query.Text, first) is var names ? [.. first.Where(names.Contains).Select(ArmContent.IdOf)] : [],
            AutomationRule automation => [.. automation.Targets.Where(target => rules.Exists(rule => rule.Guid == target.Guid)).Select(AutomationArm.RuleId)],
            _ => [],
        };
        if (needed.IsEmpty)
        {
            return resource;
        }

        var properties = resource.Entries.IndexOf(resource.Entries.First(entry => entry.Key == "properties"));
        return new(resource.Entries.Insert(properties, ("dependsOn", OutputList.Of(needed.Select(one => (OutputNode)one)))));
    }

    // What a query names, and what those name.
    private static HashSet<ContentItem> Needed(string kql, List<ContentItem> first)
    {
        var needed = new HashSet<ContentItem>(ReferenceEqualityComparer.Instance);
        Visit(kql);
        return needed;

        void Visit(string text)
        {
            var words = QueryTables.WordsOf(text).ToHashSet(StringComparer.Ordinal);
            foreach (var item in first.Where(item => words.Contains(item switch { ParserFunction parser => parser.Alias, SummaryRule summary => summary.Table.Value, _ => item.Id.Value }) && needed.Add(item)))
            {
                Visit((item as ParserFunction)?.Query.Text ?? "");
            }
        }
    }

    // union() puts what the parameter says of a rule over the rule's own values, member by member.
    private static IEnumerable<(string, OutputNode)> Merged<T>(string defaults, string settings, ArmParameter parameter, List<T> items, Func<T, OutputMap> own)
        where T : ContentItem => items.Count == 0 ? [] :
    [
        (defaults, new OutputMap([.. items.Select(item => (item.Id.Value, (OutputNode)own(item)))])),
        (settings, new ArmExpression($"union(variables('{defaults}'),{parameter.Value.Code})")),
    ];

    private static OutputMap? Values(ContentItem item) => new OutputMap([.. item.QueryParameters.Select(parameter => (parameter.Name.Value, ArmParameter.ValueOf(parameter)))]).OrNull();

    private static string Setting(ContentItem item) => $"variables('{(item is HuntingQuery ? "hunt" : "rule")}Settings')[{ArmExpression.Literal(item.Id.Value)}]";
}
