
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Pack;

internal sealed class UnusedPartsTests
{
    [Test]
    public void Two_fields_of_one_path()
    {
        var finding = TestPack.Mapped("ActorUpn: { type: string, record: UserId }", "ActorUpn: { type: string, record: UserId }\n  Actor: { type: string, record: «UserId» }")
            .VerifyLoad("CSK0218");
        Assert.That(finding.Related.Single().Span.Text, Is.EqualTo("UserId"));
    }

    [Test]
    public void The_second_spelling_of_a_field_may_be_the_first_of_another() =>
        TestPack.Mapped("ActorUpn: { type: string, record: UserId }", "ActorUpn: { type: string, record: UserId }\n  Actor: { type: string, record: [UserKey, UserId] }").Load();

    [Test]
    public void A_template_that_nothing_uses()
    {
        var finding = TestPack.Rule().Project("templates/detections/spare.scriban", "«»{{ query }}").VerifyLoad("CSK0219");
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Information));
    }

    [Test]
    public void A_parameter_that_nothing_uses()
    {
        TestPack.Rule("parameters: { «few»: { type: int, default: 1 } }", "query: CopilotEvents() | where ActorUpn == '{{ \"few\" | kql }}'").VerifyLoad("CSK0220");
        TestPack.Rule("parameters: { few: { type: int, default: 1 } }", "query: CopilotEvents() | take {{ few | kql }}").Load();
        TestPack.Rule("parameters: { few: { type: bool, default: true } }", "query: CopilotEvents(){{ if few }} | take 1{{ end }}").Load();
        TestPack.Rule("template: first", "parameters: { few: { type: int, default: 1 } }", "query: CopilotEvents()")
            .With("templates/detections/first.scriban", "{{ query }} | take {{ few | kql }}").Load();
        TestPack.Rule("template: first", "parameters: { «few»: { type: int, default: 1 } }", "query: CopilotEvents()")
            .With("templates/detections/first.scriban", "{{~ ## Uses few,\nfew, and few. ## ~}}\n{{ query }}").VerifyLoad("CSK0220");
    }

    [Test]
    public async Task A_watchlist_that_nothing_reads()
    {
        const string List = "alias: «SpareUsers»\nversion: 1.0.0\nname: Spare users\ndescription: Nobody reads it.\nsearchKey: Upn\ncolumns: { Upn: string }\nrows: []\n";
        var unmarked = List.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);
        var rule = Samples.With();
        await TestPack.Small.Project(TestPack.RulePath, rule).Project("rules/watchlists/spare-users.yaml", List).Verify("CSK0221");
        await TestPack.Small.Project(TestPack.RulePath, Samples.With("query: CopilotEvents() | where ActorUpn in ((_GetWatchlist('SpareUsers') | project SearchKey))"))
            .Project("rules/watchlists/spare-users.yaml", unmarked).Ok();
        await TestPack.Small.With(TestPack.RulePath, rule).Project("rules/watchlists/spare-users.yaml", unmarked).Ok();
    }
}
