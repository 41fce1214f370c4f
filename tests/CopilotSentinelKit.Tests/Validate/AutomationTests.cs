using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Emit.Solutions;
using CopilotSentinelKit.Tests.Explain;
using CopilotSentinelKit.Tests.Foreign;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit.Tests.Validate;

/// <summary>Automation rules of a project and of templates.</summary>
internal sealed class AutomationTests
{
    private const string Path = "rules/automation/an-example.yaml";
    private const string Logic = "\"conditions\": [{ \"conditionType\": \"Property\", \"conditionProperties\": { \"propertyName\": \"IncidentSeverity\", \"operator\": \"Equals\", \"propertyValues\": [\"High\"] } }]";
    private const string Workflow = "/subscriptions/0f8fad5b-d9cb-469f-a165-70867728950e/resourceGroups/soc/providers/Microsoft.Logic/workflows/";

    [TestCase("CSK0960", "detections: [«a-detektion»]")]
    [TestCase("CSK0961", "detections: [«a-hunt»]")]
    public void Detections_are_found_when_the_pack_is_built(string code, string entries) => Pack(entries).With("rules/hunts/h.yaml", ExampleBase.With(ExampleBase.Hunt, "id: a-hunt\nname: A hunt\n")).VerifyLoad(code);

    [Test]
    public void A_detection_that_kit_yaml_disables_is_left_out()
    {
        const string disabled = "detections: { a-detection: { disable: true } }";
        Pack("").Project(Path, Text("id: own\ndetections: [«a-detection»]\nname: Own")).WithKit(disabled).VerifyLoad("CSK0962");
        Assert.That(Pack("").WithKit(disabled).Load().Automation, Is.Empty, "one for no rule is for every rule");
        Assert.That(Pack("detections: [a-detection, other]").With("rules/detections/o.yaml", Samples.With("id: other", "name: Other")).WithKit(disabled).Load().Automation[0].Detections.Select(detection => detection.Spec.Id.Value), Is.EqualTo(["other"]));
    }

    [Test]
    public async Task A_detection_without_incidents_starts_nothing_but_alerts()
    {
        await Of("detections: [«a-detection»]", "incident: { create: false }").Verify("CSK0963");
        await Of("trigger: alertCreated\nactions: [{ playbook: block-user }]", "incident: { create: false }").Ok();

        static TestPack Of(string entries, string incident) => TestPack.Rule(incident).With(Path, Text(entries));
    }

    [TestCase("CSK0966", "trigger: alertCreated\nactions: [{ set: «{ tags: [copilot] }» }]")]
    [TestCase("CSK0966", "trigger: alertCreated\nactions: [{ playbook: block-user }, «{ task: Look }»]")]
    [TestCase("CSK0967", "trigger: alertCreated\nactions: [{ playbook: block-user }]\nconditions: [{ property: «IncidentStatus», operator: Equals, values: [New] }]")]
    [TestCase("CSK0967", "trigger: alertCreated\nactions: [{ playbook: block-user }]\nconditions: [{ anyOf: [{ property: «IncidentLabel», operator: Equals, values: [New] }] }]")]
    [TestCase("CSK0968", "conditions: [«{ changed: IncidentOwner, direction: ChangedTo, values: [a] }»]")]
    [TestCase("CSK0968", "conditions: [«{ added: Alerts }»]")]
    [TestCase("CSK0969", "conditions: [{ property: IncidentSeverity, operator: Equals, values: [High] }, { property: «IncidentSeverity», operator: Equals, values: [Low] }]")]
    [TestCase("CSK0969", "conditions: [{ property: IncidentStatus, operator: Equals, values: [New] }, { property: «IncidentStatus», operator: NotEquals, values: [New, Closed] }]")]
    [TestCase("CSK0970", "conditions: [{ property: IncidentSeverity, operator: Equals, values: [High, «Hihg»] }]")]
    [TestCase("CSK0970", "trigger: incidentUpdated\nconditions: [{ changed: IncidentStatus, direction: ChangedTo, values: [«Done»] }]")]
    [TestCase("CSK0971", "actions: [{ set: { status: Closed, classification: Undetermined, reason: «InaccurateData» } }]")]
    [TestCase("CSK0971", "actions: [{ set: { severity: Low, reason: «InaccurateData» } }]")]
    [TestCase("CSK0972", "actions: [{ set: { status: «Closed» } }]")]
    [TestCase("CSK0973", "actions: [{ set: { status: Active, classification: «TruePositive» } }]")]
    [TestCase("CSK0974", "actions: [{ set: «{ comment: Seen. }» }]")]
    [TestCase("CSK0985", "actions: [{ playbook: tell-team }, { playbook: «tellteam» }]")]
    [TestCase("CSK0985", "actions: [{ playbook: tell-2 }, { playbook: «tell2» }]")]
    [TestCase("CSK0978", "actions: [{ playbook: tell, resourceId: " + Workflow + "A }, { playbook: tell, resourceId: «" + Workflow + "B» }]")]
    public async Task A_mistake_is_one_finding_at_its_place(string code, string entries) => await Pack(entries).Verify(code);

    [TestCase("conditions: [{ property: IncidentSeverity, operator: Equals, values: [High, Low] }, { property: IncidentSeverity, operator: NotEquals, values: [Low] }]")]
    [TestCase("conditions: [{ property: IncidentTitle, operator: Contains, values: [a] }, { property: IncidentTitle, operator: Contains, values: [b] }]")]
    [TestCase("actions: [{ set: { status: Closed, classification: FalsePositive, reason: InaccurateData, comment: Seen. } }]")]
    [TestCase("trigger: incidentUpdated\nconditions: [{ changed: IncidentOwner, direction: ChangedTo, values: [a] }, { added: Alerts }]")]
    [TestCase("actions: [{ playbook: tell, resourceId: " + Workflow + "A }, { playbook: tell }]")]
    public async Task What_is_sound_has_no_finding(string entries) => await Pack(entries).Ok();

    [Test]
    public async Task Limits_are_those_of_Sentinel()
    {
        static string Repeated(string key, string item, int count, string last) => $"{key}:\n{string.Concat(Enumerable.Repeat($"  - {item}\n", count - 1))}  - {last}";
        const string condition = "{ property: IncidentTitle, operator: Contains, values: [a] }";
        const string action = "{ set: { severity: Low } }";

        // The detections are one of them.
        await Pack(Repeated("conditions", condition, 49, condition)).Ok();
        await Pack(Repeated("conditions", condition, 50, $"«{condition}»")).Verify("CSK0964");
        await Pack(Repeated("actions", action, 20, action)).Ok();
        await Pack(Repeated("actions", action, 21, "{ set: «{ severity: Low }» }")).Verify("CSK0965");
    }

    [Test]
    public void A_workspace_takes_512()
    {
        static Finding[] Of(int count)
        {
            var rule = Template.Only<AutomationRule>(OfOthers);
            return [.. WorkspaceLimitsCheck.Run([.. Enumerable.Range(0, count).Select(_ => new CopilotSentinelKit.Analyze.AnalyzedContent(rule with { Origin = ContentOrigin.Spec }, null))])];
        }

        Assert.That(Of(512), Is.Empty);
        Assert.That(Of(513).Select(finding => finding.Code), Is.EqualTo(["CSK0980"]));
    }

    [Test]
    public async Task A_solution_says_what_it_leaves_out()
    {
        var compilation = await Pack("name: Tags").CompileAsync();
        var emission = Compiler.Emit(compilation with { Pack = compilation.Pack! with { Solution = SolutionTests.Spec } }, [OutputFormat.Solution]);
        Assert.That(emission.Findings.Select(finding => (finding.Code, finding.Span.Text)), Is.EqualTo([("CSK0979", "Tags")]));
        Assert.That(emission.Artifacts.Where(file => file.Text.Contains("automationRules", StringComparison.OrdinalIgnoreCase)), Is.Empty);
    }

    [TestCase("CSK0976", "IncidentTitle")]
    [TestCase("CSK0977", "IncidentProviderName")]
    public async Task The_Defender_portal_has_titles_and_a_provider_of_its_own(string code, string property)
    {
        var (text, start, length) = Template.Changed(OfOthers, "\"IncidentSeverity\"", $"«\"{property}\"»");
        Assert.That(await Check(forPortal: false), Is.Empty);
        var finding = (await Check(forPortal: true)).Single();
        Assert.That(finding.Code, Is.EqualTo(code));
        Template.AssertAt(finding, text, start, length);

        async Task<ImmutableArray<Finding>> Check(bool forPortal) => (await new Compiler(SharedHost.Analyzer, SharedHost.Catalog) { ForPortal = forPortal }
            .CheckAsync([], [], [new("a.json", "a.json", Encoding.UTF8.GetBytes(text))], null, CancellationToken.None)).Findings;
    }

    [TestCase("CSK0966", "\"triggersOn\": \"Incidents\"", "\"triggersOn\": \"Alerts\"")]
    [TestCase("CSK0972", "\"severity\": \"Low\"", "\"status\": \"Closed\"")]
    [TestCase("CSK0975", "\"Tags\"", "")]
    [TestCase("CSK0981", "\"order\": 7", "\"order\": 1001")]
    public void A_template_of_others_is_checked(string code, string from, string to)
    {
        var rule = Template.Only<AutomationRule>(Template.Changed(OfOthers, from, to.Length > 0 ? to : $"\"{new string('a', 501)}\"").Text);
        Assert.That(AutomationCheck.Run(rule, null, new(new(KitData.LoadTables(), [], [], []))).Select(finding => finding.Code).Distinct(), Is.EqualTo([code]));
    }

    [Test]
    public void What_a_template_of_others_says_is_read()
    {
        var rule = Template.Only<AutomationRule>(OfOthers);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((rule.Name.Value, rule.Order.Value, rule.Enabled, rule.Trigger.Value), Is.EqualTo(("Tags", 7, true, AutomationTrigger.IncidentCreated)));
            Assert.That(rule.Conditions.OfType<PropertyCondition>().Single().Values.Select(value => value.Value), Is.EqualTo(["High"]));
            Assert.That(rule.Actions.Select(action => action.GetType().Name), Is.EqualTo(["ChangeAction", "TaskAction"]));
        }

        // What only the deployment knows is no mistake.
        Assert.That(Template.Only<AutomationRule>(Template.Changed(OfOthers, Logic, "\"conditions\": \"[parameters('c')]\"").Text).Conditions, Is.Empty);
        Template.Verify("CSK0863", OfOthers, "\"IncidentSeverity\"", "«\"IncidentSeverty\"»");
    }

    private const string OfOthers = """
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "contentVersion": "1.0.0.0",
          "parameters": { "workspace": { "type": "string" } },
          "resources": [
            {
              "type": "Microsoft.OperationalInsights/workspaces/providers/automationRules",
              "apiVersion": "2025-09-01",
              "name": "[concat(parameters('workspace'), '/Microsoft.SecurityInsights/0c7e9f3a-5b1d-4e2f-9a86-3d4c5b6a7f80')]",
              "properties": {
                "displayName": "Tags",
                "order": 7,
                "triggeringLogic": {
                  "isEnabled": true, "triggersOn": "Incidents", "triggersWhen": "Created",
                  "conditions": [{ "conditionType": "Property", "conditionProperties": { "propertyName": "IncidentSeverity", "operator": "Equals", "propertyValues": ["High"] } }]
                },
                "actions": [
                  { "order": 1, "actionType": "ModifyProperties", "actionConfiguration": { "severity": "Low", "labels": [{ "labelName": "copilot" }] } },
                  { "order": 2, "actionType": "AddIncidentTask", "actionConfiguration": { "title": "Look" } }
                ]
              }
            }
          ]
        }
        """;

    private static TestPack Pack(string entries) => TestPack.Rule().With(Path, Text(entries));

    private static string Text(string entries) => ExampleBase.With(ExampleBase.With(ExampleBase.Automation, "detections: [a-detection]\n"), entries.Length == 0 ? "" : entries + "\n");
}
