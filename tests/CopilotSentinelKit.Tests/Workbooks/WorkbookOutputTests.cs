using System.Text.Json;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Workbooks;

public partial class WorkbookOutputTests
{
    private static readonly string Everything = BuiltWorkbook.With("""
          One: { query: "Events({TimeRange:start}) | distinct ActorUpn", label: "O'Neill \"[x]\"" }
          Kind: { values: { a: "A \" ' [b]", b: B }, default: b }
          Both: { values: { a: A, b: B }, multiple: true, all: true }
          Search: { text: "[concat('x')]" }
        items:
          - { text: "[not an expression] {User} {One} {Kind} {Both} {Search}", style: warning }
          - { query: "Events({TimeRange:start})", title: Same, size: full, columns: { ActorUpn: { as: link }, More: { as: details, label: M }, Count: { as: bar } }, rows: 10, export: { Chosen: ActorUpn, Time: TimeGenerated } }
          - { query: "Events({TimeRange:start}) | where ActorUpn == \"{Chosen:escapejson}\"", title: "Same: {Time}", columns: { ActorUpn: { as: severity }, Count: { as: heatmap, colour: red }, TimeGenerated: { as: date } } }
          - { query: "Events({TimeRange:start})", show: tiles, tiles: { title: ActorUpn, value: Count }, noData: Nothing., width: 50 }
          - group: Same
            items:
              - { query: "Events({TimeRange:start})", export: { Inner: ActorUpn }, columns: { Count: { as: hidden }, ActorUpn: { as: text } } }
          - tabs:
              First: [{ text: "{Inner}" }]
              Second: [{ query: "Events({TimeRange:start})", show: timechart, chart: { x: TimeGenerated, y: Count, series: ActorUpn }, brush: Span }, { query: "Events({Span:start})", title: Marked }, { query: "Events({TimeRange:start})", show: map, map: { country: ActorUpn, size: Count } }]
          - tabs:
              First: [{ query: "Events({TimeRange:start})", show: areachart }, { query: "Events({TimeRange:start})", show: barchart }]
              Second: [{ query: "Events({TimeRange:start})", show: piechart }, { query: "Events({TimeRange:start})", show: categoricalbar }]

        """);

    private static readonly string[] Wrong =
    [
        ".fromTemplateId: missing",
        ".items[0].content.json: missing",
        ".items[0].content.jsn: unknown",
        ".items[0].name: 5 is not string",
        ".$schema: \"x\" is not https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json",
    ];

    private static readonly string[] PackFolders = ["rules/workbooks", "rules/watchlists", "templates/parsers", "templates/workbooks"];

    [Test]
    public async Task The_template_fits_the_schema_of_workbooks()
    {
        var json = await TemplateAsync();
        Assert.That(WorkbookSchema.Violations(json), Is.Empty);
    }

    [Test]
    public void The_schema_finds_what_is_wrong()
    {
        using var json = JsonDocument.Parse("""{"version":"Notebook/1.0","items":[{"type":1,"content":{"jsn":"a"},"name":5}],"$schema":"x"}""");
        Assert.That(WorkbookSchema.Violations(json.RootElement), Is.EquivalentTo(Wrong));
    }

    [Test]
    public async Task Names_are_unique_and_ids_are_GUIDs()
    {
        var json = await TemplateAsync();
        var names = Items(json).Select(item => item.GetProperty("name").GetString()).ToList();
        Assert.That(names, Is.Unique);
        Assert.That(names, Has.Member("same").And.Member("same-2").And.Member("same-time").And.Member("tab-first").And.Member("tab-first-2"));
        var ids = Ids().Matches(json.GetRawText()).Select(match => match.Groups[1].Value).ToList();
        Assert.That(ids, Has.Count.EqualTo(10).And.Unique);
        Assert.That(ids, Has.All.Matches<string>(id => Guid.TryParse(id, out _)));
    }

    [Test]
    public async Task What_needs_a_chosen_row_is_hidden_until_there_is_one()
    {
        var json = await TemplateAsync();
        var conditions = Items(json)
            .Where(item => item.TryGetProperty("conditionalVisibility", out _) || item.TryGetProperty("conditionalVisibilities", out _))
            .ToDictionary(
                item => item.GetProperty("name").GetString()!,
                item => item.TryGetProperty("conditionalVisibilities", out var several)
                    ? string.Join(' ', several.EnumerateArray().Select(Condition))
                    : Condition(item.GetProperty("conditionalVisibility")));
        Assert.That(conditions, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["same-time"] = "Chosen isNotEqualTo  Time isNotEqualTo ",
            ["text-inner"] = "Inner isNotEqualTo ",
            ["marked"] = "Span isNotEqualTo ",
            ["tab-first"] = "SelectedTabs isEqualTo first",
            ["tab-second"] = "SelectedTabs isEqualTo second",
            ["tab-first-2"] = "SelectedTabs2 isEqualTo first",
            ["tab-second-2"] = "SelectedTabs2 isEqualTo second",
        }));
        var groups = Items(json).Where(item => item.GetProperty("content").TryGetProperty("exportParameters", out _)).Select(item => item.GetProperty("name").GetString());
        Assert.That(groups, Is.EqualTo(["same-2", "tab-second"]));
    }

    [Test]
    public async Task Parameters_start_as_the_spec_says()
    {
        var json = await TemplateAsync();
        var parameters = json.GetProperty("items")[0].GetProperty("content").GetProperty("parameters").EnumerateArray();
        Assert.That(
            parameters.Select(parameter => $"{parameter.GetProperty("name")} {parameter.GetProperty("type")} {parameter.GetProperty("value").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)}"),
            Is.EqualTo(
            [
                "TimeRange 4 {\"durationMs\":604800000}", "User 2 [\"value::all\"]", "One 2 \"value::1\"", "Kind 2 \"b\"", "Both 2 [\"value::all\"]",
                "Search 1 \"[concat('x')]\"",
            ]));
    }

    [Test]
    public async Task The_deployed_workbook_is_the_template_as_text()
    {
        var workbook = (await BuiltWorkbook.FromAsync(Everything)).Content!;
        var files = ContentEmitter.Emit([workbook], [OutputFormat.Yaml, OutputFormat.Arm]).Artifacts.RemoveAll(file => file.Path == "arm/main.json");
        Assert.That(files.Select(file => file.Path), Is.EqualTo(["arm/Workbooks/ABook.workbook.json", "yaml/Workbooks/ABook.json"]));
        using var arm = JsonDocument.Parse(files[0].Text);
        using var template = JsonDocument.Parse(files[1].Text);
        var resource = arm.RootElement.GetProperty("resources")[0];
        Assert.That(template.RootElement.GetProperty("fallbackResourceIds").GetArrayLength(), Is.Zero);
        using var inGallery = JsonDocument.Parse(Regex.Replace(files[1].Text, "\\n  \"fallbackResourceIds\": \\[\\],", ""));
        using var data = JsonDocument.Parse(resource.GetProperty("properties").GetProperty("serializedData").GetString()!);
        Assert.Multiple(() =>
        {
            Assert.That(JsonElement.DeepEquals(data.RootElement, inGallery.RootElement));
            Assert.That(resource.GetProperty("name").GetString(), Is.EqualTo($"[guid(resourceId('Microsoft.OperationalInsights/workspaces',parameters('workspace')),'{workbook.Guid}')]"));
            Assert.That(resource.GetProperty("properties").GetProperty("sourceId").GetString(), Does.StartWith("[resourceId(").And.EndWith(")]"));
            Assert.That(files[0].Text, Does.Not.Match("subscriptions/[0-9a-f]{8}"));
            Assert.That(files[1].Text, Does.Not.Contain("subscriptions/"));
        });
    }

    [Test]
    public async Task The_shipped_workbooks_have_no_finding_and_fit_the_schema()
    {
        var files = PackFolders
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder)))
            .Append(Repository.PathOf("rules/mapping.yaml"))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Select(path => new SpecFile(path, path, File.ReadAllBytes(Repository.PathOf(path))));
        var compilation = await new Compiler(SharedHost.Analyzer, SharedHost.Catalog).CompileAsync([.. files], [], null, default);
        Assert.That(
            compilation.Findings.Where(finding => finding.Span.File.Path.StartsWith("rules/workbooks/", StringComparison.Ordinal))
                .Select(finding => $"{finding.Span} {finding.Code} {finding.Message}"),
            Is.Empty);
        var workbooks = compilation.Items.OfType<Workbook>().ToList();
        Assert.That(workbooks, Is.Not.Empty);
        foreach (var workbook in workbooks)
        {
            using var json = JsonDocument.Parse(JsonText.Write(WorkbookJson.Gallery(workbook)));
            Assert.That(WorkbookSchema.Violations(json.RootElement), Is.Empty);
            Assert.That(workbook.RequiredConnectors.Select(connector => connector.ConnectorId), Is.EqualTo(["MicrosoftCopilot", "MicrosoftThreatProtection"]));
        }
    }

    private static async Task<JsonElement> TemplateAsync()
    {
        var built = await BuiltWorkbook.FromAsync(Everything);
        Assert.That(built.Findings.Select(finding => $"{finding.Span} {finding.Code} {finding.Message}"), Is.Empty);
        using var json = JsonDocument.Parse(JsonText.Write(WorkbookJson.Gallery(built.Content!)));
        return json.RootElement.Clone();
    }

    private static IEnumerable<JsonElement> Items(JsonElement holder) => holder.GetProperty("items").EnumerateArray().SelectMany(item =>
        item.GetProperty("content").TryGetProperty("items", out _) ? Items(item.GetProperty("content")).Prepend(item) : [item]);

    private static string Condition(JsonElement condition) =>
        $"{condition.GetProperty("parameterName")} {condition.GetProperty("comparison")} {(condition.TryGetProperty("value", out var value) ? value : "")}";

    [GeneratedRegex("\"id\": \"([^\"]*)\"")]
    private static partial Regex Ids();
}
