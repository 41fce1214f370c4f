using CopilotSentinelKit.Content;
using static CopilotSentinelKit.Tests.Validate.Findings;
using static CopilotSentinelKit.Tests.Validate.Sample;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class ResultColumnsTests
{
    [Test]
    public void An_entity_column_that_the_query_does_not_return()
    {
        var finding = Verify("CSK0404", "- { type: Account,\n    FullName: «ActorUPN» }",
            yaml => Hunt(yaml) with { Entities = [yaml.Entity("Account", "FullName:ActorUPN")] }, Returns("ActorUpn"));
        Assert.That(finding.Span.ToString(), Is.EqualTo("rules/test.yaml:2:15"));
        Assert.That(finding.Message, Does.Contain("the entity Account").And.Contain("Did you mean \"ActorUpn\"?"));
        Ok("Account FullName ActorUpn", yaml => Hunt(yaml) with { Entities = [yaml.Entity("Account", "FullName:ActorUpn")] }, Returns("ActorUpn"));
    }

    [Test]
    public void A_custom_detail()
    {
        var finding = Verify("CSK0404", "details: { Tries: «Atempts» }",
            yaml => Rule(yaml) with { CustomDetails = Details((yaml["Tries"], yaml["Atempts"])) }, Returns("Attempts:long"));
        Assert.That(finding.Message, Does.Contain("\"Tries\"").And.Contain("Did you mean \"Attempts\"?"));
        Ok("Tries Attempts", yaml => Rule(yaml) with { CustomDetails = Details((yaml["Tries"], yaml["Attempts"])) }, Returns("Attempts:long"));
    }

    [Test]
    public void A_placeholder_in_a_text_is_underlined_by_itself()
    {
        const string Name = "Tries by {{Upn}} from {{Ip}}";
        Verify("CSK0404", "name: \"Tries by {{Upn}} from «{{Ip}}»\"", yaml => WithAlert(yaml, Alert with { NameFormat = yaml[Name] }), Returns("Upn"));
        Verify("CSK0404", "description: \"Tries by {{Upn}} from «{{Ip}}»\"", yaml => WithAlert(yaml, Alert with { DescriptionFormat = yaml[Name] }), Returns("Upn"));
        Ok(Name, yaml => WithAlert(yaml, Alert with { NameFormat = yaml[Name], DescriptionFormat = yaml[Name] }), Returns("Upn", "Ip"));
    }

    [Test]
    public void A_placeholder_in_a_folded_text()
    {
        var value = "Tries by {{Upn}} from {{Ip}}";
        Verify("CSK0404", "Tries by {{Upn}}\n  from «{{Ip}}»",
            yaml => WithAlert(yaml, Alert with { NameFormat = new(value, yaml.File.All) }), Returns("Upn"));
    }

    [Test]
    public void The_columns_of_severity_tactics_and_properties()
    {
        Verify("CSK0404", "severity: «Sev»", yaml => WithAlert(yaml, Alert with { SeverityColumn = yaml["Sev"] }), Returns("Severity"));
        Verify("CSK0404", "tactics: «Tac»", yaml => WithAlert(yaml, Alert with { TacticsColumn = yaml["Tac"] }), Returns("Tactics"));
        Verify("CSK0404", "AlertLink: «Lev»",
            yaml => WithAlert(yaml, Alert with { DynamicProperties = Details((yaml["AlertLink"], yaml["Lev"])) }), Returns("Level"));
        Ok("AlertLink S T", yaml => WithAlert(yaml, new(null, null, yaml["S"], yaml["T"], Details((yaml["AlertLink"], yaml["S"])))), Returns("S", "T:dynamic"));
    }

    [Test]
    public void A_query_that_is_wrong_itself_has_no_follow_up_findings() =>
        Verify("KS006", "Account FullName Nothing «T»",
            yaml => Rule(yaml) with { Query = yaml.Query("T"), Entities = [yaml.Entity("Account", "FullName:Nothing")] },
            Fails("KS006", "Error", "T", "T", "Missing."));

    private static AnalyticsRule WithAlert(Yaml yaml, AlertDetails alert) =>
        Rule(yaml) with { AlertDetails = alert, EventGrouping = yaml.Any(EventGrouping.AlertPerResult) };
}
