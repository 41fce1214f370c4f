using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>A kind of content and how it is written. A new kind is one more line of <see cref="All"/>.</summary>
/// <param name="Name">Its name in the lock file and in GUIDs; the repositories deployment's own word.</param>
/// <param name="Folder">Its folder in each format.</param>
/// <param name="Suffix">What stands before .json in the ARM tree. The repositories deployment looks for a parameter file after it has stripped
/// every trailing ".", "j", "s", "o" and "n" from the path, so no suffix may end in one of these letters. It also keeps names from matching
/// *metadata.json and *.parameters*.json, which that deployment skips.</param>
internal sealed record ContentKind(string Name, string Folder, string Suffix)
{
    /// <summary>Every kind.</summary>
    public static ImmutableArray<ContentKind> All { get; } =
    [
        For<ParserFunction>("Parser", "Parsers", "parser", CommunityYaml.Parser, (parser, _) => ArmContent.Parser(parser)),
        For<AnalyticsRule>("AnalyticsRule", "AnalyticRules", "rule", CommunityYaml.Rule, ArmContent.Rule),
        For<HuntingQuery>("HuntingQuery", "HuntingQueries", "hunt", CommunityYaml.Hunt, ArmContent.Hunt),
        For<Watchlist>("Watchlist", "Watchlists", "watchlist", CommunityYaml.Watchlist, (list, _) => ArmContent.Watchlist(list)) with
        {
            Companion = item => (".csv", WatchlistCsv.File((Watchlist)item)),
        },
        For<Workbook>("Workbook", "Workbooks", "workbook", WorkbookJson.Gallery, WorkbookArm.Resource) with { IsJson = true },
        For<SummaryRule>("SummaryRule", "SummaryRules", "summary", SummaryArm.Yaml, (rule, _) => SummaryArm.Resource(rule)),
        For<AutomationRule>("AutomationRule", "AutomationRules", "automationrule", AutomationArm.Yaml, (rule, _) => AutomationArm.Resource(rule)),
    ];

    /// <summary>The items it is for.</summary>
    public required Func<ContentItem, bool> Handles { get; init; }

    /// <summary>Whether the community keeps it as JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>The form of an item in the community's repository, YAML or JSON.</summary>
    public required Func<ContentItem, OutputMap> Yaml { get; init; }

    /// <summary>The ARM resource of an item.</summary>
    public required Func<ContentItem, ArmSettings, OutputMap> Resource { get; init; }

    /// <summary>Extension and text of a second file beside the YAML, for what YAML is no form for; or null.</summary>
    public Func<ContentItem, (string Extension, string Text)>? Companion { get; init; }

    /// <summary>Extension of the ARM file.</summary>
    public string ArmExtension => $".{Suffix}.json";

    /// <summary>The kind of an item.</summary>
    /// <exception cref="ArgumentException">A record that has no line in <see cref="All"/>.</exception>
    public static ContentKind Of(ContentItem item) =>
        All.FirstOrDefault(kind => kind.Handles(item)) ?? throw new ArgumentException($"{item.GetType().Name} has no output form.", nameof(item));

    private static ContentKind For<T>(string name, string folder, string suffix, Func<T, OutputMap> yaml, Func<T, ArmSettings, OutputMap> resource)
        where T : ContentItem =>
        new(name, folder, suffix)
        {
            Handles = item => item is T,
            Yaml = item => yaml((T)item),
            Resource = (item, settings) => resource((T)item, settings),
        };
}
