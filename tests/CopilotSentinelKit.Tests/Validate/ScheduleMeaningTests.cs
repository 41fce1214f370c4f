using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Tests.Validate.Bound;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class ScheduleMeaningTests
{
    [TestCase("SigninLogs | where TimeGenerated > «ago(30d)»")]
    [TestCase("let w = 30d; SigninLogs | where TimeGenerated >= «ago(w)» | where TimeGenerated > ago(w)")]
    [TestCase("let from = ago(15d) - 15d; SigninLogs | where TimeGenerated > «from»")]
    [TestCase("SigninLogs | where «now() - 30d» < TimeGenerated")]
    [TestCase("SigninLogs | where TimeGenerated > «now(-30d)»")]
    [TestCase("SigninLogs | where TimeGenerated between («startofday(ago(2 * 15d))» .. now())")]
    [TestCase("SigninLogs | where TimeGenerated > «datetime_add('day', -30, now())»")]
    [TestCase("SigninLogs | where ingestion_time() > «ago(30d)»")]
    [TestCase("SigninLogs | where AppId == 'a' | join kind=leftanti (AuditLogs | where TimeGenerated > «ago(30d)») on CorrelationId")]
    public void A_lookback_beyond_the_period(string query)
    {
        var finding = VerifyRule("CSK0450", $"query: {query}", Fortnight);
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Error));
        Assert.That(finding.Message, Does.Contain("back 30d").And.Contain("of 14d"));
    }

    [TestCase("SigninLogs | where TimeGenerated > ago(13d)")]
    [TestCase("let w = 14d; SigninLogs | where TimeGenerated > ago(w)", Description = "a name says it once")]
    [TestCase("SigninLogs | where TimeGenerated > startofday(ago(14d))")]
    [TestCase("SigninLogs | where CreatedDateTime > ago(90d)", Description = "another time")]
    [TestCase("SigninLogs | summarize First = min(TimeGenerated) by AppId | where First < ago(30d)", Description = "an aggregate")]
    [TestCase("let f = (w: timespan) { SigninLogs | where TimeGenerated > ago(w) }; f(1d)")]
    public void A_lookback_within_the_period(string query) => OkRule($"query: {query}", Fortnight);

    [Test]
    public void A_lookback_of_a_parser() =>
        VerifyRule("CSK0450", "query: let P = (starttime: datetime) { SigninLogs | where TimeGenerated > starttime }; P(starttime=«ago(15d)»)", Fortnight);

    [Test]
    public void A_hunt_reads_back_as_far_as_it_likes() => Findings.Ok(
        "SigninLogs | where TimeGenerated > ago(90d)", yaml => Sample.Hunt(yaml) with { Query = yaml.Query(yaml.File.Text) },
        Bound.Analyze("SigninLogs | where TimeGenerated > ago(90d)"));

    [Test]
    public void Events_from_before_the_period()
    {
        VerifyRule("CSK0458", "query: SigninLogs | where TimeGenerated < «ago(14d)»", Fortnight);
        OkRule("query: SigninLogs | where TimeGenerated < ago(1d)", Fortnight);
    }

    [Test]
    public void The_period_again()
    {
        var finding = VerifyRule("CSK0451", "query: SigninLogs | where TimeGenerated > «ago(14d)»", Fortnight);
        Assert.That(finding.Severity, Is.EqualTo(FindingSeverity.Information));
    }

    [Test]
    public void A_late_table_without_overlap()
    {
        var finding = VerifyRule("CSK0452", "period: «1h»\nquery: SigninLogs | where AppId == 'a'", Hourly);
        Assert.That(finding.Message, Does.Contain("SigninLogs"));
        OkRule("period: 1h\nquery: ContosoHr_CL", Hourly);
        OkRule("period: 1h\nquery: SigninLogs | where ingestion_time() > ago(1h)", Hourly);
        VerifyRule("CSK0452", "period: «1h»\nquery: CopilotMessages()",
            (yaml, rule) => Hourly(yaml, rule) with { RequiredConnectors = [new("MicrosoftThreatProtection", ["CloudAppEvents"])] });
    }

    [Test]
    public void The_same_rows_in_each_run()
    {
        VerifyRule("CSK0454", "period: «2h»\nquery: ContosoHr_CL | where Upn == 'a'", Overlapping);
        OkRule("period: 2h\nquery: ContosoHr_CL | summarize Events = count() by Upn", Overlapping);
        OkRule("period: 2h\nquery: ContosoHr_CL | where ingestion_time() > ago(1h)", Overlapping);
        OkRule("period: 2h\nquery: ContosoHr_CL | where TimeGenerated > ago(1h)", Overlapping);
        OkRule("period: 2h\nquery: ContosoHr_CL", (yaml, rule) => Overlapping(yaml, rule) with { Suppression = yaml.Any(TimeSpan.FromHours(2)) });
    }

    [TestCase("ContosoHr_CL | project Upn, T1 = TimeGenerated | join kind=inner ContosoHr_CL on Upn | where TimeGenerated between (T1 .. «5m»)")]
    [TestCase("ContosoHr_CL | project Upn, T1 = TimeGenerated | join kind=inner ContosoHr_CL on Upn | where TimeGenerated between (T1 .. (T1 + «5m»))")]
    [TestCase("ContosoHr_CL | project Upn, T1 = TimeGenerated | join kind=inner ContosoHr_CL on Upn | where TimeGenerated - T1 < «5m»")]
    [TestCase("let w = 5m; ContosoHr_CL | project Upn, T1 = TimeGenerated | join kind=inner ContosoHr_CL on Upn | where TimeGenerated < T1 + «w»")]
    [TestCase("ContosoHr_CL | summarize First = min(TimeGenerated), Last = max(TimeGenerated) by Upn | where Last - First <= «5m»")]
    [TestCase("ContosoHr_CL | summarize Events = count() by Upn, bin(TimeGenerated, «5m») | where Events > 3")]
    public void A_window_that_the_overlap_does_not_hold(string query)
    {
        var finding = VerifyRule("CSK0453", $"query: {query}", Minutes(5, 5));
        Assert.That(finding.Message, Does.Contain("within 5m").And.Contain("by 0m"));
        OkRule($"query: {query.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal)}", Minutes(5, 10));
    }

    [TestCase("ContosoHr_CL | summarize First = min(TimeGenerated), Last = max(TimeGenerated) by Upn | where Last - First > 5m", Description = "further apart")]
    [TestCase("ContosoHr_CL | summarize Events = count() by Upn, bin(TimeGenerated, 5m)", Description = "nothing asks how many")]
    [TestCase("SigninLogs | where ingestion_time() - TimeGenerated < 5m | where CreatedDateTime - TimeGenerated < 5m", Description = "no second event")]
    public void No_window(string query) => OkRule($"query: {query}", Minutes(5, 5));

    [Test]
    public void Bins_wider_than_the_period()
    {
        VerifyRule("CSK0455", "query: ContosoHr_CL | summarize Events = count() by Upn, bin(TimeGenerated, «1d») | where Events > 3", Minutes(60, 120));
    }

    private static AnalyticsRule Fortnight(Yaml yaml, AnalyticsRule rule) => rule with { Schedule = Times(yaml, 60, 14 * 24 * 60) };

    private static AnalyticsRule Hourly(Yaml yaml, AnalyticsRule rule) =>
        rule with { Schedule = new(yaml.Any(TimeSpan.FromHours(1)), yaml.At("1h", TimeSpan.FromHours(1))) };

    private static AnalyticsRule Overlapping(Yaml yaml, AnalyticsRule rule) =>
        rule with { Suppression = null, Schedule = new(yaml.Any(TimeSpan.FromHours(1)), yaml.At("2h", TimeSpan.FromHours(2))) };

    private static Func<Yaml, AnalyticsRule, AnalyticsRule> Minutes(int frequency, int period) =>
        (yaml, rule) => rule with { Schedule = Times(yaml, frequency, period) };
}
