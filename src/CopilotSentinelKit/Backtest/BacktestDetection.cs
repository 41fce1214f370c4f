using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Backtest;

/// <summary>How a detection is run.</summary>
internal enum BacktestKind
{
    /// <summary>At its frequency, over what happened in its period.</summary>
    Scheduled,

    /// <summary>Every minute, over what was taken in since the run before.</summary>
    Nrt,

    /// <summary>Once, over the whole time.</summary>
    Hunt,
}

/// <summary>A column that an entity is read from.</summary>
/// <param name="Entity">The entity type and its identifier, such as "Account FullName".</param>
/// <param name="Column">The column of the query's result.</param>
internal sealed record BacktestColumn(string Entity, string Column);

/// <summary>A detection that can be run as of any time.</summary>
/// <param name="Item">The rule or hunt.</param>
/// <param name="Kind">How it is run.</param>
/// <param name="Every">Time between runs.</param>
/// <param name="Window">How far back a run reads.</param>
/// <param name="Script">KQL that declares the function <see cref="BacktestScript.Function"/>.</param>
/// <param name="Columns">Columns with entities.</param>
internal sealed record BacktestDetection(ContentItem Item, BacktestKind Kind, TimeSpan Every, TimeSpan Window, string Script, ImmutableArray<BacktestColumn> Columns)
{
    private const int MostOfScheduled = 150;
    private const int MostOfNrt = 30;

    /// <summary>Where findings point.</summary>
    public SourceSpan Span => Item.Name.Span;

    /// <summary>The times at which it runs, the latest last: the last one at the end, the others at its frequency before.</summary>
    public ImmutableArray<DateTime> Runs(DateTime until, TimeSpan length)
    {
        var runs = new List<DateTime>();
        for (var time = until; time > until - length; time -= Every)
        {
            runs.Add(time);
        }

        runs.Reverse();
        return [.. runs];
    }

    /// <summary>The alerts that a run with so many rows raises: its threshold, one alert a run or a row, and no more than Sentinel makes.</summary>
    public int Alerts(long rows)
    {
        if (Kind == BacktestKind.Hunt)
        {
            return 0;
        }

        var rule = (AnalyticsRule)Item;
        var fires = rule.Trigger switch
        {
            { Operator.Value: TriggerOperator.LessThan } trigger => rows < trigger.Threshold.Value,
            { Operator.Value: TriggerOperator.Equal } trigger => rows == trigger.Threshold.Value,
            { Operator.Value: TriggerOperator.NotEqual } trigger => rows != trigger.Threshold.Value,
            { } trigger => rows > trigger.Threshold.Value,
            null => rows > 0,
        };
        return !fires ? 0
            : rule.EventGrouping?.Value == EventGrouping.AlertPerResult && rows > 0 ? (int)Math.Min(rows, Kind == BacktestKind.Nrt ? MostOfNrt : MostOfScheduled)
            : 1;
    }

    /// <summary>How long it stays silent after a run with an alert.</summary>
    public TimeSpan Suppression => (Item as AnalyticsRule)?.Suppression?.Value ?? TimeSpan.Zero;
}
