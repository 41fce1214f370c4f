using System.Collections.Immutable;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Testing;

/// <summary>A replay works out once what parsers return: each run must see what it would if they ran anew.</summary>
internal sealed class ReplayedParsersTests
{
    private static readonly ImmutableArray<SpecFile> Files = [.. PackFolder.Read(Repository.Root, withEvents: true)];

    // Every parser, copies in two tables, both records of a turn, and periods that begin between them.
    [TestCase("copilot-jailbreak-attempt")]
    [TestCase("copilot-mass-labelled-access")]
    [TestCase("copilot-first-seen-plugin")]
    [TestCase("copilot-setting-changed-by-non-admin")]
    public async Task Runs_see_what_they_would_if_parsers_ran_anew(string rule)
    {
        var compilation = await ShippedPack.Compilation;
        var bench = await TestBench.PrepareAsync(compilation.Analyzed, compilation.Schema!, SharedHost.Analyzer, CancellationToken.None);
        var findings = new List<Finding>();
        var cases = ScheduleReplay.Replayable(new TestPlan(compilation.Pack!.Mapping, compilation.Pack.Tests, bench, EventFiles.Of(Files, [], findings), findings).Build(new TestChoice(rule, TestCase.AllSources)));
        Assert.That(cases, Is.Not.Empty);
        var raised = 0;
        foreach (var test in cases)
        {
            var parsers = ReplayedParsers.Of(compilation.Pack.Mapping, test.Workspace.Functions);
            Assert.That(parsers, Has.Count.EqualTo(compilation.Pack.Mapping.Parsers.Length), "no shipped parser does anything else with its times");
            var rows = new ReplayedParsers(test.Workspace, parsers);
            var arrivals = test.Workspace.Tables.SelectMany(table => table.IngestionTimes).Distinct().Order().TakeLast(6).ToList();
            foreach (var at in arrivals.Concat(arrivals.Select(time => time + test.Target.Schedule!.Period.Value)).SelectMany(time => new[] { time.AddTicks(-1), time, time.AddTicks(1), time.AddMinutes(11) }))
            {
                var known = await RowsAsync(test, rows.At(at, test.Target.Period));
                Assert.That(known, Is.EqualTo(await RowsAsync(test, VisibleRows.At(test.Workspace, at, test.Target.Period))), at.ToString("o"));
                raised += known.Length;
            }
        }

        Assert.That(raised, Is.GreaterThan(0));
    }

    private static async Task<string[]> RowsAsync(TestCase test, EvaluationWorkspace workspace)
    {
        var outcome = await new LocalEngine().RunAsync(test.Target.Query, workspace, CancellationToken.None);
        return [.. outcome.Result!.Rows.Select(row => string.Join(" | ", row.Select(value => ValueText.Of(value)))).Order(StringComparer.Ordinal)];
    }
}
