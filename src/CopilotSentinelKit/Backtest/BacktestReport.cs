using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Backtest;

/// <summary>What the runs of a day gave.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Runs">Runs with a result.</param>
/// <param name="Rows">Rows of all of them.</param>
/// <param name="Alerts">Alerts that they would have raised.</param>
internal sealed record BacktestDay(DateOnly Day, int Runs, long Rows, int Alerts);

/// <summary>The values of an entity's column that most rows have.</summary>
/// <param name="Column">The column.</param>
/// <param name="Values">Values and rows, the most rows first.</param>
internal sealed record BacktestEntity(BacktestColumn Column, ImmutableArray<(string Value, long Rows)> Values);

/// <summary>What became of a detection.</summary>
/// <param name="Item">The rule or hunt.</param>
/// <param name="Kind">How it is run; null when it cannot be.</param>
/// <param name="Runs">Runs that were planned.</param>
/// <param name="Days">The days of the runs that have a result.</param>
/// <param name="Entities">The noisiest entities.</param>
/// <param name="Faults">What went wrong, and for how many runs.</param>
internal sealed record BacktestOutcome(
    ContentItem Item, BacktestKind? Kind, int Runs, ImmutableArray<BacktestDay> Days, ImmutableArray<BacktestEntity> Entities, ImmutableArray<(Finding Finding, int Runs)> Faults)
{
    /// <summary>Rows of all runs.</summary>
    public long Rows => Days.Sum(day => day.Rows);

    /// <summary>Alerts of all runs.</summary>
    public int Alerts => Days.Sum(day => day.Alerts);
}

/// <summary>Puts the results of a detection's requests together.</summary>
/// <param name="detection">The detection.</param>
/// <param name="planned">Its runs.</param>
internal sealed class BacktestTally(BacktestDetection detection, ImmutableArray<DateTime> planned)
{
    private const int Shown = 5;
    private readonly SortedDictionary<DateTime, long> _runs = [];
    private readonly Dictionary<string, long>[] _values = [.. detection.Columns.Select(_ => new Dictionary<string, long>(StringComparer.Ordinal))];
    private readonly Dictionary<(string Code, string Message), (Finding Finding, int Runs)> _faults = [];

    /// <summary>Adds a fault that took so many runs.</summary>
    public void Add(Finding finding, int runs)
    {
        var key = (finding.Code, finding.Message);
        _faults[key] = (finding, _faults.GetValueOrDefault(key).Runs + runs);
    }

    /// <summary>Adds the rows of a request; runs without rows count as well.</summary>
    public void Add(IEnumerable<DateTime> runs, IEnumerable<(DateTime Run, long Rows, ImmutableArray<string> Values)> rows)
    {
        foreach (var run in runs)
        {
            _runs.TryAdd(run, 0);
        }

        foreach (var row in rows)
        {
            _runs[row.Run] = _runs.GetValueOrDefault(row.Run) + row.Rows;
            foreach (var (counts, value) in _values.Zip(row.Values).Where(pair => pair.Second.Length > 0))
            {
                counts[value] = counts.GetValueOrDefault(value) + row.Rows;
            }
        }
    }

    /// <summary>The outcome.</summary>
    public BacktestOutcome Result()
    {
        var silentUntil = DateTime.MinValue;
        var alerts = new Dictionary<DateTime, int>();
        foreach (var (run, rows) in _runs)
        {
            // A suppressed rule does not run at all.
            alerts[run] = run < silentUntil ? 0 : detection.Alerts(rows);
            silentUntil = alerts[run] > 0 ? run + detection.Suppression : silentUntil;
        }

        return new(
            detection.Item,
            detection.Kind,
            planned.Length,
            [.. _runs.GroupBy(run => DateOnly.FromDateTime(run.Key)).Select(day => new BacktestDay(day.Key, day.Count(), day.Sum(run => run.Value), day.Sum(run => alerts[run.Key])))],
            [
                .. detection.Columns.Zip(_values, (column, counts) => new BacktestEntity(
                    column, [.. counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Take(Shown).Select(count => (count.Key, count.Value))]))
                    .Where(entity => !entity.Values.IsEmpty),
            ],
            [.. _faults.Values]);
    }
}
