using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit.Tests.Foreign;

/// <summary>Faults of kinds that people have reported of published content, each with a sound neighbour.</summary>
internal sealed class PublishedFaultTests
{
    private const string Severity = "\"severity\": \"High\"";
    private const string Name = "'/Microsoft.SecurityInsights/0c7e9f3a-5b1d-4e2f-9a86-3d4c5b6a7f80')";
    private const string Parameters = "\"parameters\": { \"workspace\": { \"type\": \"string\" } }";

    private const string Workbook = """
        {
          "version": "Notebook/1.0",
          "items": [
            { "type": 9, "name": "p", "content": { "parameters": [
              { "name": "TimeRange", "type": 4, "value": { "durationMs": 86400000 } },
              { "name": "Host", "type": 2, "jsonData": "[{\"value\":\"Word\"}]" }
            ] } },
            { "type": 3, "name": "q", "content": { "query": "CopilotActivity | where AppHost == '{Host}'", "timeContextFromParameter": "TimeRange", "crossComponentResources": ["value::selected"] } }
          ],
          "fallbackResourceIds": []
        }
        """;

    [TestCase("\"severity\": \"[«parameters('sev')»]\""), TestCase("\"severity\": \"[if(true(), 'High', «variables('sev')»)]\"")]
    public void A_reference_to_nothing(string to) => Template.Verify("CSK0878", Template.Rule, Severity, to);

    [Test]
    public void A_reference_in_another_letter_case() => Template.Ok(Template.Rule, "parameters('workspace')", "parameters('Workspace')");

    [Test]
    public void A_name_without_its_last_part() =>
        Assert.That(Codes(Template.Changed(Template.Rule, Name, "'/Microsoft.SecurityInsights/')").Text), Does.Contain("CSK0879"));

    [TestCase("{ \"type\": \"string\", \"defaultValue\": \"\", \"minLength\": 1 }", true)]
    [TestCase("{ \"type\": \"string\", \"defaultValue\": \"a\", \"minLength\": 1 }", false)]
    [TestCase("{ \"type\": \"string\", \"defaultValue\": \"Low\", \"allowedValues\": [\"High\"] }", true)]
    [TestCase("{ \"type\": \"string\", \"defaultValue\": \"high\", \"allowedValues\": [\"High\"] }", false)]
    [TestCase("{ \"type\": \"int\", \"defaultValue\": 11, \"maxValue\": 10 }", true)]
    [TestCase("{ \"type\": \"int\", \"defaultValue\": \"ten\" }", true)]
    [TestCase("{ \"type\": \"array\", \"defaultValue\": [] }", false)]
    [TestCase("{ \"type\": \"array\", \"defaultValue\": \"a\" }", true)]
    [TestCase("{ \"type\": \"string\", \"defaultValue\": \"[resourceGroup().location]\", \"maxLength\": 3 }", false)]
    public void A_default_keeps_to_its_rule(string parameter, bool isBroken) => Assert.That(
        Codes(Template.Changed(Template.Rule, Parameters, Parameters[..^1] + $", \"team\": {parameter} }}").Text).Contains("CSK0895"), Is.EqualTo(isBroken));

    [TestCase("\"TimeRange\", \"cross", "\"Time\", \"cross", "CSK0897")]
    [TestCase("value::selected", "{Workspace}", "CSK0897")]
    [TestCase("[{\\\"value\\\":\\\"Word\\\"}]", "[{\\\"value\\\" \\\"Word\\\"}]", "CSK0898")]
    [TestCase(" | where AppHost == '{Host}'", "", "CSK0899")]
    public void A_name_in_a_workbook(string from, string to, string code)
    {
        Assert.That(Codes(Workbook), Is.Empty);
        Assert.That(Codes(Workbook.Replace(from, to, StringComparison.Ordinal)), Does.Contain(code));
    }

    [TestCase("workspace", 0), TestCase("Workspace Name", 1)]
    public void A_file_of_parameters(string name, int count)
    {
        var given = "{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#\", \"parameters\": { \"" + name + "\": { \"value\": \"law\" } } }";
        var read = ContentReader.Read([File("rule.json", Template.Rule), File("rule.parameters.json", given)]);
        Assert.That(read.Findings.Count(finding => finding.Code == "CSK0896"), Is.EqualTo(count));
    }

    [TestCase("{ \"value\": \"High\" }", "CSK0497")]
    [TestCase("\"High\"", "CSK0498")]
    public void A_file_of_parameters_alone(string value, string code)
    {
        var given = "{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#\", \"parameters\": { \"severity\": " + value + " } }";
        var read = ContentReader.Read([File("rule.parameters.json", given)]);
        Assert.That((read.Read, read.Findings.Any(finding => finding.Code == code)), Is.EqualTo((1, true)));
    }

    [TestCase("{ \"type\": \"int\", \"maxValue\": 10 }", "11", "CSK0492")]
    [TestCase("{ \"type\": \"int\", \"maxValue\": 10 }", "10", null)]
    [TestCase("{ \"type\": \"int\" }", "\"ten\"", "CSK0492")]
    [TestCase("{ \"type\": \"string\", \"allowedValues\": [\"High\"] }", "\"Hgh\"", "CSK0492")]
    [TestCase("{ \"type\": \"string\" }", null, "CSK0493")]
    [TestCase("{ \"type\": \"string\", \"defaultValue\": \"a\" }", null, null)]
    public void A_value_of_a_file_of_parameters(string rule, string? value, string? code)
    {
        var template = Template.Changed(Template.Rule, Parameters, Parameters[..^1] + $", \"team\": {rule} }}").Text;
        var given = "{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#\", \"parameters\": {" + (value is null ? "" : " \"team\": { \"value\": " + value + " }") + " } }";
        var found = ContentReader.Read([File("rule.json", template), File("rule.parameters.json", given)]).Findings.Where(finding => finding.Span.File.Path == "rule.parameters.json").Select(finding => finding.Code);
        Assert.That(found, Is.EqualTo(code is null ? [] : new[] { code }));
    }

    [TestCase("{ \"prioritizedcontentfiles\": [\"rule.json\"], \"excludecontentfiles\": [\"other\"], \"parameterfilemappings\": { \"a\": { \"rule.json\": \"other/a.json\" } } }", null)]
    [TestCase("{ \"prioritisedcontentfiles\": [\"rule.json\"] }", "CSK0494")]
    [TestCase("{ \"prioritizedcontentfiles\": [\"rules.json\"] }", "CSK0495")]
    [TestCase("{ \"parameterfilemappings\": { \"a\": { \"rule.json\": \"gone.json\" } } }", "CSK0495")]
    [TestCase("{ \"excludecontentfiles\": \"other\" }", "CSK0876")]
    [TestCase("{ \"excludecontentfiles\": [\"other\" }", "CSK0850")]
    public void The_configuration_of_a_repositorys_deployment(string config, string? code)
    {
        var found = ContentReader.Read([File("rule.json", Template.Rule), File("other/a.json", "{}"), File("sentinel-deployment.config", config)])
            .Findings.Where(finding => finding.Span.File.Path == "sentinel-deployment.config").Select(finding => finding.Code);
        Assert.That(found, Is.EqualTo(code is null ? [] : new[] { code }));
    }

    [TestCase("'/Microsoft.SecurityInsights')", true)]
    [TestCase("'/Microsoft.SecurityInsights/a/b')", true)]
    [TestCase("'/Microsoft.SecurityInsights/', guid('a'))", false)]
    [TestCase("'/Microsoft.SecurityInsights/', parameters('rule'))", false)]
    public void The_parts_of_a_name(string end, bool isWrong) =>
        Assert.That(Codes(Template.Changed(Template.Rule, Name, end).Text).Contains("CSK0496"), Is.EqualTo(isWrong));

    [Test]
    public void An_empty_list_of_entities() => Assert.That(
        Codes(Template.Rule.Replace("{ \"entityType\": \"Account\", \"fieldMappings\": [{ \"identifier\": \"FullName\", \"columnName\": \"ActorName\" }] }", "", StringComparison.Ordinal)), Does.Contain("CSK0823"));

    [TestCase("Local file", "CSK0767"), TestCase("Local", null)]
    public void The_source_of_a_watchlist(string source, string? code)
    {
        var codes = Codes(List("Assets", "Assets", $", \"sourceType\": \"{source}\""));
        Assert.That(codes, code is null ? Does.Not.Contain("CSK0767") : Does.Contain(code));
    }

    [TestCase("text/csv\"", "csv\"", "CSK0827")]
    [TestCase("text/csv\"", "text/csv\", \"numberOfLinesToSkip\": 2", "CSK0828")]
    [TestCase("text/csv\"", "text/csv\", \"numberOfLinesToSkip\": 0", null)]
    public void How_the_rows_of_a_watchlist_are_read(string from, string to, string? code)
    {
        var codes = Codes(List("Assets", "Assets").Replace(from, to, StringComparison.Ordinal));
        Assert.That(codes, code is null ? Does.Not.Contain("CSK0827").And.Not.Contain("CSK0828") : Does.Contain(code));
    }

    [TestCase("q", null), TestCase("other", "CSK0826")]
    public void A_merge_names_items(string item, string? code)
    {
        var query = "{\\\"version\\\":\\\"Merge/1.0\\\",\\\"merges\\\":[{\\\"leftTable\\\":\\\"q\\\",\\\"rightTable\\\":\\\"" + item + "\\\"}]}";
        var merge = "{ \"type\": 3, \"name\": \"m\", \"content\": { \"queryType\": 7, \"query\": \"" + query + "\" } }, ";
        var codes = Codes(Workbook.Replace("{ \"type\": 3", merge + "{ \"type\": 3", StringComparison.Ordinal));
        Assert.That(codes, code is null ? Is.Empty : Does.Contain(code));
    }

    [Test]
    public void A_resource_name_twice()
    {
        var items = ContentReader.Read([File("a.json", List("Shared", "One")), File("b.json", List("Shared", "Other"))]).Items;
        Assert.That(UniqueCheck.Run([.. items.Select(item => new CopilotSentinelKit.Analyze.AnalyzedContent(item, null))]).Select(finding => finding.Code), Does.Contain("CSK0543"));
    }

    [Test]
    public void A_list_of_no_entities()
    {
        Community.VerifyAt("CSK0823", Community.Rule("«entityMappings»: []\n"), Community.Read(Community.Rule("«entityMappings»: []\n")).Findings);
        Assert.That(Community.Read(Community.Rule()).Findings, Is.Empty);
    }

    [Test]
    public void A_hunt_that_kept_the_kind_of_a_rule() =>
        Assert.That(Community.Read(Community.Hunt("kind: Scheduled\n")).Items.Single(), Is.InstanceOf<HuntingQuery>());

    private static string List(string name, string alias, string more = "") => $$"""
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "contentVersion": "1.0.0.0",
          "parameters": { "workspace": { "type": "string" } },
          "resources": [
            {
              "type": "Microsoft.OperationalInsights/workspaces/providers/Watchlists",
              "apiVersion": "2025-09-01",
              "name": "[concat(parameters('workspace'), '/Microsoft.SecurityInsights/{{name}}')]",
              "properties": {
                "displayName": "{{alias}}", "provider": "Contoso", "itemsSearchKey": "Risk", "watchlistAlias": "{{alias}}"{{more}},
                "contentType": "text/csv", "rawContent": "Risk,Level\r\nR1,High\r\n"
              }
            }
          ]
        }
        """;

    private static SpecFile File(string path, string text) => new(path, path, Encoding.UTF8.GetBytes(text));

    private static List<string> Codes(string text) => [.. Template.Read(text, asked: "CSK0899").Findings.Select(finding => finding.Code)];
}
