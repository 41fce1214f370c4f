
using CopilotSentinelKit.Testing;

namespace CopilotSentinelKit.Tests.Testing;

/// <summary>Windows of rules against the runs that Sentinel makes.</summary>
internal sealed class ScheduleReplayTests
{
    private const string Window = "| where IngestionTime > ago(1h)";
    private const string One = "tests:\n  - name: a prompt\n    events: { file: ../events/prompt.json, at: -10m, repeat: 2, every: 5m }\n    expect: [{ ActorUpn: a@contoso.com }]\n";

    [Test]
    public async Task A_window_of_what_arrived_raises_each_alert_once()
    {
        var result = await ReplayAsync(Window, One.Replace("repeat: 2, every: 5m", "repeat: 1", StringComparison.Ordinal), min: 1);
        Assert.That(result.Outcome, Is.EqualTo(TestOutcome.Passed), () => string.Join('\n', result.Explanation));
    }

    [Test]
    public async Task A_window_of_what_happened_misses_what_comes_late() => Assert.That(
        (await ReplayAsync("| where TimeGenerated > ago(1h)", One.Replace("repeat: 2, every: 5m", "repeat: 1", StringComparison.Ordinal), min: 1)).Explanation[0],
        Does.StartWith("Missed: no run raises {ActorUpn: a@contoso.com} (runs every 01:00:00, at ").And.EndWith(" late)"));

    [Test]
    public async Task A_whole_lookback_raises_an_alert_again_and_again() => Assert.That(
        (await ReplayAsync("| where isnotempty(ActorUpn)", One, min: 1)).Explanation[0],
        Does.StartWith("Doubled: {ActorUpn: a@contoso.com} is raised at 2026-01-15T12:00:00Z, 2026-01-15T13:00:00Z, 2026-01-15T14:00:00Z (runs every"));

    [Test]
    public async Task A_threshold_over_one_window_misses_what_its_border_divides() => Assert.That(
        (await ReplayAsync(Window, One, min: 2)).Explanation[0], Does.StartWith("Missed: no run raises"));

    [Test]
    public async Task A_test_that_holds_at_its_own_clock_alone_is_left_out() => Assert.That(
        await TestedRule.RunAsync(TestedRule.Pack(One + "    replay: false\n"), schedule: true), Is.Empty);

    [Test]
    public async Task A_test_without_rows_to_look_for_is_left_out() => Assert.That(
        await TestedRule.RunAsync(TestedRule.Pack("tests:\n  - { name: t, events: ../events/prompt.json, expect: none }\n"), schedule: true), Is.Empty);

    private static async Task<TestResult> ReplayAsync(string window, string tests, int min)
    {
        var pack = TestedRule.Changed(Window, window, tests).Replace("rules/detections/a-detection.yaml", "default: 2", $"default: {min}");
        return (await TestedRule.RunAsync(pack, schedule: true)).Single();
    }
}
