using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Analyze;

/// <summary>What a rule scans: which tables, how often, how far back.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class RuleCostTests
{
    [TestCase("SigninLogs | take 1", "SigninLogs 1")]
    [TestCase("SigninLogs | join kind=inner SigninLogs on UserId", "SigninLogs 2")]
    [TestCase("union SigninLogs, AuditLogs | count", "AuditLogs 1, SigninLogs 1")]
    [TestCase("let S = SigninLogs | where ResultType == '0'; S | join kind=inner S on UserId", "SigninLogs 2")]
    [TestCase("let S = materialize(SigninLogs | where ResultType == '0'); S | join kind=inner S on UserId", "SigninLogs 1")]
    [TestCase("let S = (failed:bool) { SigninLogs | where (ResultType == '0') == failed }; union S(true), S(false), S(true)", "SigninLogs 3")]
    [TestCase("let N = toscalar(SigninLogs | count); AuditLogs | where N > 1 or N < 0 | take 1", "AuditLogs 1, SigninLogs 1")]
    [TestCase("let Unused = SigninLogs; AuditLogs | take 1", "AuditLogs 1")]
    [TestCase("CopilotMessages() | join kind=inner CopilotEvents() on RecordId", "CloudAppEvents 2")]
    public async Task Tables_and_how_often_a_run_reads_them(string query, string reads) =>
        Assert.That(string.Join(", ", (await CostOf("query: " + Quoted(query))).Reads.Select(read => $"{read.Key} {read.Value}")), Is.EqualTo(reads));

    [Test]
    public async Task Days_of_data_in_a_day()
    {
        var cost = await CostOf("query: " + Quoted("SigninLogs | project UserId, AppId | summarize count() by UserId"), "schedule: { every: 12h, lookback: 2d }");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((cost.Window, cost.RunsADay, cost.DaysScannedADay), Is.EqualTo((TimeSpan.FromDays(2), 2.0, 4.0)));
            Assert.That((cost.ColumnsRead, cost.WidestRow), Is.EqualTo((2, 2)));
        }
    }

    [Test]
    public async Task A_rule_in_near_real_time_scans_each_day_once() =>
        Assert.That((await CostsOf(TestPack.Small.With(TestPack.RulePath, Samples.Without("schedule", "kind: nrt", "query: SigninLogs")))).DaysScannedADay, Is.EqualTo(1).Within(0.001));

    private static string Quoted(string query) => $"\"{query}\"";

    private static Task<RuleCost> CostOf(params string[] entries) => CostsOf(TestPack.Rule(entries));

    private static async Task<RuleCost> CostsOf(TestPack pack)
    {
        var compilation = await pack.CompileAsync();
        Assert.That(compilation.HasErrors, Is.False, () => Marked.Shown(compilation.Findings));
        return Compiler.Costs(compilation).Single();
    }
}
