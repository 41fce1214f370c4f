using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;

namespace CopilotSentinelKit.Testing;

/// <summary>The runs that a replay makes. All of a long period would be thousands; an alert can be missed or doubled only where a record arrives,
/// stays for a while, or leaves the period, so those runs are made.</summary>
internal static class ReplayTimes
{
    private const int RunsAround = 6;
    private const int RunsBetween = 8;
    private const int MostLeaving = 24;

    /// <param name="schedule">The rule's schedule.</param>
    /// <param name="start">A moment at which a run is made; runs are a frequency apart.</param>
    /// <param name="late">The records and their arrival.</param>
    public static ImmutableArray<DateTime> Of(Schedule schedule, DateTime start, EvaluationWorkspace late)
    {
        var frequency = schedule.Frequency.Value;
        var period = schedule.Period.Value;
        var arrivals = late.Tables.SelectMany(table => table.IngestionTimes).Where(time => time >= late.Now - frequency - frequency).ToList();
        var end = arrivals.DefaultIfEmpty(start).Max();
        var runs = new SortedSet<long>();

        // What arrived long before the clock is history: runs over it are none of this test's.
        Add((late.Now - frequency, (int)((end - late.Now) / frequency) + RunsAround));
        foreach (var between in Enumerable.Range(1, RunsBetween))
        {
            Add((end + (period * between / RunsBetween), 1));
        }

        foreach (var leaving in arrivals.OrderDescending().Take(MostLeaving))
        {
            Add((leaving + period - frequency, 3));
        }

        return [.. runs.Select(run => start + (run * frequency))];

        void Add((DateTime From, int Count) part)
        {
            var first = (long)Math.Ceiling((part.From - start) / frequency);
            for (var run = 0; run < part.Count; run++)
            {
                runs.Add(first + run);
            }
        }
    }
}
