namespace CopilotSentinelKit.Kql.Evaluate;

/// <summary>The kit's own engine: everything stays on this machine.</summary>
/// <param name="countRows">Whether <see cref="EvaluationResult.Stages"/> is wanted.</param>
/// <param name="limits">What a query may take; null for <see cref="EvaluationLimits.Default"/>.</param>
public sealed class LocalEngine(bool countRows = false, EvaluationLimits? limits = null) : IQueryEngine
{
    /// <inheritdoc/>
    public Task<QueryOutcome> RunAsync(EngineQuery query, EvaluationWorkspace workspace, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var compiled = CompiledQuery.Compile(query.Analysis, workspace, countRows, limits, cancellation);
        if (compiled.Refusal is { } refusal)
        {
            return Task.FromResult(new QueryOutcome(null, new(refusal.Code, refusal.Source, refusal.Start, refusal.Length, refusal.Message, NotRunnable: true)));
        }

        try
        {
            return Task.FromResult(new QueryOutcome(compiled.Run(cancellation), null));
        }
        catch (EvaluationException stopped)
        {
            return Task.FromResult(new QueryOutcome(null, Refusals.Stopped(query.Text, stopped)));
        }
    }
}
