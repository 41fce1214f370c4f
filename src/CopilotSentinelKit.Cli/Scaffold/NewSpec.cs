using System.Collections.Immutable;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli.Scaffold;

/// <summary>A kind of spec that csk new makes.</summary>
/// <param name="Name">Its word on the command line.</param>
/// <param name="What">What it makes, a phrase.</param>
/// <param name="IdForm">The form of its id.</param>
/// <param name="Files">Names in templates/new, and where each goes in a project; {0} is the id.</param>
/// <param name="Ids">Ids that are taken, or for tests those that can be tested.</param>
internal sealed record NewSpec(
    string Name, string What, TextForm IdForm, ImmutableArray<(string Template, string Path)> Files, Func<ResolvedPack, IEnumerable<string>> Ids)
{
    /// <summary>The field goes into the mapping, which may be there already.</summary>
    public const string Field = "field";

    /// <summary>Tests are of something that is there.</summary>
    public const string Test = "test";

    public static ImmutableArray<NewSpec> All { get; } =
    [
        new("detection", "an analytics rule with its tests", Forms.Id,
            [("detection.yaml", "rules/detections/{0}.yaml"), ("detection.test.yaml", "rules/tests/{0}.yaml")], Detections),
        new("hunt", "a hunting query with its tests", Forms.Id,
            [("hunt.yaml", "rules/hunts/{0}.yaml"), ("hunt.test.yaml", "rules/tests/{0}.yaml")], Detections),
        new("workbook", "a workbook", Forms.Id,
            [("workbook.yaml", "rules/workbooks/{0}.yaml")], pack => pack.Workbooks.Select(workbook => workbook.Spec.Id.Value)),
        new("watchlist", "a watchlist", Forms.Alias,
            [("watchlist.yaml", "rules/watchlists/{0}.yaml")], pack => pack.Watchlists.Select(watchlist => watchlist.Spec.Alias.Value)),
        new("summary", "a summary rule with its tests", Forms.Id,
            [("summary.yaml", "rules/summaries/{0}.yaml"), ("summary.test.yaml", "rules/tests/{0}.yaml")], pack => [.. Detections(pack), .. pack.Summaries.Select(summary => summary.Spec.Id.Value)]),
        new("automation", "an automation rule", Forms.Id,
            [("automation.yaml", "rules/automation/{0}.yaml")], pack => pack.Automation.Select(rule => rule.Spec.Id.Value)),
        new(Field, "a column of CopilotEvents", Forms.Identifier,
            [("field.yaml", "rules/mapping.yaml")], pack => pack.Mapping.AllFields.Select(field => field.Name.Value)),
        new(Test, "tests of a detection, hunt, summary rule or parser that is there", new(Forms.Identifier.Pattern, "the id of a detection, hunt or summary rule, or the name of a parser"),
            [("test.yaml", "rules/tests/{0}.yaml")], pack => [.. Detections(pack), .. pack.Summaries.Select(summary => summary.Spec.Id.Value), .. pack.Mapping.Parsers.Select(parser => parser.Name.Value)]),
    ];

    /// <summary>Whether a text can be its id.</summary>
    public bool Accepts(string id) => Name == Test ? id.Length > 0 : IdForm.Matches(id);

    private static IEnumerable<string> Detections(ResolvedPack pack) => pack.Detections.Select(detection => detection.Spec.Id.Value);
}
