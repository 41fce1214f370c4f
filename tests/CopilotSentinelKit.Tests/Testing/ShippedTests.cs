
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Testing;

/// <summary>csk test over what comes with the kit: everything has tests, all pass on every source, and they notice when something is broken.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ShippedTests
{
    // What somebody breaks in a detection: a part of its file, and what it becomes.
    private static readonly (string Detection, string Part, string Other)[] Breaks =
    [
        ("copilot-after-risky-sign-in", "window: { type: timespan, default: 8h", "window: { type: timespan, default: 7h"),
        ("copilot-after-risky-sign-in", "default: [medium, high]", "default: [high]"),
        ("copilot-after-risky-sign-in", "lookback: 2d", "lookback: 3d"),
        ("copilot-cross-prompt-injection", "where XpiaDetected", "where true"),
        ("copilot-denied-access-burst", "threshold: { type: int, default: 5", "threshold: { type: int, default: 6"),
        ("copilot-denied-access-burst", "threshold: { type: int, default: 5", "threshold: { type: int, default: 4"),
        ("copilot-first-seen-plugin", "default: 7d", "default: 8d"),
        ("copilot-first-seen-plugin", "[BingWebSearch, EnterpriseSearch]", "[BingWebSearch]"),
        ("copilot-first-seen-web-grounding", "default: 5d", "default: 6d"),
        ("copilot-injection-spread", "threshold: { type: int, default: 2", "threshold: { type: int, default: 3"),
        ("copilot-injection-spread", "high: { type: int, default: 5", "high: { type: int, default: 4"),
        ("copilot-injection-then-labelled-access", "window: { type: timespan, default: 4h", "window: { type: timespan, default: 3h"),
        ("copilot-injection-then-labelled-access", "minRank: { type: int, default: 2", "minRank: { type: int, default: 1"),
        ("copilot-jailbreak-attempt", "where JailbreakDetected", "where true"),
        ("copilot-jailbreak-attempt", "every: 15m", "every: 20m"),
        ("copilot-jailbreak-repeated", "threshold: { type: int, default: 3", "threshold: { type: int, default: 4"),
        ("copilot-jailbreak-repeated", "high: { type: int, default: 6", "high: { type: int, default: 5"),
        ("copilot-jailbreak-then-labelled-access", "default: 4h", "default: 5h"),
        ("copilot-mass-labelled-access", "threshold: { type: int, default: 10", "threshold: { type: int, default: 11"),
        ("copilot-mass-labelled-access", "threshold: { type: int, default: 10", "threshold: { type: int, default: 9"),
        ("copilot-mass-labelled-access", "minRank: { type: int, default: 2", "minRank: { type: int, default: 1"),
        ("copilot-outside-working-pattern", "tolerance: { type: int, default: 2", "tolerance: { type: int, default: 3"),
        ("copilot-outside-working-pattern", "minDays: { type: int, default: 5", "minDays: { type: int, default: 6"),
        ("copilot-outside-working-pattern", "regularDays: { type: int, default: 2", "regularDays: { type: int, default: 3"),
        ("copilot-outside-working-pattern", "minEvents: { type: int, default: 5", "minEvents: { type: int, default: 4"),
        ("copilot-outside-working-pattern", "minEvents: { type: int, default: 5", "minEvents: { type: int, default: 6"),
        ("copilot-plugin-disabled-and-reenabled", "default: 1h", "default: 2h"),
        ("copilot-setting-changed-by-non-admin", "whenEmpty: { type: bool, default: true", "whenEmpty: { type: bool, default: false"),
        ("copilot-setting-changed-by-non-admin", ", CopilotAgentManagement]", "]"),
        ("copilot-unseen-network", "prefixV4: { type: int, default: 16", "prefixV4: { type: int, default: 17"),
        ("copilot-unseen-region", "minHistory: { type: timespan, default: 5d", "minHistory: { type: timespan, default: 6d"),
        ("copilot-unseen-region", "most: { type: int, default: 2", "most: { type: int, default: 3"),
        ("copilot-use-by-unentitled-account", "default: [Bing, Edge]", "default: [Bing]"),
        ("copilot-volume-spike", "minCount: { type: int, default: 60", "minCount: { type: int, default: 61"),
        ("copilot-volume-spike", "deviations: { type: real, default: 3.0", "deviations: { type: real, default: 4.0"),
        ("copilot-volume-spike", "minActive: { type: int, default: 4", "minActive: { type: int, default: 5"),
    ];

    [Test]
    public async Task All_tests_pass_on_every_source_and_nothing_is_untested()
    {
        var run = await TestPack.Shipped().TestAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Compilation.Lines(), Is.Empty);
            Assert.That(run.Results, Has.Length.GreaterThan(600));
            Assert.That(run.Results.Where(result => result.Outcome != TestOutcome.Passed), Is.Empty, () => TestReports.Write(ReportFormat.Text, new(run.Results)));
            Assert.That(run.Results.Select(result => result.Source).Distinct(), Is.SupersetOf(["CloudAppEvents", "CopilotActivity", "all sources"]));
        }
    }

    [Test]
    public async Task Every_alert_comes_once_however_the_runs_fall()
    {
        var run = await TestPack.Shipped().TestAsync(new(Schedule: true));
        Assert.That(run.Results.Select(result => result.Target).Distinct().Count(), Is.GreaterThan(10));
        Assert.That(run.Results.Where(result => result.Outcome != TestOutcome.Passed), Is.Empty, () => TestReports.Write(ReportFormat.Text, new(run.Results)));
    }

    [Test]
    public async Task A_detection_that_is_broken_fails_a_test()
    {
        // Each as a detection of its own, so that one run shows them all.
        var pack = Breaks.Select((broken, number) => (broken, number)).Aggregate(TestPack.Shipped(), (all, next) =>
            all.With($"rules/detections/{Id(next.number)}.yaml", Broken(next.broken, next.number)));
        var run = await pack.TestAsync(new("broken-", "CopilotActivity"));
        Assert.That(run.Compilation.HasErrors, Is.False, () => string.Join('\n', run.Compilation.Lines()));
        var noticed = run.Results.Where(result => result.Outcome == TestOutcome.Failed).Select(result => result.Target).ToHashSet();
        Assert.That(Breaks.Where((_, number) => !noticed.Contains(Id(number))), Is.Empty);
    }

    [TestCase("CloudAppEvents")]
    [TestCase("ManagementActivityApi")]
    [TestCase("LLMActivity")]
    [TestCase("CopilotActivity, ManagementActivityApi")]
    [TestCase("CloudAppEvents, ManagementActivityApi")]
    [TestCase("CopilotActivity, CloudAppEvents, ManagementActivityApi")]
    [TestCase("CopilotActivity", "detections: { copilot-denied-access-burst: { parameters: { threshold: 12 } }, copilot-mass-labelled-access: { schedule: { every: 30m } } }")]
    public async Task All_tests_pass_on_every_choice_of_sources_and_with_other_parameters(string sources, string more = "")
    {
        var run = await TestPack.Shipped().WithKit($"sources: [{sources}]\n{more}").TestAsync();
        Assert.That(run.Compilation.HasErrors, Is.False, () => string.Join('\n', run.Compilation.Lines()));
        Assert.That(run.Results, Has.Length.GreaterThan(250));
        Assert.That(run.Results.Where(result => result.Outcome != TestOutcome.Passed), Is.Empty, () => TestReports.Write(ReportFormat.Text, new(run.Results)));
    }

    [TestCase("rules/mapping.yaml", "or RecordTypeCode in~ (Terms_)", "or true")]
    [TestCase("rules/mapping.yaml", "where: Record has_any (Terms_)", "where: Record has_any (Terms_) and false")]
    [TestCase("rules/mapping.yaml", "CopilotEventData, CopilotSettingsEventData, AccessedResources,\n  CopilotInteraction,", "CopilotSettingsEventData, AccessedResources,\n  CopilotInteraction,")]
    public async Task A_source_that_filters_wrongly_fails_a_test(string file, string part, string other)
    {
        var run = await TestPack.Shipped().WithKit("sources: [ManagementActivityApi]").Replace(file, part, other).TestAsync(new("Copilot"));
        Assert.That(run.Compilation.HasErrors, Is.False, () => string.Join('\n', run.Compilation.Lines()));
        Assert.That(run.Results.Where(result => result.Outcome == TestOutcome.Failed), Is.Not.Empty);
    }

    [TestCase("rules/mapping.yaml", "Twin.Event.AISystemPlugin) has \"BingWebSearch\"", "Twin.Event.AISystemPlugin) contains \"BingWebSearch\"")]
    [TestCase("rules/mapping.yaml", "record: [Id, id, ID]\n", "record: [Id, id]\n")]
    [TestCase("rules/mapping.yaml", "record: [isPrompt, IsPrompt]", "record: [isPrompt]")]
    [TestCase("templates/detections/threshold.scriban", "Distinct = count_distinctif({{ value | kql }}, IsInWindow),", "Distinct = countif(IsInWindow),")]
    public async Task A_mapping_or_template_that_is_broken_fails_a_test(string file, string part, string other)
    {
        var run = await TestPack.Shipped().Replace(file, part, other).TestAsync(new(Source: "CopilotActivity"));
        Assert.That(run.Compilation.HasErrors, Is.False, () => string.Join('\n', run.Compilation.Lines()));
        Assert.That(run.Results.Where(result => result.Outcome == TestOutcome.Failed), Is.Not.Empty);
    }

    private static string Id(int number) => FormattableString.Invariant($"broken-{number:d2}");

    private static string Broken((string Detection, string Part, string Other) broken, int number)
    {
        var text = Repository.Read("rules", "detections", broken.Detection + ".yaml");
        Assert.That(text, Does.Contain(broken.Part), broken.Detection);
        return text.Replace(broken.Part, broken.Other, StringComparison.Ordinal).Replace($"\nid: {broken.Detection}\n", $"\nid: {Id(number)}\n", StringComparison.Ordinal)
            .Replace("\nname: ", FormattableString.Invariant($"\nname: {number} "), StringComparison.Ordinal);
    }
}
