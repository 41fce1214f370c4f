
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Tests.Foreign;

public class ArmRuleTests
{
    [Test]
    public void A_rule_is_read_with_its_places()
    {
        var rule = Template.Only<AnalyticsRule>(Template.Rule);
        Assert.Multiple(() =>
        {
            Assert.That(rule.Origin, Is.EqualTo(ContentOrigin.Arm));
            Assert.That(rule.Guid, Is.EqualTo(new Guid("0c7e9f3a-5b1d-4e2f-9a86-3d4c5b6a7f80")));
            Assert.That(rule.Name.Span.Text, Is.EqualTo("\"Many prompts\""));
            Assert.That(rule.Severity.Value, Is.EqualTo(AlertSeverity.High));
            Assert.That(rule.Schedule!.Period.Value, Is.EqualTo(TimeSpan.FromDays(1)));
            Assert.That(rule.Trigger!.Operator.Value, Is.EqualTo(TriggerOperator.GreaterThan));
            Assert.That(rule.Entities.Single().Fields.Single().Column.Value, Is.EqualTo("ActorName"));
            Assert.That(rule.Incident!.Grouping!.Lookback.Value, Is.EqualTo(TimeSpan.FromHours(5)));
            Assert.That(rule.Suppression, Is.Null);
        });
        var at = rule.Query.Text.IndexOf("\"CopilotInteraction\"", StringComparison.Ordinal);
        Assert.That(rule.Query.Locate(at, 20).Text, Is.EqualTo("\\\"CopilotInteraction\\\""));
    }

    [TestCase("\"severity\": \"High\"", "\"severity\": \"[parameters('x')]\"")]
    [TestCase("\"PT1H\"", "\"[parameters('x')]\"")]
    [TestCase("\"tactics\": [\"InitialAccess\"]", "\"tactics\": \"[variables('x')]\"")]
    [TestCase("\"tactics\": [\"InitialAccess\"]", "\"tactics\": [\"[parameters('x')]\"]")]
    [TestCase("\"kind\"", "\"KIND\"")]
    [TestCase("\"triggerThreshold\": 0", "\"triggerThreshold\": \"0\"")]
    [TestCase("\"entityType\": \"Account\"", "\"entityType\": \"[parameters('x')]\"")]
    [TestCase("\"techniques\"", "\"alertRuleTemplateName\": null, \"customDetails\": null, \"techniques\"")]
    [TestCase("\"matchingMethod\"", "\"groupByEntities\": [], \"groupByAlertDetails\": null, \"matchingMethod\"")]
    public void What_the_deployment_knows_is_no_finding(string from, string to) => Template.Ok(Template.Rule, from, to);

    [Test]
    public void An_expression_leaves_the_query_unknown()
    {
        var (text, _, _) = Template.Changed(Template.Rule, "\"query\": \"CopilotActivity", "\"query\": \"[parameters('q')]\", \"x\": \"CopilotActivity");
        Assert.That(Template.Only<AnalyticsRule>(text).Query.IsUnknown);
    }

    [Test]
    public void A_reference_to_a_literal_is_followed()
    {
        var (text, _, _) = Template.Changed(Template.Rule, "\"displayName\": \"Many prompts\"", "\"displayName\": \"[variables('names').first]\"");
        var (full, _, _) = Template.Changed(text, "\"resources\"", "\"variables\": { \"names\": { \"first\": \"[parameters('Name')]\" } }, \"resources\"");
        var (all, _, _) = Template.Changed(full, "{ \"workspace\"", "{ \"name\": { \"type\": \"string\", \"defaultValue\": \"[[Copilot] prompts]\" }, \"workspace\"");
        Assert.That(Template.Only<AnalyticsRule>(all).Name.Value, Is.EqualTo("[Copilot] prompts]"));
    }

    [Test]
    public void References_in_a_circle_end()
    {
        var (text, _, _) = Template.Changed(Template.Rule, "\"displayName\": \"Many prompts\"", "\"displayName\": \"[variables('a')]\"");
        var (full, _, _) = Template.Changed(text, "\"resources\"", "\"variables\": { \"a\": \"[variables('b')]\", \"b\": \"[variables('a')]\" }, \"resources\"");
        Assert.That(Template.Only<AnalyticsRule>(full).Name.Value, Is.Empty);
    }

    [Test]
    public void Sub_techniques_take_the_place_of_their_parents()
    {
        var (text, _, _) = Template.Changed(Template.Rule, "\"techniques\": [\"T1078\"]", "\"techniques\": [\"T1078\", \"T1566\"], \"subTechniques\": [\"T1078.004\"]");
        var (full, _, _) = Template.Changed(text, "\"2025-09-01\"", "\"2025-07-01-preview\"");
        Assert.That(Template.Only<AnalyticsRule>(full).Attack.Techniques.Select(technique => technique.Value), Is.EqualTo(["T1566", "T1078.004"]));
    }

    [TestCase("\"severity\": \"High\",", "", "severity")]
    [TestCase("\"suppressionEnabled\": false,", "", "suppressionEnabled")]
    [TestCase("\"queryFrequency\": \"PT1H\",", "\"queryFrequency\": null,", "queryFrequency")]
    public void Required_properties_are_missed(string from, string to, string property)
    {
        var (text, _, _) = Template.Changed(Template.Rule, from, to);
        var (marked, start, length) = Template.Changed(text, "\"properties\"", "«\"properties\"»");
        var findings = Template.Read(marked).Findings;
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo(["CSK0862"]));
        Assert.That(findings[0].Message, Does.Contain($"\"{property}\""));
        Template.AssertAt(findings[0], marked, start, length);
    }

    [Test]
    public void Grouping_needs_its_properties() => Template.Verify(
        "CSK0862", Template.Changed(Template.Rule, "\"reopenClosedIncident\": false, ", "").Text, "\"groupingConfiguration\"", "«\"groupingConfiguration\"»");

    [TestCase("\"severity\": \"High\"", "\"severity\": «\"Hihg\"»")]
    [TestCase("\"Scheduled\"", "«\"Sheduled\"»")]
    [TestCase("\"GreaterThan\"", "«\"gt\"»")]
    [TestCase("\"AllEntities\"", "«\"All\"»")]
    public void Words_of_enumerations(string from, string to) => Template.Verify("CSK0863", Template.Rule, from, to);

    [TestCase("1h"), TestCase("PT1D"), TestCase("P1DT"), TestCase("60")]
    public void Durations_are_iso(string value) => Template.Verify("CSK0864", Template.Rule, "\"PT1H\"", $"«\"{value}\"»");

    [TestCase("PT24H"), TestCase("P1DT12H"), TestCase("01:00:00"), TestCase("1.00:00:00")]
    public void Durations_that_are_taken(string value) => Template.Ok(Template.Rule, "\"PT1H\"", $"\"{value}\"");

    [Test]
    public void A_template_version_needs_its_template()
    {
        Template.Verify("CSK0861", Template.Rule, "\"enabled\": true,\n", "\"enabled\": true, «\"templateVersion\"»: \"1.0.0\",\n");
        Template.Ok(Template.Rule, "\"enabled\": true,\n", "\"enabled\": true, \"templateVersion\": \"1.0.0\", \"alertRuleTemplateName\": \"[guid('x')]\",\n");
    }

    [Test]
    public void A_list_must_be_one() => Template.Verify("CSK0876", Template.Rule, "\"tactics\": [\"InitialAccess\"]", "\"tactics\": «\"InitialAccess\"»");

    [Test]
    public void Techniques_are_parents() => Template.Verify("CSK0859", Template.Rule, "[\"T1078\"]", "[«\"T1078.004\"»]");

    [Test]
    public void Only_previews_know_nrt_rules()
    {
        Template.Verify("CSK0858", Template.Rule, "\"Scheduled\"", "«\"NRT\"»");
        Template.Verify("CSK0858", Template.Rule, "\"techniques\"", "«\"subTechniques\"»: [\"T1078.004\"], \"techniques\"");
        Template.Ok(Template.Rule, "\"techniques\"", "\"subTechniques\": [], \"techniques\"");
    }

    [Test]
    public void Rules_of_other_kinds_are_passed_over() =>
        Assert.That(Template.Read(Template.Changed(Template.Rule, "\"Scheduled\"", "\"Fusion\"").Text).Items, Is.Empty);
}
