using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Import;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Import;

/// <summary>What a deployment would do to a workspace, from exports in the forms that there are.</summary>
internal sealed partial class DeploymentPlanTests
{
    private static readonly Lazy<Task<(ImmutableArray<ContentItem> Items, ImmutableArray<SpecFile> Written)>> Compiled = new(async () =>
    {
        var compilation = await TestPack.Rule().With("rules/watchlists/vips.yaml", "alias: Vips\nname: Vips\nversion: 1.0.0\ndescription: Very important people.\nsearchKey: Name\ncolumns: { Name: string }\nrows: [{ Name: a }]\n")
            .With("rules/summaries/s.yaml", Spec.Samples.Summary.Replace("override: true\n", "", StringComparison.Ordinal)).With("rules/events/word-prompt.json", Repository.Read("rules", "events", "word-prompt.json"))
            .With("rules/automation/a.yaml", Spec.Samples.Automation.Replace("override: true\n", "", StringComparison.Ordinal)).CompileAsync();
        return (compilation.Items, [.. Compiler.Emit(compilation, [OutputFormat.Arm]).Artifacts.Where(artifact => artifact.Path != "arm/main.json").Select(artifact => File(artifact.Text))]);
    });

    [Test]
    public async Task What_was_deployed_as_written_stays()
    {
        var (items, written) = await Compiled.Value;
        var plan = DeploymentPlan.Of(items, written, written, [], []);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Items, Is.Empty);
            Assert.That(plan.Same, Is.EqualTo(items.Length));
            Assert.That(plan.HasDrifted, Is.False);
        }
    }

    [Test]
    public async Task What_the_service_answers_is_the_same_content([Values("{\"value\":[ITEMS]}", "[ITEMS]", "{\"resources\":[ITEMS]}")] string form)
    {
        var (items, _) = await Compiled.Value;
        var answer = form.Replace("ITEMS", string.Join(',', await Resources()), StringComparison.Ordinal);
        Assert.That(Shown(DeploymentPlan.Of(items, [File(answer)], [], [], [])), Is.Empty);
    }

    [Test]
    public async Task An_empty_workspace_gets_all_of_it()
    {
        var (items, written) = await Compiled.Value;
        var plan = DeploymentPlan.Of(items, [File("{\"value\":[]}")], written, [], []);
        Assert.That(plan.Items.Select(item => item.Change), Is.All.EqualTo(PlannedChange.New));
        Assert.That(plan.Items, Has.Length.EqualTo(items.Length));
    }

    [Test]
    public async Task A_value_of_neither_the_specs_nor_the_last_output_was_edited()
    {
        var (items, written) = await Compiled.Value;
        var answers = await Resources(rule => { rule["severity"] = "Low"; rule["enabled"] = false; rule["lastModifiedUtc"] = "2026-01-01"; });
        var plan = DeploymentPlan.Of(items, [File($"[{string.Join(',', answers)}]")], written, [], []);
        Assert.That(Shown(plan), Is.EqualTo(["Edited a-detection", "severity: low to high", "enabled: false to true"]));
        Assert.That(plan.HasDrifted);
    }

    [Test]
    public async Task An_automation_rule_that_somebody_changed_was_edited()
    {
        var (items, written) = await Compiled.Value;
        var answers = (await Resources()).Select(text => text.Replace("\"isEnabled\":true", "\"isEnabled\":false", StringComparison.Ordinal).Replace("\"binSize\":60", "\"binSize\":20", StringComparison.Ordinal));
        Assert.That(Shown(DeploymentPlan.Of(items, [File($"[{string.Join(',', answers)}]")], written, [], [])).Where(line => !line.StartsWith(' ')), Is.EqualTo(["Edited an-automation", "triggeringLogic:", "Edited a-summary", "ruleDefinition:"]));
    }

    [Test]
    public async Task What_changed_since_it_was_written_last_is_an_update()
    {
        var (items, written) = await Compiled.Value;
        var before = (await Resources(rule => rule["query"] = "CopilotEvents()\n| take 1")).Select(text => File($"[{text}]")).ToImmutableArray();
        var plan = DeploymentPlan.Of(items, before, before, [], []);
        Assert.That(Shown(plan)[..2], Is.EqualTo(["Changed a-detection", "query:"]));
        Assert.That(plan.HasDrifted, Is.False);
        Assert.That(written, Is.Not.Empty);
    }

    [Test]
    public async Task What_no_spec_makes_any_more_is_left_behind_and_what_others_made_is_counted()
    {
        var (items, written) = await Compiled.Value;
        var rule = items.OfType<AnalyticsRule>().Single();
        const string foreign = """[{"name":"0f8fad5b-d9cb-469f-a165-70867728950e","properties":{"displayName":"Theirs","query":"SigninLogs"}}]""";
        var plan = DeploymentPlan.Of(items.Remove(rule), [.. written, File(foreign)], written, [.. items.Select(ContentEntry.Of)], []);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Shown(plan), Is.EqualTo(["Orphaned a-detection"]));
            Assert.That(plan.Others, Is.EqualTo(1));
        }
    }

    [Test]
    public void A_broken_export_is_a_finding()
    {
        var findings = new List<Finding>();
        DeploymentPlan.Of([], [File("{\"value\":[")], [], [], findings);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo(["CSK0850"]));
    }

    private static string[] Shown(DeploymentPlan plan) => [.. plan.Items.SelectMany(item => item.Differences.Prepend($"{item.Change} {item.Id}"))];

    // The resources as the service gives them back: by their GUIDs, without parameters, a property changed in the rule.
    private static async Task<string[]> Resources(Action<JsonObject>? change = null)
    {
        var (items, _) = await Compiled.Value;
        return [.. items.Select(item =>
        {
            var properties = JsonNode.Parse(JsonText.WriteTemplate((OutputMap)ContentKind.Of(item).Resource(item, ArmSettings.Plain).Entries.First(entry => entry.Key == "properties").Value))!.AsObject();
            if (item is AnalyticsRule)
            {
                change?.Invoke(properties);
            }

            // The service fills in what was left out.
            if (item is SummaryRule)
            {
                properties["isActive"] = true;
                properties["ruleDefinition"]!["binCount"] = 1;
            }

            return new JsonObject { ["name"] = item is SummaryRule ? item.FileName : item.Guid.ToString(), ["etag"] = "\"1\"", ["properties"] = WithIds(properties) }.ToJsonString();
        })];
    }

    // Ids of rules and playbooks in the place of expressions.
    private static JsonNode WithIds(JsonObject properties) => JsonNode.Parse(Expression().Replace(properties.ToJsonString(), match =>
        $"\"/subscriptions/x/providers/Microsoft.SecurityInsights/alertRules/{match.Groups[1].Value}\""))!;

    [GeneratedRegex("\"\\[(?:[^\"]*?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?[^\"]*\\]\"")]
    private static partial Regex Expression();

    private static SpecFile File(string text) => new("export.json", "export.json", Encoding.UTF8.GetBytes(text));
}
