
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Pack;

internal sealed class DeprecationTests
{
    [Test]
    public async Task A_deprecated_rule_is_written_once_more_and_switched_off()
    {
        var items = await TestPack.Rule("deprecated: { reason: It found too much, replacedBy: a-better-one }")
            .With("rules/detections/b.yaml", Samples.With("id: a-better-one", "name: A better one"))
            .Ok();
        var rule = items.OfType<AnalyticsRule>().Single(rule => rule.Id.Value == "a-detection");
        Assert.That(rule.Enabled, Is.False);
        Assert.That(rule.IsDeprecated);
        Assert.That(rule.Name.Value, Is.EqualTo("[Deprecated] A name"));
        Assert.That(rule.Description.Value, Is.EqualTo("Deprecated: It found too much. Use \"A better one\" instead.\n\nWhat it finds."));
        Assert.That(ArmTemplate.Write(rule), Does.Match("\"enabled\": \\{\\s+\"type\": \"bool\",\\s+\"defaultValue\": false"));
        Assert.That(items.OfType<AnalyticsRule>().Single(other => other.Id.Value == "a-better-one"), Has.Property("IsDeprecated").False.And.Property("Enabled").True);
    }

    [Test]
    public async Task A_hunt_can_be_deprecated_and_a_mark_that_is_there_stays_alone()
    {
        var hunt = string.Concat(Samples.Without("severity", "kind: hunting", "name: \"[deprecated] A hunt\"", "deprecated: { reason: Nobody ran it! }")
            .Split('\n').Where(line => !line.StartsWith("schedule", StringComparison.Ordinal)).Select(line => line + "\n"));
        var items = await TestPack.Small.With("rules/hunts/h.yaml", hunt).Ok();
        var found = items.OfType<HuntingQuery>().Single();
        Assert.That(found.Name.Value, Is.EqualTo("[deprecated] A hunt"));
        Assert.That(found.Description.Value, Does.StartWith("Deprecated: Nobody ran it!\n\n"));
    }

    [TestCase("a-detecton")]
    [TestCase("a-detection")]
    public void A_replacement_that_is_not_there_is_a_finding(string id)
    {
        var finding = TestPack.Rule($"deprecated: {{ reason: Gone., replacedBy: «{id}» }}")
            .With("rules/detections/b.yaml", Samples.With("id: b-detection"))
            .VerifyLoad("CSK0623");
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Warning));
    }

    [Test]
    public void The_reason_is_needed() => Marked.Verify(DetectionReader.Read, "CSK0122", Samples.With("«deprecated»: { replacedBy: other-one }"));
}
