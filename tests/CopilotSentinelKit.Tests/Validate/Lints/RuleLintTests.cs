using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Tests.Validate.Lints.Linted;

namespace CopilotSentinelKit.Tests.Validate.Lints;

internal sealed class RuleLintTests
{
    [TestCase("union «*» | where 1 == 1")]
    [TestCase("union withsource=Table «*» | where 1 == 1")]
    [TestCase("«search» *")]
    public async Task All_tables_in_a_rule(string kql) => Assert.That((await Verify("CSK0420", kql)).Severity, Is.EqualTo(FindingSeverity.Error));

    [TestCase("«search» 'mimikatz'")]
    [TestCase("«find» where Name == 'x'")]
    [TestCase("union «*» | where 1 == 1")]
    public Task All_tables_in_a_hunt(string kql) => Verify("CSK0421", kql, Hunt);

    [TestCase("search in (SigninLogs, AuditLogs) 'x'")]
    [TestCase("SigninLogs | search 'x'")]
    [TestCase("union SigninLogs, AADNonInteractiveUserSignInLogs | where AppDisplayName == 'x'")]
    public Task Some_tables(string kql) => Ok(kql);

    [Test]
    public async Task A_file_from_outside()
    {
        const string Kql = "«externaldata»(Ip: string)[@'https://example.com/list.csv'] with (format='csv')";
        await Verify("CSK0422", Kql);
        await Ok(Kql.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal), Hunt);
    }

    [TestCase("«set querytrace»;\nSigninLogs | where 1 == 1")]
    [TestCase("SigninLogs | evaluate «http_request»('https://example.com')")]
    [TestCase("union SigninLogs, («arg('')».Resources | where 1 == 1)")]
    [TestCase("«.show tables»")]
    public Task What_rules_are_not_documented_to_do(string kql) => Verify("CSK0415", kql);

    [Test]
    public async Task Columns_that_depend_on_the_data()
    {
        await Verify("CSK0424", "CopilotActivity | evaluate «bag_unpack(LLMEventData)»");
        await Ok("CopilotActivity | evaluate bag_unpack(LLMEventData) : (ThreadId: string)");
        await Ok("CopilotActivity | evaluate bag_unpack(LLMEventData)", Hunt);
    }

    [Test]
    public async Task A_join_without_a_kind()
    {
        await VerifyFixed("CSK0425", "SigninLogs | «join» (AuditLogs) on CorrelationId", "SigninLogs | join kind=innerunique (AuditLogs) on CorrelationId");
        await Ok("SigninLogs | summarize count() by CorrelationId | join (AuditLogs) on CorrelationId");
        await Ok("SigninLogs | distinct CorrelationId | join (AuditLogs) on CorrelationId");
        await Verify("CSK0425", "SigninLogs | summarize count() by CorrelationId, AppId | «join» (AuditLogs) on CorrelationId");
    }

    [Test]
    public async Task A_join_that_a_lookup_would_do()
    {
        await Verify("CSK0426", "SigninLogs | «join» kind=inner (_GetWatchlist('VipUsers')) on $left.AppId == $right.SearchKey");
        await Ok("SigninLogs | lookup kind=inner (_GetWatchlist('VipUsers')) on $left.AppId == $right.SearchKey");
        await Ok("SigninLogs | join kind=leftanti (_GetWatchlist('VipUsers')) on $left.AppId == $right.SearchKey");
    }

    [Test]
    public async Task Rows_that_are_cut_off()
    {
        await Verify("CSK0427", "SigninLogs | «take 10»");
        await Verify("CSK0427", "let some = SigninLogs | «limit 10»; some | where 1 == 1");
        await Ok("SigninLogs | sort by TimeGenerated | take 1");
        await Ok("SigninLogs | top 10 by TimeGenerated");
        await Ok("SigninLogs | take 10", Hunt);
    }

    [Test]
    public async Task An_order_that_nobody_sees()
    {
        await VerifyFixed("CSK0437", "SigninLogs | where 1 == 1\n| «order by TimeGenerated»", "SigninLogs | where 1 == 1");
        Assert.That((await Verify("CSK0437", "SigninLogs // all\n| «sort by TimeGenerated desc»")).Fix, Is.Null);
        await Ok("SigninLogs | sort by TimeGenerated", yaml => Rule(yaml) with { AlertDetails = Sample.Alert });
        await Ok("SigninLogs | sort by TimeGenerated | extend Row = row_number()");
        await Ok("SigninLogs | sort by TimeGenerated", Hunt);
    }

    [Test]
    public async Task A_chart()
    {
        await VerifyFixed("CSK0429", "SigninLogs | where 1 == 1 | «render timechart»", "SigninLogs | where 1 == 1");
        await Ok("SigninLogs | render timechart", Hunt);
    }

    [TestCase("SigninLogs | «summarize Count = count()»", TriggerOperator.GreaterThan, 0, "always")]
    [TestCase("SigninLogs | «count» | extend a = 1", TriggerOperator.GreaterThan, 5, "never")]
    [TestCase("SigninLogs | «summarize Count = count()» | project Count", TriggerOperator.LessThan, 1, "never")]
    [TestCase("SigninLogs | «summarize Count = count()»", TriggerOperator.Equal, 0, "never")]
    public async Task A_result_of_always_one_row(string kql, TriggerOperator operation, int threshold, string consequence) =>
        Assert.That((await Verify("CSK0431", kql, yaml => Rule(yaml) with { Trigger = new(yaml.Any(operation), yaml.Any(threshold)) })).Message, Does.Contain(consequence));

    [Test]
    public async Task A_result_of_any_number_of_rows()
    {
        await Verify("CSK0431", "SigninLogs | «summarize Count = count()»", Nrt);
        await Ok("SigninLogs | summarize Count = count() | where Count > 5");
        await Ok("SigninLogs | summarize Count = count() by AppId");
        await Ok("SigninLogs | where TimeGenerated > ago(1d) | summarize Count = count()", Hunt);
    }

    [Test]
    public async Task A_time_limit_in_a_rule_that_goes_by_arrival()
    {
        await Verify("CSK0439", "SigninLogs | where «TimeGenerated > ago(5m)»", Nrt);
        await Ok("SigninLogs | where TimeGenerated > ago(5m)");
        await Ok("SigninLogs | where CreatedDateTime > ago(5m)", Nrt);
    }

    [Test]
    public async Task Correlation_within_a_minute()
    {
        await Verify("CSK0430", "SigninLogs | «join» kind=inner (AuditLogs) on CorrelationId", Nrt);
        await Ok("let listed = _GetWatchlist('VipUsers'); union SigninLogs, AADNonInteractiveUserSignInLogs | lookup kind=inner listed on $left.AppId == $right.SearchKey", Nrt);
    }

    [Test]
    public async Task A_hunt_without_a_limit_in_time()
    {
        await Verify("CSK0433", "«SigninLogs» | where AppId == 'x' | summarize arg_max(TimeGenerated, *) by AppId", Hunt);
        await Verify("CSK0433", "SigninLogs | where TimeGenerated > ago(7d) | join kind=inner («AuditLogs» | summarize by CorrelationId) on CorrelationId", Hunt);
        await Ok("SigninLogs | where TimeGenerated > ago(7d) | summarize arg_max(TimeGenerated, *) by AppId", Hunt);
        await Ok("SigninLogs | where AppId == 'x'", Hunt);
        await Ok("SigninLogs | summarize arg_max(TimeGenerated, *) by AppId");
    }
}
