using System.Collections.Immutable;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Simulate;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Simulate;

internal sealed class SimulatedRunTests
{
    private static readonly ImmutableArray<SpecFile> Files = [.. PackFolder.Read(Repository.Root, withEvents: true)];

    // Rules of every parser, over records, messages and resources that several runs see in several states.
    private static readonly string[] Rules = ["copilot-jailbreak-attempt", "copilot-mass-labelled-access", "copilot-injection-then-labelled-access", "copilot-setting-changed-by-non-admin", "copilot-first-seen-plugin", "copilot-country-without-sign-in", "copilot-audit-turned-off"];

    private static readonly string[] Placed = ["jailbreak", "agent-jailbreak", "mass-read", "injection-then-read", "plugin-toggle", "stolen-token", "audit-off"];

    // Each but the rule of plugins: none is used for the first time.
    private static readonly string[] Raised = [.. Rules.Except(["copilot-first-seen-plugin"]).Order(StringComparer.Ordinal)];

    private static readonly string[] Counted = ["loud", "exact"];

    [Test]
    public async Task What_is_worked_out_once_raises_what_runs_raise_that_work_it_out_anew()
    {
        var compilation = await ShippedPack.Compilation;
        var spec = compilation.Pack!.Simulation!;
        var options = new SimulationOptions(4, new(2026, 1, 5), 2, 1);
        options = options with { Attacks = [.. Placed.Select(id => new PlacedAttack(id, options.From.AddHours(30)))] };
        var simulation = Simulation.Of(spec, options, Files, [], [])!;
        var run = new SimulatedRun(await TestBench.PrepareAsync(compilation.Analyzed, compilation.Schema!, SharedHost.Analyzer, CancellationToken.None), compilation.Pack.Mapping, SharedHost.Analyzer);
        var from = options.From.AddHours(29);
        var shorter = options with { Days = 2 };
        var reused = await run.AlertsAsync(simulation, spec, shorter, from, Rules.Contains, isDirect: false, null, CancellationToken.None);
        var direct = await run.AlertsAsync(simulation, spec, shorter, from, Rules.Contains, isDirect: true, null, CancellationToken.None);
        Assert.That(reused.Select(alert => $"{alert.At:o} {alert.Severity} {alert.Identity}"), Is.EqualTo(direct.Select(alert => $"{alert.At:o} {alert.Severity} {alert.Identity}")));
        Assert.That(reused.Select(alert => alert.Rule).Distinct().ToArray(), Is.EqualTo(Raised));
    }

    // Attempts of two accounts, three hours apart: a rule that rests after an alert does not see the second.
    [Test]
    public async Task A_rule_rests_after_an_alert_as_long_as_it_says()
    {
        var resting = TestPack.Shipped().Replace("rules/detections/copilot-jailbreak-attempt.yaml", "schedule: {", "suppression: 5h\nschedule: {");
        Assert.That(await JailbreaksAsync(await ShippedPack.Compilation), Is.EqualTo(2));
        Assert.That(await JailbreaksAsync(await resting.CompileAsync()), Is.EqualTo(1));
    }

    private static async Task<int> JailbreaksAsync(Compilation compilation)
    {
        var spec = (await ShippedPack.Compilation).Pack!.Simulation!;
        var options = new SimulationOptions(2, new(2026, 1, 5), 2, 1);
        options = options with { Attacks = [new("jailbreak", options.From.AddHours(30)), new("agent-jailbreak", options.From.AddHours(33))] };
        var run = new SimulatedRun(await TestBench.PrepareAsync(compilation.Analyzed, compilation.Schema!, SharedHost.Analyzer, CancellationToken.None), compilation.Pack!.Mapping, SharedHost.Analyzer);
        var raised = await run.AlertsAsync(Simulation.Of(spec, options, Files, [], [])!, spec, options, options.From.AddHours(29), id => id == "copilot-jailbreak-attempt", isDirect: false, null, CancellationToken.None);
        return raised.Length;
    }

    [Test]
    public void A_report_counts_by_people_and_days_and_tells_attacks_from_ordinary_life()
    {
        var rules = Counted.ToImmutableDictionary(id => id, _ => Rule(), StringComparer.Ordinal);
        var (ordinary, attack) = (Alert("loud", "a"), Alert("exact", "b"));
        var report = new SimulationReport(500, 2, rules, [ordinary], [ordinary, attack], [Attack("one", "exact"), Attack("two", "loud")]);
        Assert.That(report.Alerts, Is.EqualTo(1));
        Assert.That(report.Incidents, Is.EqualTo(1));
        Assert.That(report.Attacks, Is.EqualTo(new[] { ("one", "exact", true), ("two", "loud", false) }));
    }

    private static SimulatedAlert Alert(string rule, string who) =>
        new(rule, default, "Medium", [new("Account", ImmutableSortedDictionary<string, string>.Empty.Add("FullName", who))]);

    private static SimulatedAttack Attack(string id, string rule) =>
        new(new(id, default), "", new("", default), default, [new(rule, default)], [], [], ImmutableSortedDictionary<string, string>.Empty);

    private static Content.AnalyticsRule Rule() => ShippedPack.Compilation.GetAwaiter().GetResult().Items.OfType<Content.AnalyticsRule>().First(rule => rule.Id.Value == "copilot-denied-access-burst");
}
