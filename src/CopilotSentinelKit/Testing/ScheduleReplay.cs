using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Pack;

namespace CopilotSentinelKit.Testing;

/// <summary>Replays the events of tests through a rule's schedule: runs at its frequency, each seeing what has arrived and no more than its period.
/// Whatever the phase of the runs and the delay of the records, each expected alert must come once.</summary>
internal static class ScheduleReplay
{
    private static readonly ImmutableArray<TimeSpan> _delays = [TimeSpan.Zero, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(17)];

    // A border right at a record's arrival is where a window that is open or closed at the wrong end shows.
    private static readonly ImmutableArray<TimeSpan> _besideArrival = [TimeSpan.Zero, TimeSpan.FromTicks(-1)];

    /// <summary>Replays all tests of scheduled rules that expect an alert, each on the first of its sources.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="mapping">Whose parsers they call.</param>
    /// <param name="engine">What runs the queries.</param>
    /// <param name="ran">Told after each case; called from several threads.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task<ImmutableArray<TestResult>> RunAsync(ImmutableArray<TestCase> cases, Mapping mapping, IQueryEngine engine, Action? ran, CancellationToken cancellation)
    {
        var replayed = Replayable(cases);
        var results = new TestResult[replayed.Length];
        await Parallel.ForAsync(0, replayed.Length, cancellation, async (index, token) =>
        {
            results[index] = await ReplayAsync(replayed[index], mapping, engine, token);
            ran?.Invoke();
        });
        return [.. results];
    }

    /// <summary>The cases that are replayed.</summary>
    public static ImmutableArray<TestCase> Replayable(ImmutableArray<TestCase> cases) =>
        [.. cases.Where(test => test.Target.Schedule is not null && test.Spec.IsReplayed && !test.Spec.Expect.Rows.IsEmpty).DistinctBy(test => (test.Target.Name, test.Spec))];

    private static async Task<TestResult> ReplayAsync(TestCase test, Mapping mapping, IQueryEngine engine, CancellationToken cancellation)
    {
        var faults = new List<string>();
        var parsers = ReplayedParsers.Of(mapping, test.Workspace.Functions);
        foreach (var delay in _delays)
        {
            var late = Late(test.Workspace, delay);
            var rows = new ReplayedParsers(late, parsers);
            foreach (var phase in Phases(test, late))
            {
                var alerts = new List<(DateTime At, EvaluationResult Result)>();
                foreach (var at in ReplayTimes.Of(test.Target.Schedule!, test.Workspace.Now + phase, late))
                {
                    var outcome = await engine.RunAsync(test.Target.Query, rows.At(at, test.Target.Period), cancellation);
                    if (outcome.Result is not { } result)
                    {
                        return Result(test, outcome.Problem!.NotRunnable ? TestOutcome.NotRunnable : TestOutcome.Failed, [$"{outcome.Problem.Code}: {outcome.Problem.Message}"]);
                    }

                    alerts.Add((at, result));
                }

                faults.AddRange(AlertCount.Faults(test, alerts).Select(fault => $"{fault} (runs every {Text(test.Target.Schedule!.Frequency.Value)}, at {phase.ToString("c", CultureInfo.InvariantCulture)} after the test's clock; records {Text(delay)} late)"));
            }
        }

        return Result(test, faults.Count == 0 ? TestOutcome.Passed : TestOutcome.Failed, Shown(faults));
    }

    private static ImmutableArray<string> Shown(List<string> faults) =>
        faults.Count <= 4 ? [.. faults] : [.. faults.Take(3), FormattableString.Invariant($"and {faults.Count - 3} more like these")];

    private static ImmutableArray<TimeSpan> Phases(TestCase test, EvaluationWorkspace late)
    {
        var frequency = test.Target.Schedule!.Frequency.Value;
        var last = late.Tables.SelectMany(table => table.IngestionTimes).DefaultIfEmpty(test.Workspace.Now).Max();
        return [.. new[] { TimeSpan.Zero, frequency / 4, frequency / 2, frequency * 3 / 4 }.Concat(_besideArrival.Select(beside => Within(last - test.Workspace.Now + beside, frequency))).Distinct()];
    }

    private static TimeSpan Within(TimeSpan offset, TimeSpan frequency) => new(((offset.Ticks % frequency.Ticks) + frequency.Ticks) % frequency.Ticks);

    private static EvaluationWorkspace Late(EvaluationWorkspace workspace, TimeSpan delay) => workspace with
    {
        Tables = [.. workspace.Tables.Select(table => table.Rows.IsEmpty ? table : table with { IngestionTimes = [.. table.IngestionTimes.Select(time => time + delay)] })],
    };

    private static string Text(TimeSpan span) => span.ToString("c", CultureInfo.InvariantCulture);

    private static TestResult Result(TestCase test, TestOutcome outcome, ImmutableArray<string> explanation) =>
        new(test.Target.Name, test.Spec.Name.Value, test.Source, test.Spec.Name.Span, outcome, explanation);
}
