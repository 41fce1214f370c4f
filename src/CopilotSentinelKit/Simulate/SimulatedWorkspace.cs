using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Testing;

namespace CopilotSentinelKit.Simulate;

/// <summary>A simulated tenant's workspace: when a rule runs in it, and what each run sees.</summary>
/// <param name="Tables">All rows, with the time at which each arrives.</param>
/// <param name="Parsed">What parsers return, worked out once; empty where each run runs them anew.</param>
/// <param name="Functions">Parsers and helpers.</param>
/// <param name="Watchlists">Watchlists.</param>
internal sealed record SimulatedWorkspace(
    ImmutableArray<EvaluationTable> Tables, ImmutableArray<ParsedRows> Parsed, ImmutableArray<EvaluationFunction> Functions, ImmutableArray<EvaluationTable> Watchlists)
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    // Sentinel gives rows two minutes to arrive before an NRT rule reads them, and passes it nothing that is older than half a day.
    private static readonly TimeSpan _nrtDelay = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _nrtPeriod = TimeSpan.FromHours(12);

    private ImmutableArray<EvaluationFunction> Replaced { get; } =
        [.. Functions.Select(function => Parsed.FirstOrDefault(rows => rows.Function.Function.Name == function.Function.Name)?.Function ?? function)];

    /// <summary>The runs of a rule, in order. An NRT rule runs every minute: of those runs the ones for which something arrived.</summary>
    /// <param name="target">The rule.</param>
    /// <param name="from">When rules begin to run, UTC.</param>
    /// <param name="to">When they end, UTC.</param>
    public IEnumerable<DateTime> Runs(TestTarget target, DateTime from, DateTime to)
    {
        if (target.Schedule is { } schedule)
        {
            for (var at = from + schedule.Frequency.Value; at <= to; at += schedule.Frequency.Value)
            {
                yield return at;
            }

            yield break;
        }

        var arrived = Tables.Where(table => Reads(target, table, raw: true)).SelectMany(table => table.IngestionTimes).Select(Minute).ToHashSet();
        foreach (var minute in arrived.Select(start => start + _minute + _nrtDelay).Where(at => at > from && at <= to).Order())
        {
            yield return minute;
        }
    }

    /// <summary>What a run sees.</summary>
    /// <param name="target">The rule.</param>
    /// <param name="at">When it runs, UTC.</param>
    public EvaluationWorkspace At(TestTarget target, DateTime at)
    {
        if (target.Schedule is not { } schedule)
        {
            // So few rows that parsers are run as they are: a record's second copy is read alone, as by Sentinel.
            var minute = at - _nrtDelay - _minute;
            var arrived = Tables.Select(table => table.Part([.. Enumerable.Range(0, table.Rows.Length).Where(row => Minute(table.IngestionTimes[row]) == minute)]));
            return VisibleRows.At(new(at, [.. arrived], Functions, Watchlists), at, _nrtPeriod);
        }

        var period = schedule.Period.Value;
        var calls = Parsed.Where(rows => target.Query.Analysis.Functions.Contains(rows.Function.Function.Name)).ToImmutableArray();
        var reads = Tables.Where(table => Parsed.IsEmpty || Reads(target, table, raw: false)).ToImmutableArray();
        var raw = VisibleRows.At(new(at, reads, Replaced, Watchlists), at, period);
        return raw with { Tables = [.. raw.Tables, .. Tables.Except(reads), .. calls.Select(rows => rows.At(at, period))] };
    }

    /// <summary>All that has arrived by a moment, however old.</summary>
    /// <param name="at">The moment, UTC.</param>
    public EvaluationWorkspace Whole(DateTime at)
    {
        var raw = VisibleRows.At(new(at, Tables, Replaced, Watchlists), at, period: null);
        return raw with { Tables = [.. raw.Tables, .. Parsed.Select(rows => rows.At(at, at - DateTime.UnixEpoch))] };
    }

    // A rule that calls a parser reads every table that the parser reads.
    private static bool Reads(TestTarget target, EvaluationTable table, bool raw) =>
        target.Query.Analysis.Tables.Contains(table.Name) || (raw && !target.Query.Analysis.Functions.IsEmpty);

    private static DateTime Minute(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);
}
