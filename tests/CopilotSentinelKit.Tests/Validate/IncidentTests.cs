using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Tests.Validate.Findings;
using static CopilotSentinelKit.Tests.Validate.Sample;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class IncidentTests
{
    [TestCase("4m", 4)]
    [TestCase("8d", 11520)]
    public void A_lookback_outside_the_range(string text, int minutes) => Verify("CSK0562", $"lookback: «{text}»", yaml =>
        WithGrouping(yaml, Grouping(yaml) with { Lookback = yaml.At(text, TimeSpan.FromMinutes(minutes)) }));

    [TestCase(5)]
    [TestCase(10080)]
    public void A_lookback_within_the_range(int minutes) =>
        Ok("", yaml => WithGrouping(yaml, Grouping(yaml) with { Lookback = yaml.Any(TimeSpan.FromMinutes(minutes)) }));

    [Test]
    public void Selected_without_anything_to_group_by() => Verify("CSK0563", "by: «Selected»", yaml =>
        WithGrouping(yaml, Grouping(yaml) with { Matching = yaml.At("Selected", MatchingMethod.Selected) }));

    [Test]
    public void A_list_that_the_method_ignores()
    {
        var finding = Verify("CSK0564", "alertDetails: [«Severity»]", yaml =>
            WithGrouping(yaml, Grouping(yaml) with { AlertDetails = [yaml["Severity"]] }));
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Warning));
    }

    [Test]
    public void An_entity_that_is_not_mapped()
    {
        Verify("CSK0565", "entities: [IP, «Host»]", yaml => WithGrouping(yaml, Selected(yaml) with { Entities = [yaml["IP"], yaml["Host"]] }));
        Ok("entities: [IP]", yaml => WithGrouping(yaml, Selected(yaml) with { Entities = [yaml["IP"]] }));
    }

    [Test]
    public void A_custom_detail_that_is_not_there()
    {
        var finding = Verify("CSK0566", "customDetails: [«tries»]", yaml => WithGrouping(yaml, Selected(yaml) with { CustomDetails = [yaml["tries"]] }));
        Assert.That(finding.Message, Does.Contain("Did you mean \"Tries\"?"));
        Ok("customDetails: [Tries]", yaml => WithGrouping(yaml, Selected(yaml) with { CustomDetails = [yaml["Tries"]] }));
    }

    [Test]
    public void An_alert_detail_that_is_none()
    {
        var finding = Verify("CSK0567", "alertDetails: [«displayName»]", yaml =>
            WithGrouping(yaml, Selected(yaml) with { AlertDetails = [yaml["displayName"]] }));
        Assert.That(finding.Message, Does.Contain("Did you mean \"DisplayName\"?"));
        Ok("[DisplayName, Severity]", yaml => WithGrouping(yaml, Selected(yaml) with { AlertDetails = [yaml["DisplayName"], yaml["Severity"]] }));
    }

    private static IncidentGrouping Grouping(Yaml yaml) =>
        new(yaml.Any(MatchingMethod.AllEntities), yaml.Any(TimeSpan.FromHours(5)), false, [], [], []);

    private static IncidentGrouping Selected(Yaml yaml) => Grouping(yaml) with { Matching = yaml.Any(MatchingMethod.Selected) };

    private static AnalyticsRule WithGrouping(Yaml yaml, IncidentGrouping grouping) => Rule(yaml) with
    {
        Entities = [new(yaml.Any("IP"), [new(yaml.Any("Address"), yaml.Any("Ip"))])],
        CustomDetails = Details((yaml.Any("Tries"), yaml.Any("Count"))),
        Incident = new(true, grouping),
    };
}
