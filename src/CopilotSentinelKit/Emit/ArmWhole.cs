using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>One template with everything, for a deployment in one command: each rule waits for the functions and watchlists that it names.</summary>
internal static class ArmWhole
{
    /// <summary>Where it is in the output folder.</summary>
    public const string Path = "arm/main.json";

    private static readonly ArmParameter Rules = new(
        "rules", "object", new OutputMap([]), "What differs in this workspace, by the rule's id: { \"copilot-volume-spike\": { \"enabled\": false, \"severity\": \"Low\" } }.");

    private static readonly ArmSettings Settings = new(rule => Setting(rule, "enabled"), rule => Setting(rule, "severity"), ArmParameter.Location.Value);

    /// <summary>The template.</summary>
    /// <param name="items">Everything; parsers in an order in which each comes after those it calls.</param>
    public static string Write(ImmutableArray<ContentItem> items)
    {
        var rules = items.OfType<AnalyticsRule>().OrderBy(rule => rule.Id.Value, StringComparer.Ordinal).ToList();
        ImmutableArray<ArmParameter> parameters = [ArmParameter.Workspace, .. items.OfType<Workbook>().Any() ? [ArmParameter.Location] : ImmutableArray<ArmParameter>.Empty, .. rules.Count > 0 ? [Rules] : ImmutableArray<ArmParameter>.Empty];

        // union() puts what the parameter says of a rule over the rule's own values, member by member.
        var variables = rules.Count == 0 ? null : OutputMap.Of(
            ("defaults", new OutputMap([.. rules.Select(rule => (rule.Id.Value, (OutputNode)OutputMap.Of(("enabled", rule.Enabled), ("severity", rule.Severity.Value.ToString()))))])),
            ("rules", new ArmExpression($"union(variables('defaults'),{Rules.Value.Code})")));
        var others = items.Where(item => item is not ParserFunction).OrderBy(ContentEmitter.ArmPath, StringComparer.Ordinal).ToList();
        var first = others.OfType<Watchlist>().Concat<ContentItem>(items.OfType<ParserFunction>()).ToList();
        return ArmTemplate.Write(
            parameters,
            variables,
            first.Concat(others.Where(item => item is not Watchlist)).Select(item => Resource(item, first)));
    }

    private static OutputMap Resource(ContentItem item, List<ContentItem> first)
    {
        var resource = ContentKind.Of(item).Resource(item, Settings);
        var needed = item is AnalyticsRule rule ? Needed(rule.Query.Text, first) : [];
        if (needed.Count == 0)
        {
            return resource;
        }

        var properties = resource.Entries.IndexOf(resource.Entries.First(entry => entry.Key == "properties"));
        return new(resource.Entries.Insert(properties, ("dependsOn", OutputList.Of(first.Where(needed.Contains).Select(one => (OutputNode)ArmContent.IdOf(one))))));
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
            foreach (var item in first.Where(item => words.Contains(item is ParserFunction parser ? parser.Alias : item.Id.Value) && needed.Add(item)))
            {
                Visit((item as ParserFunction)?.Query.Text ?? "");
            }
        }
    }

    private static ArmExpression Setting(AnalyticsRule rule, string name) => new($"variables('rules')[{ArmExpression.Literal(rule.Id.Value)}].{name}");
}
