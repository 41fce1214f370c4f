using CopilotSentinelKit.Diagnostics.Reporters;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Testing;

/// <summary>csk test over what comes with the kit: everything has tests, all pass on every source, and they notice when something is broken.</summary>
internal sealed class ShippedTests
{
    // What somebody breaks: a part of a file under rules/ or templates/, what it becomes, and the target whose tests must fail.
    private static readonly (string File, string Part, string Other, string Target)[] Breaks =
    [
        ("rules/detections/copilot-jailbreak-attempt.yaml", "minAttempts: { type: int, default: 1,", "minAttempts: { type: int, default: 2,", "copilot-jailbreak-attempt"),
        ("rules/detections/copilot-jailbreak-attempt.yaml", "where JailbreakDetected and ", "where ", "copilot-jailbreak-attempt"),
    ];

    [Test]
    public async Task All_tests_pass_on_every_source_and_nothing_is_untested()
    {
        var run = await RunAsync(TestPack.Shipped(), new());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Compilation.Lines(), Is.Empty);
            Assert.That(run.Results.Where(result => result.Outcome != TestOutcome.Passed), Is.Empty, () => TestReports.Write(ReportFormat.Text, new(run.Results)));
            Assert.That(run.Results.Select(result => result.Source).Distinct(), Is.SupersetOf(["CloudAppEvents", "CopilotActivity", "all sources"]));
        }
    }

    [Test]
    public async Task Every_alert_comes_once_however_the_runs_fall()
    {
        var run = await RunAsync(TestPack.Shipped(), new(Schedule: true));
        Assert.That(run.Results.Select(result => result.Target).Distinct().Count(), Is.GreaterThan(10));
        Assert.That(run.Results.Where(result => result.Outcome != TestOutcome.Passed), Is.Empty, () => TestReports.Write(ReportFormat.Text, new(run.Results)));
    }

    [TestCaseSource(nameof(Breaks))]
    public async Task What_is_broken_is_noticed((string File, string Part, string Other, string Target) broken)
    {
        var run = await RunAsync(TestPack.Shipped().Replace(broken.File, broken.Part, broken.Other), new(broken.Target + "/", "CopilotActivity"));
        Assert.That(run.Results.Where(result => result.Outcome == TestOutcome.Failed), Is.Not.Empty);
    }

    private static Task<TestRun> RunAsync(TestPack pack, TestChoice choice) => pack.TestAsync(choice);
}
