using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Tests.Foreign.Community;

namespace CopilotSentinelKit.Tests.Foreign;

internal sealed class CommunityFindingTests
{
    [TestCase("queryPeriod", "queryPeriod: 2h\n")]
    [TestCase("severity", "severity: Medium\n")]
    [TestCase("triggerThreshold", "triggerThreshold: 0\n")]
    public void A_key_that_Sentinel_needs(string key, string line) =>
        Assert.That(Verify("CSK0801", "«id»" + Rule().Replace(line, "", StringComparison.Ordinal)[2..]).Message, Does.Contain($"needs the key \"{key}\""));

    [Test]
    public void A_key_without_a_value_is_underlined() => Verify("CSK0801", Rule("«severity»:\n"));

    [Test]
    public void Parts_of_an_entity_that_are_missing()
    {
        Verify("CSK0801", Rule("entityMappings:\n  - «entityType»: Account\n"));
        Verify("CSK0801", Rule("entityMappings:\n  - entityType: Account\n    fieldMappings:\n      - «identifier»: FullName\n"));
    }

    [Test]
    public void A_key_that_content_should_have()
    {
        Assert.That(Verify("CSK0802", "«id»" + Rule().Replace("kind: Scheduled\n", "", StringComparison.Ordinal)[2..]).Severity, Is.EqualTo(FindingSeverity.Warning));
        Verify("CSK0802", "«id»" + Rule().Replace("version: 1.0.0\n", "", StringComparison.Ordinal)[2..]);
    }

    [Test]
    public void A_misspelt_key()
    {
        Assert.That(Verify("CSK0803", Rule("«relevantTechnique»: [T1078]\n")).Message, Does.EndWith("Did you mean \"relevantTechniques\"?"));
        Verify("CSK0803", Rule("alertDetailsOverride:\n  «alertDisplaynameFormat»: New country\n"));
        Ok<AnalyticsRule>(Rule("ownerTeam: soc\n", "alertDetailsOverride:\n  alertnameFormat: null\n"));
    }

    [Test]
    public void The_name_that_ARM_has_for_techniques() =>
        Assert.That(Verify("CSK0804", Hunt("tactics: [InitialAccess]\n«techniques»: [T1078]\n")).Message, Does.Contain("\"relevantTechniques\""));

    [Test]
    public void A_second_document()
    {
        Verify("CSK0805", Rule() + "«---»\n" + Rule());
        Ok<AnalyticsRule>(Rule() + "---\n# nothing more\n");
    }

    [TestCase("entityMappings:\n  «entityType: Account»\n")]
    [TestCase("customDetails: «text»\n")]
    [TestCase("tactics:\n  «a: b»\n")]
    [TestCase("name:\n  «- a»\n")]
    public void A_value_of_another_sort(string entry) => Verify("CSK0806", Rule(entry));

    [TestCase("severity: «Critical»\n")]
    [TestCase("kind: «Schedule»\n")]
    [TestCase("triggerOperator: «above»\n")]
    [TestCase("eventGroupingSettings:\n  aggregationKind: «AlertPerRow»\n")]
    public void A_word_that_Sentinel_does_not_know(string entry) => Verify("CSK0807", Rule(entry));

    [Test]
    public void A_word_in_another_letter_case()
    {
        var finding = Verify("CSK0808", Rule("severity: «medium»\n"));
        Assert.That(finding.Fix!.Edits.Single(), Is.EqualTo(new TextEdit(finding.Span, "Medium")));
        Verify("CSK0808", Rule("kind: «scheduled»\n"));
    }

    [TestCase("queryFrequency: «hourly»\n")]
    [TestCase("queryPeriod: «90»\n")]
    [TestCase("queryPeriod: «P1X»\n")]
    public void A_text_that_is_no_duration(string entry) => Verify("CSK0809", Rule(entry));

    [TestCase("5m", 5), TestCase("1h", 60), TestCase("1H", 60), TestCase("14d", 20160), TestCase("PT1H", 60), TestCase("P1D", 1440), TestCase("P1DT12H", 2160), TestCase("01:30:00", 90), TestCase("1.00:00:00", 1440)]
    public void All_forms_of_a_duration(string text, int minutes) =>
        Assert.That(Ok<AnalyticsRule>(Rule($"queryPeriod: {text}\n")).Schedule!.Period.Value, Is.EqualTo(TimeSpan.FromMinutes(minutes)));

    [Test]
    public void A_threshold_that_is_no_number() => Verify("CSK0810", Rule("triggerThreshold: «none»\n"));

    [Test]
    public void A_flag_that_is_neither_true_nor_false() => Verify("CSK0811", Rule("enabled: «maybe»\n"));

    [Test]
    public void An_id_that_is_no_GUID() => Verify("CSK0812", Rule("id: «my-rule»\n"));

    [Test]
    public void A_detail_without_a_column() => Verify("CSK0813", Rule("customDetails:\n  «User»:\n"));

    [Test]
    public void Suppression_without_a_duration()
    {
        Verify("CSK0814", Rule("suppressionEnabled: «true»\n"));
        Ok<AnalyticsRule>(Rule("suppressionEnabled: false\nsuppressionDuration: 1m\n"));
    }

    [Test]
    public void A_parameter_of_no_type()
    {
        Assert.That(Verify("CSK0817", Asim("ParserParams:\n  - Name: a\n    Type: «strng»\n")).Message, Does.Contain("Did you mean \"string\"?"));
        Ok<ParserFunction>(Asim("ParserParams:\n  - Name: T\n    Type: table:(*)\n"));
    }

    [Test]
    public void Parameters_that_only_the_body_declares() => Verify("CSK0820", Parser(
        "«FunctionQuery»: |\n  let FabrikamEvents = (since:datetime=datetime(null)) {\n    Syslog | where TimeGenerated > since\n  };\n  FabrikamEvents(since)\n"));

    [Test]
    public void A_placeholder_without_quotes()
    {
        var finding = Verify("CSK0821", Rule("alertDetailsOverride:\n  alertDisplayNameFormat: «{{Title}}»\n"));
        Assert.That(finding.Fix!.Edits.Single().Text, Is.EqualTo("'{{Title}}'"));
    }

    [Test]
    public void Metadata_of_another_shape() =>
        Assert.That(Verify("CSK0822", Rule("«requiredDataConnectors»:\n  connectorId: Dns\n  dataTypes: [DnsEvents]\n")).Severity, Is.EqualTo(FindingSeverity.Warning));
}
