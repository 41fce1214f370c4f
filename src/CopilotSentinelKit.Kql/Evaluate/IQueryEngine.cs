
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Kql.Evaluate;

/// <summary>What runs a query over given tables: the kit's own evaluator, or a Kusto endpoint.</summary>
public interface IQueryEngine
{
    /// <summary>Runs a query. What it cannot run, or what stops with an error, is an outcome and no exception.</summary>
    /// <param name="query">The query.</param>
    /// <param name="workspace">All that it can read, and what now() gives.</param>
    /// <param name="cancellation">Stops the work.</param>
    Task<QueryOutcome> RunAsync(EngineQuery query, EvaluationWorkspace workspace, CancellationToken cancellation);
}

/// <summary>A query for an engine.</summary>
/// <param name="Text">The KQL.</param>
/// <param name="Analysis">What Kusto.Language made of it, with its tree.</param>
public sealed record EngineQuery(string Text, KqlAnalysis Analysis);

/// <summary>What became of a query: a result, or why there is none.</summary>
/// <param name="Result">What it gave; null when it was not run or stopped.</param>
/// <param name="Problem">Why there is no result; null when there is one.</param>
public sealed record QueryOutcome(EvaluationResult? Result, QueryProblem? Problem);

/// <summary>Why a query gave no result.</summary>
/// <param name="Code">CSK10xx of the evaluator, CSK11xx of an endpoint.</param>
/// <param name="Source">The function whose body it is in; empty in the query itself.</param>
/// <param name="Start">Offset in that KQL.</param>
/// <param name="Length">Length in that KQL.</param>
/// <param name="Message">What is wrong, as a full sentence.</param>
/// <param name="NotRunnable">Whether the engine does not know how to run it, so that a test of it says nothing; else it ran and stopped.</param>
public sealed record QueryProblem(string Code, string Source, int Start, int Length, string Message, bool NotRunnable)
{
    /// <summary>The same as a finding at a place of a file.</summary>
    internal Finding At(SourceSpan span) => Finding.Error(Code, span, Message);
}
