using System.Globalization;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Tests.Explain;
using CopilotSentinelKit.Tests.Foreign;
using CopilotSentinelKit.Tests.Support;
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit.Tests.Validate;

/// <summary>Summary rules of a project and of templates: what they may be, and that other queries know their tables.</summary>
internal sealed class SummaryTests
{
    private const string Path = "rules/summaries/an-example.yaml";

    private static readonly ValidationContext Context = new(new(KitData.LoadTables(), [], [], []));

    // The table that a rule's query is bound against.
    private const string Reader = "query: |\n  CopilotHourly_CL\n  | summarize Total = sum(Records), TimeGenerated = max(_BinStartTime) by ";

    [TestCase("CSK0988", "delay: «25h»")]
    [TestCase("CSK0990", "columns: { ActorUpn: string, Records: long, «Host»: string }")]
    [TestCase("CSK0991", "columns: { ActorUpn: string, «Records»: int }")]
    public async Task A_mistake_is_one_finding_at_its_place(string code, string entries) => await Summary(entries).Verify(code);

    [Test]
    public async Task Every_column_is_declared() => await Summary("columns: { ActorUpn: string }\nquery: «CopilotEvents() | summarize Records = count() by ActorUpn»").Verify("CSK0992");

    [Test]
    public async Task Azure_has_columns_of_its_own() =>
        await Summary("query: CopilotEvents() | summarize Records = count() by Type = ActorUpn\ncolumns: { «Type»: string, Records: long }").Verify("CSK0993");

    [TestCase("CSK0994", "CopilotEvents() | union («ContosoUse»() | project ActorUpn) | summarize Records = count() by ActorUpn")]
    [TestCase("CSK0995", "CopilotEvents() | summarize Records = count() by ActorUpn | evaluate «pivot»(ActorUpn, sum(Records))")]
    [TestCase("CSK0996", "CopilotEvents() | where TimeGenerated > «ago»(1h) | summarize Records = count() by ActorUpn")]
    public async Task Its_query_stays_within_what_Azure_runs(string code, string query) =>
        await Summary("query: " + query).WithKit("functions: { ContosoUse: { columns: { ActorUpn: string } } }").Verify(code);

    [Test]
    public async Task Parsers_stand_in_its_query_and_one_time_of_a_parser_is_none_of_its_own()
    {
        var rule = (await Summary("").Ok()).OfType<SummaryRule>().Single();
        Assert.That(rule.Query.Text, Does.StartWith("let CopilotEvents = (").And.EndWith("\nCopilotEvents() | summarize Records = count() by ActorUpn"));
        Assert.That(rule.RequiredConnectors.Select(connector => connector.ConnectorId), Is.EqualTo(["MicrosoftThreatProtection"]));
    }

    [Test]
    public async Task A_rule_that_reads_its_table_is_bound_against_its_columns()
    {
        await With(Reader + "ActorUpn").Ok();
        var finding = await With(Reader + "«ActorUpm»").Verify("KS142");
        Assert.That(finding.Message, Does.Contain("Did you mean \"ActorUpn\"?"));

        static TestPack With(string query) => TestPack.Rule(query, "entities: [{ type: Account, FullName: ActorUpn }]", "details: {}", "alert: {}").With(Path, Text("").Replace("«", "", StringComparison.Ordinal));
    }

    [Test]
    public async Task Two_rules_of_one_table_have_the_same_columns()
    {
        const string second = "rules/summaries/b.yaml";
        var same = ExampleBase.With(Text(""), "id: another\nname: Another\n");
        await Summary("").With(second, same).Ok();
        await Summary("").With(second, ExampleBase.With(same, "table: «CopilotHourly_CL»\nquery: CopilotEvents() | summarize Records = count() by Upn = ActorUpn\ncolumns: { Upn: string, Records: long }\n")).Verify("CSK0997");
    }

    [Test]
    public async Task A_workspace_runs_thirty()
    {
        static TestPack Many(int count) => Enumerable.Range(1, count).Aggregate(TestPack.Rule(), (pack, number) => pack.With(
            string.Create(CultureInfo.InvariantCulture, $"rules/summaries/s{number:00}.yaml"),
            ExampleBase.With(Text(""), string.Create(CultureInfo.InvariantCulture, $"id: {(number == 31 ? "«summary-31»" : $"summary-{number}")}\nname: Summary {number}\n"))));
        await Many(30).Ok();
        await Many(31).Verify("CSK0998");
    }

    [Test]
    public void An_id_is_that_of_a_detection_or_of_a_summary_rule() => TestPack.Rule().With(Path, Text("id: «a-detection»")).VerifyLoad("CSK0201");

    [TestCase("CSK0986", "\"CopilotHourly_CL\"", "«\"CopilotHourly\"»")]
    [TestCase("CSK0987", "\"binSize\": 60", "\"binSize\": «45»")]
    [TestCase("CSK0988", "\"binDelay\": 240", "\"binDelay\": «1441»")]
    [TestCase("CSK0989", "\"2026-12-01T00:00:00Z\"", "«\"2026-12-01T00:30:00Z\"»")]
    public void A_template_of_others_is_checked(string code, string from, string to)
    {
        var (text, start, length) = Template.Changed(OfOthers, from, to);
        var finding = SummaryCheck.Run(Template.Only<SummaryRule>(text), null, Context).Single();
        Assert.That(finding.Code, Is.EqualTo(code));
        Template.AssertAt(finding, text, start, length);
    }

    [Test]
    public void What_a_template_of_others_must_have()
    {
        Assert.That(SummaryCheck.Run(Template.Only<SummaryRule>(OfOthers), null, Context), Is.Empty);
        var (_, findings) = Template.Read(Template.Changed(OfOthers, "\"binSize\": 60,", "").Text);
        Assert.That(findings.Select(finding => finding.Message).Single(), Does.Contain("binSize"));
    }

    private const string OfOthers = """
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "contentVersion": "1.0.0.0",
          "parameters": { "workspace": { "type": "string" } },
          "resources": [
            {
              "type": "Microsoft.OperationalInsights/workspaces/summaryLogs",
              "apiVersion": "2025-07-01",
              "name": "[concat(parameters('workspace'), '/Hourly')]",
              "properties": {
                "ruleType": "User",
                "displayName": "Hourly",
                "ruleDefinition": {
                  "query": "CopilotActivity | summarize Records = count() by ActorName",
                  "binSize": 60,
                  "binDelay": 240,
                  "binStartTime": "2026-12-01T00:00:00Z",
                  "destinationTable": "CopilotHourly_CL"
                }
              }
            }
          ]
        }
        """;

    private static TestPack Summary(string entries) => TestPack.Rule().With(Path, Text(entries));

    private static string Text(string entries) => ExampleBase.With(
        ExampleBase.With(ExampleBase.Summary, "query: CopilotEvents() | summarize Records = count() by ActorUpn\ncolumns: { ActorUpn: string, Records: long }\n"),
        entries.Length == 0 ? "" : entries + "\n");
}
