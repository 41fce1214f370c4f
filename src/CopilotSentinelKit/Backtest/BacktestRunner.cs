using System.Collections.Concurrent;
using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Backtest;

/// <summary>Runs a plan over a workspace, a few requests at a time: the API takes five of a user at once.</summary>
internal sealed class BacktestRunner(LogAnalytics workspace)
{
    private const int AtOnce = 4;

    /// <summary>Runs everything. A detection whose query the workspace refuses is not asked for again; when nothing can be asked for at all,
    /// the rest is left, and each detection says why.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="progress">Told how many requests are done; may be null.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<ImmutableArray<BacktestOutcome>> RunAsync(BacktestPlan plan, IProgress<CompilerProgress>? progress, CancellationToken cancellation)
    {
        var batches = plan.Batches;
        var replies = new LogAnalyticsReply?[batches.Length];
        var refused = new ConcurrentDictionary<Guid, RemoteFault>();
        RemoteFault? locked = null;
        var done = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, batches.Length),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (index, stop) =>
            {
                var batch = batches[index];
                var known = Volatile.Read(ref locked) ?? refused.GetValueOrDefault(batch.Detection.Item.Guid);
                replies[index] = known is not null ? new(null, known) : await workspace.QueryAsync(BacktestPlan.Query(batch), stop).ConfigureAwait(false);
                if (replies[index] is { Result: null, Fault: { } fault })
                {
                    if (fault.Kind == FaultKind.Access)
                    {
                        Volatile.Write(ref locked, fault);
                    }
                    else if (fault.Kind == FaultKind.Query)
                    {
                        refused.TryAdd(batch.Detection.Item.Guid, fault);
                    }
                }

                progress?.Report(new("Running queries", Interlocked.Increment(ref done), batches.Length));
            }).ConfigureAwait(false);

        var tallies = plan.Detections.ToDictionary(detection => detection.Item.Guid, detection => new BacktestTally(detection, detection.Runs(plan.Until, plan.Length)));
        for (var i = 0; i < batches.Length; i++)
        {
            Add(tallies[batches[i].Detection.Item.Guid], batches[i], replies[i]!);
        }

        return
        [
            .. plan.Detections.Select(detection => tallies[detection.Item.Guid].Result()),
            .. plan.Findings.Select(entry => new BacktestOutcome(entry.Item, null, 0, [], [], [(entry.Finding, 0)])),
        ];
    }

    private static void Add(BacktestTally tally, BacktestBatch batch, LogAnalyticsReply reply)
    {
        var fault = reply.Fault;
        if (reply.Result is { } result)
        {
            if (Rows(result, batch) is { } rows)
            {
                tally.Add(batch.Runs, rows);
            }
            else
            {
                fault = RemoteTable.Garbage("the workspace", "it has other columns than it was asked for");
            }
        }

        if (fault is not null)
        {
            tally.Add(fault.At(batch.Detection.Span), batch.Runs.Length);
        }
    }

    private static List<(DateTime Run, long Rows, ImmutableArray<string> Values)>? Rows(EvaluationResult result, BacktestBatch batch)
    {
        var places = result.Columns.Select((column, place) => (column, place)).ToDictionary(pair => $"{pair.column.Name}:{pair.column.Type}", pair => pair.place, StringComparer.Ordinal);
        var values = batch.Detection.Columns.Select((_, i) => places.GetValueOrDefault(FormattableString.Invariant($"Csk{i}:string"), -1)).ToArray();
        if (!places.TryGetValue("CskRun:datetime", out var run) || !places.TryGetValue("CskRows:long", out var rows) || values.Contains(-1))
        {
            return null;
        }

        return [.. result.Rows.Where(row => !row[run].IsNull).Select(row => (new DateTime(row[run].Bits, DateTimeKind.Utc), row[rows].Bits, values.Select(place => row[place].Text).ToImmutableArray()))];
    }
}
