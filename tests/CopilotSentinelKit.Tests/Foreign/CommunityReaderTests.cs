using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Tests.Foreign.Community;

namespace CopilotSentinelKit.Tests.Foreign;

internal sealed class CommunityReaderTests
{
    [Test]
    public void A_rule_is_read_with_all_that_it_says()
    {
        var rule = Ok<AnalyticsRule>(Rule(
            "queryFrequency: PT30M\n", "queryPeriod: 1.00:00:00\n", "triggerOperator: GreaterThan\n", "triggerThreshold: '3'\n",
            "tactics: [InitialAccess]\nrelevantTechniques:\n  - T1078\n",
            "entityMappings:\n  - entityType: IP\n    fieldMappings:\n      - identifier: Address\n        columnName: IPAddress\n",
            "customDetails:\n  User: UserPrincipalName\n",
            "alertDetailsOverride:\n  alertDisplayNameFormat: 'New country {{IPAddress}}'\n  alertDynamicProperties:\n    - alertProperty: ProductName\n      value: IPAddress\n",
            "eventGroupingSettings:\n  aggregationKind: AlertPerResult\n",
            "incidentConfiguration:\n  createIncident: true\n  groupingConfiguration:\n    enabled: true\n    reopenClosedIncident: false\n    lookbackDuration: PT5H\n    matchingMethod: Selected\n    groupByEntities: [IP]\n",
            "suppressionEnabled: true\nsuppressionDuration: 5h\n", "requiredDataConnectors:\n  - connectorId: AzureActiveDirectory\n    dataTypes: [SigninLogs]\n",
            "metadata:\n  author:\n    name: Fabrikam\n", "tags: [a]\n", "status: Available\n", "OriginalUri: https://example.com/a\n"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rule.Origin, Is.EqualTo(ContentOrigin.CommunityYaml));
            Assert.That(rule.FileName, Is.EqualTo("a"));
            Assert.That(rule.Guid, Is.EqualTo(new Guid("3b2f7a51-6c1e-4d0b-9f0a-5e8f2c7d4a90")));
            Assert.That(rule.Schedule!.Frequency.Value, Is.EqualTo(TimeSpan.FromMinutes(30)));
            Assert.That(rule.Schedule.Period.Value, Is.EqualTo(TimeSpan.FromDays(1)));
            Assert.That(rule.Trigger!.Threshold.Value, Is.EqualTo(3));
            Assert.That(rule.Attack.Techniques.Single().Value, Is.EqualTo("T1078"));
            Assert.That(rule.Entities.Single().Fields.Single().Column.Span.Text, Is.EqualTo("IPAddress"));
            Assert.That(rule.CustomDetails.Single().Column.Value, Is.EqualTo("UserPrincipalName"));
            Assert.That(rule.AlertDetails!.DynamicProperties.Single().Key.Value, Is.EqualTo("ProductName"));
            Assert.That(rule.EventGrouping!.Value.Value, Is.EqualTo(EventGrouping.AlertPerResult));
            Assert.That(rule.Incident!.Grouping!.Entities.Single().Value, Is.EqualTo("IP"));
            Assert.That(rule.Suppression!.Value.Value, Is.EqualTo(TimeSpan.FromHours(5)));
            Assert.That(rule.DeclaredConnectors.Single().DataTypes.Single().Value, Is.EqualTo("SigninLogs"));
            Assert.That(rule.Query.Locate(11, 5).Text, Is.EqualTo("| whe"));
        }
    }

    [Test]
    public void Hunts_and_parsers_of_both_forms_are_read()
    {
        Assert.That(Ok<HuntingQuery>(Hunt()).Attack.Tactics.Single().Value, Is.EqualTo("InitialAccess"));
        Assert.That(Ok<ParserFunction>(Parser()).Alias, Is.EqualTo("FabrikamEvents"));
        var asim = Ok<ParserFunction>(Asim());
        Assert.That(asim.Parameters.Single(), Is.EqualTo(new FunctionParameter("disabled", "bool", "false")));
        Assert.That(asim.Version.Value, Is.EqualTo("0.1.0"));
    }

    [Test]
    public void An_NRT_rule_needs_no_schedule() => Assert.That(
        Read("id: 3b2f7a51-6c1e-4d0b-9f0a-5e8f2c7d4a90\nname: N\ndescription: D\nversion: 1.0.0\nkind: NRT\nseverity: Low\nquery: SigninLogs\n").Findings, Is.Empty);

    [TestCase("\uFEFF")]
    [TestCase("%YAML 1.2\n---\n")]
    [TestCase("# a comment\n\n")]
    public void What_stands_before_the_keys_does_not_matter(string before) => Ok<AnalyticsRule>(before + Rule());

    [Test]
    public void Line_ends_spaces_tags_and_empty_documents_do_not_matter()
    {
        Ok<AnalyticsRule>(Rule().Replace("\n", "\r\n", StringComparison.Ordinal));
        Ok<AnalyticsRule>(Rule("severity: Medium   \n", "name: !!str Sign-in\n") + "---\n");
        Ok<AnalyticsRule>(Rule("query: |\n  SigninLogs\n  |\twhere ResultType == \"0\"\t\n"));
        Assert.That(ContentReader.Read([new("a.yaml", "a.yaml", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Rule())).ToArray())]).Items, Has.Length.EqualTo(1));
    }

    [Test]
    public void A_time_range_that_hunting_fills_in_is_no_mistake()
    {
        Assert.That(Ok<HuntingQuery>(Hunt("query: SigninLogs | where TimeGenerated > datetime({{StartTimeISO}})\n")).Query.Text, Does.Contain("datetime(2026-01-01      )"));
        Ok<HuntingQuery>(Hunt("query: SigninLogs | where TimeGenerated > todatetime('{{StartTimeISO}}')\n"));
    }

    [TestCase("name: CI\non: push\njobs: {}\n")]
    [TestCase("- a\n- b\n")]
    [TestCase("title: A\nlogsource: {}\ndetection: {}\n")]
    [TestCase("")]
    [TestCase("a: [\n")]
    [TestCase("\t\tnot: yaml: at all\n")]
    [TestCase("id: x\nkind: Fusion\nquery: a\ntactics: []\nqueryFrequency: 1h\n")]
    public void Other_files_are_passed_over(string yaml)
    {
        var read = ContentReader.Read([new("a.yaml", "a.yaml", Encoding.UTF8.GetBytes(yaml))]);
        Assert.That(read, Has.Property("Items").Empty.And.Property("Findings").Empty.And.Property("PassedOver").Length.EqualTo(1));
    }

    [Test]
    public void A_spec_of_the_kit_is_counted_as_such() => Assert.That(
        ContentReader.Read([new("a.yaml", "a.yaml", "id: a-rule\nkind: scheduled\nschedule: { every: 1h, lookback: 1h }\nquery: x\n"u8.ToArray())]).PassedOver.Single().Reason, Is.EqualTo(PassedReason.Spec));

    [Test]
    public void A_broken_file_that_looks_like_a_rule_is_a_finding()
    {
        var (items, findings) = Read("name: a\nkind: Scheduled\nquery: |\n  SigninLogs\ntactics: [a, b\nseverity: High\n");
        Assert.That(items, Is.Empty);
        Assert.That(findings.Select(finding => (finding.Code, finding.Span.Position.Line)), Is.EqualTo([("CSK0106", 6)]));
    }

    [Test]
    public void A_file_that_is_not_UTF8()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Rule("description: «x» caf"))];
        var (findings, at) = (ContentReader.Read([new("a.yaml", "a.yaml", (byte[])[.. bytes, 0xE9, (byte)'\n'])]).Findings, bytes.Length);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo(["CSK0815"]));
        Assert.That(findings[0].Span.Start, Is.LessThan(at));
    }

    [Test]
    public void A_file_over_the_limit()
    {
        var text = Rule() + "#" + new string('x', 1024 * 1024) + "\n";
        Assert.That(Read(text).Findings.Select(finding => (finding.Code, finding.Severity)), Is.EqualTo([("CSK0816", FindingSeverity.Warning)]));
    }

    [Test]
    public void A_file_of_more_queries_than_a_person_writes()
    {
        static ForeignContent Read(int queries) => ContentReader.Read([new("a.kql", "a.kql", Encoding.UTF8.GetBytes(string.Join("\n\n", Enumerable.Range(1, queries).Select(number => $"SigninLogs | take {number}"))))]);
        Assert.That(Read(ContentReader.MostItems).Findings, Is.Empty);
        var over = Read(ContentReader.MostItems + 2);
        Assert.That(over.Items, Has.Length.EqualTo(ContentReader.MostItems));
        Assert.That(over.Findings.Select(finding => (finding.Code, Line: finding.Span.File.GetPosition(finding.Span.Start).Line)), Is.EqualTo([("CSK0824", (2 * ContentReader.MostItems) + 1)]));
    }

    [Test]
    public void A_form_to_fill_in_is_passed_over()
    {
        Assert.That(Read(Asim("ParserName: <parser function name>\n")).Items, Is.Empty);
        Assert.That(Read(Asim("ParserName: vimDns<Product\n")).Items, Has.Length.EqualTo(1));
    }

    [TestCase("Hunting Queries/a.yaml", true), TestCase("Analytic Rules/a.yaml", false)]
    public void A_rule_without_any_schedule_is_a_hunt_among_hunts(string path, bool isHunt)
    {
        var (items, findings) = Read(Hunt("severity: Low\n", "kind: Scheduled\n"), path);
        Assert.That((items.SingleOrDefault() is HuntingQuery, findings.Any(finding => finding.Code == "CSK0801")), Is.EqualTo((isHunt, !isHunt)));
        Assert.That(Read(Rule(), path).Items.Single(), Is.InstanceOf<AnalyticsRule>());
    }

    [TestCase("EquivalentBuiltInFunction: _ASIM_Codes\n", 0), TestCase("Category: Function\n", 1)]
    public void A_helper_function_of_ASIM_is_called_by_its_name(string entry, int missing)
    {
        var (items, findings) = Read("Function:\n  Title: Codes\n  Version: '1.0.0'\n  LastUpdated: Mar 01, 2026\nFunctionName: ASIM_Codes\nFunctionQuery: print a = 1\n" + entry);
        Assert.That(findings.Count(finding => finding.Code == "CSK0801"), Is.EqualTo(missing));
        Assert.That(missing > 0 || ((ParserFunction)items.Single()).Alias == "ASIM_Codes");
    }
}
