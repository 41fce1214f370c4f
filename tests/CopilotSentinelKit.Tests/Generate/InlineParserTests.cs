using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Generate;

[Parallelizable(ParallelScope.All)]
internal sealed class InlineParserTests
{
    [Test]
    public async Task Every_shipped_rule_fits_and_needs_no_function()
    {
        var compilation = await TestPack.Shipped().WithKit("parsers: inline\nsources: [CopilotActivity, CloudAppEvents, ManagementActivityApi]").CompileAsync();
        Assert.That(compilation.HasErrors, Is.False, () => Marked.Shown(compilation.Findings));

        var rules = compilation.Items.OfType<AnalyticsRule>().ToImmutableArray();
        var hunts = compilation.Items.OfType<HuntingQuery>().ToImmutableArray();
        var analyses = compilation.Analyzed.Where(analyzed => analyzed.Item is AnalyticsRule or HuntingQuery).Select(analyzed => analyzed.Analysis!).ToImmutableArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rules, Has.Length.GreaterThanOrEqualTo(14));
            Assert.That(hunts, Has.Length.GreaterThanOrEqualTo(4));
            Assert.That(rules.Where(rule => rule.Query.Text.Length >= 10_000).Select(rule => rule.FileName), Is.Empty);
            Assert.That(analyses, Has.Length.EqualTo(rules.Length + hunts.Length));
            Assert.That(analyses.SelectMany(analysis => analysis.Diagnostics).Where(finding => finding.Severity is "Error" or "Warning"), Is.Empty);

            // A parser that a query does not bring along would be the function of that name.
            Assert.That(analyses.SelectMany(analysis => analysis.Functions), Is.Empty);
        }
    }

    [Test]
    public async Task A_rule_gets_only_the_fields_that_it_names()
    {
        var kql = await QueryOf(TestPack.Rule("query: CopilotEvents() | project ActorUpn"));
        Assert.That(kql, Does.StartWith("let CopilotEvents = (starttime:datetime=datetime(null), endtime:datetime=datetime(null)) {\n")
            .And.EndWith("\n};\nCopilotEvents() | project ActorUpn")
            .And.Contain("project TimeGenerated, IngestionTime, SourceTable, RecordId, ActorUpn\n}")
            .And.Not.Contain("Messages").And.Not.Contain("AdditionalFields"));
    }

    [Test]
    public async Task A_field_of_an_expression_comes_along() => Assert.That(
        await QueryOf(TestPack.Mapped("  Messages:", "  Host: { type: string, event: Host }\n  Loud: { type: string, expression: toupper(Host) }\n  Messages:")
            .With(TestPack.RulePath, Samples.With("query: CopilotEvents() | project Loud"))),
        Does.Contain("Host = tostring(Event_.Host)").And.Contain("Loud = toupper(Host)"));

    [TestCase("entities: [{ type: Account, FullName: ActorUpn }]")]
    [TestCase("details: { Who: ActorUpn }")]
    [TestCase("alert: { name: 'By {{ActorUpn}}' }", "events: perResult")]
    public async Task A_field_that_only_the_alert_names_comes_along(params string[] entries) =>
        Assert.That(await QueryOf(TestPack.Rule(["query: CopilotEvents()", .. entries])), Does.Contain("ActorUpn = "));

    [Test]
    public async Task A_parser_brings_the_one_that_it_reads()
    {
        var kql = await QueryOf(TestPack.Rule("query: CopilotMessages() | project MessageId"));
        Assert.That(kql.IndexOf("let CopilotEvents = ", StringComparison.Ordinal), Is.Zero);
        Assert.That(kql, Does.Contain("\n};\nlet CopilotMessages = "));
    }

    [Test]
    public async Task What_the_mapping_reads_is_no_rest_though_the_rule_does_not_read_it()
    {
        var rule = await QueryOf(TestPack.Rule("query: CopilotMessages() | join kind=inner CopilotEvents() on RecordId | project AdditionalFields, MessageRest"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rule, Does.Contain("bag_remove_keys(Event_, dynamic([\"Messages\"]))"));
            Assert.That(rule, Does.Contain("bag_remove_keys(Record_, dynamic([\"Id\",\"ID\",\"UserId\",\"CopilotEventData\"]))"));
            Assert.That(rule, Does.Contain("bag_remove_keys(Element_, dynamic([\"Id\",\"ID\"]))").And.Not.Contain("MessageId"));
        }
    }

    [Test]
    public async Task A_query_without_parsers_stays_as_it_is() =>
        Assert.That(await QueryOf(TestPack.Rule("query: SigninLogs | project UserPrincipalName")), Is.EqualTo("SigninLogs | project UserPrincipalName"));

    [Test]
    public async Task A_hunt_gets_whole_parsers()
    {
        var hunt = Samples.Without("severity", "kind: hunting", "query: CopilotEvents() | take 1").Replace("schedule: { every: 1h, lookback: 1h }\n", "", StringComparison.Ordinal);
        var items = await TestPack.Small.With("rules/hunts/a.yaml", hunt).WithKit("parsers: inline").Ok();
        Assert.That(items.OfType<HuntingQuery>().Single().Query.Text, Does.Contain("Messages = AsArray(Messages)").And.Contain("AdditionalFields"));
    }

    [Test]
    public async Task Two_rules_of_one_GUID_are_a_finding()
    {
        var compilation = await TestPack.Rule("guid: 0f8fad5b-d9cb-469f-a165-70867728950e").WithKit("parsers: inline")
            .Project("rules/detections/b.yaml", Samples.With("id: b-detection", "name: Another", "query: CopilotEvents() | where isempty(ActorUpn)", "guid: 0f8fad5b-d9cb-469f-a165-70867728950e")).CompileAsync();
        Assert.That(compilation.Findings.Select(finding => finding.Code), Is.EqualTo(["CSK0510"]));
    }

    private static async Task<string> QueryOf(TestPack pack) => (await pack.WithKit("parsers: inline").Ok()).OfType<AnalyticsRule>().Single().Query.Text;
}
