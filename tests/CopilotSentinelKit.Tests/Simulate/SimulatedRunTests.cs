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
    private static readonly string[] Rules = ["copilot-jailbreak-attempt", "copilot-mass-labelled-access", "copilot-injection-then-labelled-access", "copilot-setting-changed-by-non-admin", "copilot-first-seen-plugin", "copilot-country-without-sign-in"];

    private static readonly string[] Placed = ["jailbreak", "agent-jailbreak", "mass-read", "injection-then-read", "plugin-toggle", "stolen-token"];

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
        Assert.That(reused.Select(alert => alert.Rule).Distinct(), Has.Exactly(4).Items.Or.Exactly(5).Items);
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

    private static Content.AnalyticsRule Rule() => ShippedPack.Compilation.GetAwaiter().GetResult().Items.OfType<Content.AnalyticsRule>().First(rule => rule.Id.Value == "copilot-jailbreak-attempt");
}
