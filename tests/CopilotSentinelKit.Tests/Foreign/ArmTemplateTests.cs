
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Foreign;

namespace CopilotSentinelKit.Tests.Foreign;

public class ArmTemplateTests
{
    private const string OtherParameter = "\"parameters\": { \"workspace\": { \"type\": \"string\" }, ";

    [Test]
    public void Samples_have_no_finding()
    {
        Template.Ok(Template.Rule);
        Template.Ok(Template.Search);
        Template.Ok(Template.Workbook);
        Template.Ok(Template.Watchlist);
        Template.Ok(Template.Collection);
    }

    [TestCase("{ \"a\": 1 }"), TestCase("[1]"), TestCase("no json"), TestCase("{ \"$schema\": \"https://contoso.com/deploymentParameters.json#\" }")]
    [TestCase("{ \"note\": \"see deploymentTemplate.json\", \"note\": 2 }")]
    [TestCase("{ \"$schema\": \"https://contoso.com/deploymentTemplate.json#\", \"resources\": [{ \"type\": \"Microsoft.Logic/workflows\" }] }")]
    public void Other_json_is_passed_over(string text) => Assert.That(Template.Read(text).Findings, Is.Empty);

    [Test]
    public void Broken_templates_are_not_passed_over() =>
        Assert.That(Template.Read(Template.Rule[..^3]).Findings.Single().Code, Is.EqualTo("CSK0850"));

    [TestCase("\"contentVersion\": \"1.0.0.0\",", ""), TestCase("\"resources\"", "\"resource\"")]
    public void A_template_has_a_version_and_resources(string from, string to) =>
        Assert.That(Template.Read(Template.Changed(Template.Rule, from, to).Text).Findings.Select(finding => (finding.Code, finding.Span.Text)), Is.EqualTo([("CSK0854", "{")]));

    [Test]
    public void Content_versions_are_four_numbers() => Template.Verify("CSK0855", Template.Rule, "\"1.0.0.0\"", "«\"1.0\"»");

    [Test]
    public void Resources_have_an_api_version() => Template.Verify(
        "CSK0856",
        Template.Changed(Template.Rule, "\"apiVersion\": \"2025-09-01\",", "").Text,
        "\"Microsoft.OperationalInsights/workspaces/providers/alertRules\"",
        "«\"Microsoft.OperationalInsights/workspaces/providers/alertRules\"»");

    [TestCase("2025-09-02"), TestCase("latest")]
    public void Api_versions_are_known(string version) => Template.Verify("CSK0857", Template.Rule, "\"2025-09-01\"", $"«\"{version}\"»");

    [Test]
    public void One_api_version_a_type()
    {
        var second = Template.Rule[Template.Rule.IndexOf("    {\n", StringComparison.Ordinal)..Template.Rule.IndexOf("\n  ]", StringComparison.Ordinal)].Trim()
            .Replace("0c7e9f3a", "1c7e9f3a", StringComparison.Ordinal);
        Template.Ok(Template.Rule, "\n  ]\n", $",\n{second}\n  ]\n");
        Template.Verify("CSK0860", Template.Rule, "\n  ]\n", $",\n{second.Replace("\"2025-09-01\"", "«\"2025-06-01\"»", StringComparison.Ordinal)}\n  ]\n");
    }

    [Test]
    public void Parameters_without_a_default()
    {
        Template.Verify("CSK0865", Template.Rule, "\"parameters\": { \"workspace\": { \"type\": \"string\" } ", OtherParameter + "«\"enabled\"»: { \"type\": \"bool\" } ");
        Template.Ok(Template.Rule, "\"parameters\": { \"workspace\": { \"type\": \"string\" } ", OtherParameter + "\"enabled\": { \"type\": \"bool\", \"defaultValue\": true } ");
    }

    [Test]
    public void The_workspace_has_one_name()
    {
        var text = Template.Rule.Replace("parameters('workspace')", "parameters('workspaceName')", StringComparison.Ordinal);
        Template.Verify("CSK0866", text, "\"workspace\": { \"type\"", "«\"workspaceName\"»: { \"type\"");
    }

    [Test]
    public void One_kind_a_file() => Template.Verify(
        "CSK0867", Template.Rule, "\"resources\": [", "\"resources\": [{ \"type\": «\"Microsoft.Logic/workflows\"», \"apiVersion\": \"2019-05-01\", \"name\": \"x\" },");

    [Test]
    public void The_extension_form() => Template.Verify(
        "CSK0868", Template.Rule.Replace("concat(parameters('workspace'), '/Microsoft.SecurityInsights/0c7e9f3a-5b1d-4e2f-9a86-3d4c5b6a7f80')", "guid(parameters('workspace'))", StringComparison.Ordinal), "\"Microsoft.OperationalInsights/workspaces/providers/alertRules\"", "«\"Microsoft.SecurityInsights/alertRules\"»");

    [Test]
    public void File_names_that_lose_their_end()
    {
        var (text, _, _) = Template.Changed(Template.Rule, "\"parameters\": { \"workspace\": { \"type\": \"string\" } ", OtherParameter + "\"enabled\": { \"type\": \"bool\" } ");
        var findings = Template.Read(text, "content/Plugins.json").Findings;
        Assert.That(findings.Select(finding => finding.Code), Is.EquivalentTo(["CSK0865", "CSK0869"]));
        Assert.That(findings.Single(finding => finding.Code == "CSK0869").Message, Does.Contain("\"Plugi.parameters.json\""));
        Assert.That(Template.Read(text, "content/Prompt.json").Findings.Select(finding => finding.Code), Is.EqualTo(["CSK0865"]));
        Template.Ok(Template.Rule, path: "content/Plugins.json");
    }

    [Test]
    public void Names_stay_the_same()
    {
        Template.Verify("CSK0870", Template.Workbook, "\"7d8e9fa0-b1c2-4d3e-8f40-516273849506\"", "«\"[newGuid()]\"»");
        Template.Ok(Template.Workbook, "\"7d8e9fa0-b1c2-4d3e-8f40-516273849506\"", "\"[guid(resourceGroup().id, 'prompts')]\"");
    }

    [Test]
    public void A_random_default_makes_a_random_name()
    {
        var (text, _, _) = Template.Changed(Template.Workbook, "{ \"workspace\"", "{ \"id\": { \"type\": \"string\", \"defaultValue\": \"[newGuid()]\" }, \"workspace\"");
        Template.Verify("CSK0870", text, "\"7d8e9fa0-b1c2-4d3e-8f40-516273849506\"", "«\"[parameters('id')]\"»");
    }

    [Test]
    public void Secrets_are_not_for_templates()
    {
        // In two parts, so that no scanner takes the test for a leak.
        const string token = "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789";
        Template.Verify("CSK0874", Template.Rule, "\"contentVersion\"", $"\"metadata\": {{ \"key\": \"Bearer «{token}»\" }}, \"contentVersion\"");
        Template.Ok(Template.Rule, "RecordType == \\\"CopilotInteraction\\\"", $"RecordType has \\\"{token}\\\"");
    }

    [Test]
    public void Secure_parameters_have_no_value()
    {
        const string from = "\"parameters\": { \"workspace\": { \"type\": \"string\" } ";
        Template.Verify("CSK0875", Template.Rule, from, OtherParameter + "\"key\": { \"type\": \"securestring\", \"defaultValue\": «\"hunter2\"» } ");
        Template.Ok(Template.Rule, from, OtherParameter + "\"key\": { \"type\": \"securestring\", \"defaultValue\": \"<key>\" } ");
    }

    [Test]
    public void Resources_are_found_wherever_they_are()
    {
        var resource = Template.Rule[Template.Rule.IndexOf("    {\n", StringComparison.Ordinal)..Template.Rule.IndexOf("\n  ]", StringComparison.Ordinal)].Trim();
        const string head = "{ \"$schema\": \"https://contoso.com/deploymentTemplate.json#\", \"contentVersion\": \"1.0.0.0\", \"resources\": ";
        string[] forms =
        [
            $"{head} {{ \"rule\": {resource} }} }}",
            $"{head} [{{ \"type\": \"microsoft.resources/deployments\", \"properties\": {{ \"template\": {{ \"resources\": [{resource}] }} }} }}] }}",
            $"{head} [{{ \"type\": \"Microsoft.OperationalInsights/workspaces/providers/contentTemplates\", \"properties\": {{ \"version\": \"2.0.1\", \"mainTemplate\": {{ \"resources\": [{resource}] }} }} }}] }}",
            $"{head} [{{ \"type\": \"Microsoft.OperationalInsights/workspaces\", \"resources\": [{resource.Replace("Microsoft.OperationalInsights/workspaces/providers", "providers", StringComparison.Ordinal)}] }}] }}",
        ];
        var rules = forms.Select(form => Template.Read(form).Items.OfType<AnalyticsRule>().Single()).ToList();
        Assert.That(rules.Select(rule => rule.Name.Value), Is.All.EqualTo("Many prompts"));
        Assert.That(rules[2].Version.Value, Is.EqualTo("2.0.1"));
    }

    [TestCase("[format('{0}/Microsoft.SecurityInsights/abc', parameters('workspace'))]", "abc")]
    [TestCase("ws/Microsoft.SecurityInsights/abc", "abc")]
    [TestCase("[concat(parameters('workspace'), '/Microsoft.SecurityInsights/', guid('a', 'b'))]", "")]
    [TestCase("[parameters('workspace')]", "")]
    public void Names_as_far_as_they_are_written(string name, string expected)
    {
        var text = Template.Changed(Template.Rule, "[concat(parameters('workspace'), '/Microsoft.SecurityInsights/0c7e9f3a-5b1d-4e2f-9a86-3d4c5b6a7f80')]", name).Text;
        Assert.That(Template.Only<AnalyticsRule>(text).Id.Value, Is.EqualTo(expected));
    }

    [Test]
    public void Known_api_versions_are_dates() =>
        Assert.That(ApiVersions.Of(ApiVersions.SecurityInsights), Has.Length.EqualTo(43).And.All.Match("^20[0-9]{2}-[01][0-9]-[0-3][0-9](-preview)?$"));
}
