using System.Globalization;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Tests.Validate.Findings;
using static CopilotSentinelKit.Tests.Validate.Sample;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class ScheduleTests
{
    [Test]
    public void A_scheduled_rule_without_schedule() =>
        Verify("CSK0550", "kind: «scheduled»", yaml => Rule(yaml) with { Kind = yaml.At("scheduled", RuleKind.Scheduled), Schedule = null });

    [Test]
    public void A_scheduled_rule_without_trigger() =>
        Verify("CSK0551", "kind: «scheduled»", yaml => Rule(yaml) with { Kind = yaml.At("scheduled", RuleKind.Scheduled), Trigger = null });

    [Test]
    public void An_nrt_rule_with_a_schedule() =>
        Verify("CSK0552", "every: «1h», lookback: 2h", yaml => Nrt(yaml) with { Schedule = Times(yaml, ("1h", 60), ("2h", 120)) });

    [Test]
    public void An_nrt_rule_with_a_trigger() => Verify("CSK0553", "operator: «gt», threshold: 0", yaml => Nrt(yaml) with
    {
        Trigger = new(yaml.At("gt", TriggerOperator.GreaterThan), yaml.At("0", 0)),
    });

    [Test]
    public void A_frequency_outside_the_range()
    {
        var finding = Verify("CSK0554", "every: «4m», lookback: 1h", yaml => Rule(yaml) with { Schedule = Times(yaml, ("4m", 4), ("1h", 60)) });
        Assert.That(finding.Message, Does.Contain("every 4m").And.Contain("5m to 14d"));
        Ok("every: 5m, lookback: 1h", yaml => Rule(yaml) with { Schedule = Times(yaml, ("5m", 5), ("1h", 60)) });
        Ok("every: 14d, lookback: 14d", yaml => Rule(yaml) with { Schedule = Times(yaml, ("14d", 20160), ("14d", 20160)) });
    }

    [Test]
    public void A_period_outside_the_range()
    {
        Verify("CSK0555", "every: 1h, lookback: «15d»", yaml => Rule(yaml) with { Schedule = Times(yaml, ("1h", 60), ("15d", 21600)) });
        Verify("CSK0555", "every: 5m, lookback: «4m»", yaml => Rule(yaml) with { Schedule = Times(yaml, ("5m", 5), ("4m", 4)) });
    }

    [Test]
    public void A_period_shorter_than_the_frequency() =>
        Verify("CSK0556", "every: 2h, lookback: «1h»", yaml => Rule(yaml) with { Schedule = Times(yaml, ("2h", 120), ("1h", 60)) });

    [Test]
    public void A_long_period_at_a_high_frequency()
    {
        var finding = Verify("CSK0557", "every: «30m», lookback: 2d", yaml => Rule(yaml) with { Schedule = Times(yaml, ("30m", 30), ("2d", 2880)) });
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Warning));
        Ok("every: 1h, lookback: 2d", yaml => Rule(yaml) with { Schedule = Times(yaml, ("1h", 60), ("2d", 2880)) });
        Ok("every: 30m, lookback: 47h", yaml => Rule(yaml) with { Schedule = Times(yaml, ("30m", 30), ("47h", 2820)) });
    }

    [TestCase("-1")]
    [TestCase("10001")]
    public void A_threshold_outside_the_range(string threshold) =>
        Verify("CSK0558", $"threshold: «{threshold}»", yaml => Rule(yaml) with { Trigger = Threshold(yaml, threshold) });

    [TestCase("0")]
    [TestCase("10000")]
    public void A_threshold_within_the_range(string threshold) => Ok(threshold, yaml => Rule(yaml) with { Trigger = Threshold(yaml, threshold) });

    [Test]
    public void A_suppression_longer_than_a_day()
    {
        Verify("CSK0559", "suppression: «25h»", yaml => Rule(yaml) with { Suppression = Minutes(yaml, "25h", 1500) });
        Ok("suppression: 24h", yaml => Rule(yaml) with { Suppression = Minutes(yaml, "24h", 1440) });
    }

    [Test]
    public void A_suppression_shorter_than_five_minutes()
    {
        Verify("CSK0560", "suppression: «4m»", yaml => Nrt(yaml) with { Suppression = Minutes(yaml, "4m", 4) });
        Ok("suppression: 5m", yaml => Nrt(yaml) with { Suppression = Minutes(yaml, "5m", 5) });
    }

    [Test]
    public void A_suppression_shorter_than_the_frequency()
    {
        Verify("CSK0561", "suppression: «59m»", yaml => Rule(yaml) with { Suppression = Minutes(yaml, "59m", 59) });
        Ok("suppression: 1h", yaml => Rule(yaml) with { Suppression = Minutes(yaml, "1h", 60) });
    }

    private static Schedule Times(Yaml yaml, (string Text, int Minutes) every, (string Text, int Minutes) lookback) =>
        new(Minutes(yaml, every.Text, every.Minutes), Minutes(yaml, lookback.Text, lookback.Minutes));

    private static Spanned<TimeSpan> Minutes(Yaml yaml, string text, int minutes) => yaml.At(text, TimeSpan.FromMinutes(minutes));

    private static Trigger Threshold(Yaml yaml, string threshold) =>
        new(yaml.Any(TriggerOperator.GreaterThan), yaml.At(threshold, int.Parse(threshold, CultureInfo.InvariantCulture)));
}
