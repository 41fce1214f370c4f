using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate;

/// <summary>A table and its rows.</summary>
/// <param name="Name">Its name; of a watchlist its alias.</param>
/// <param name="Columns">Its columns, with their Kusto types.</param>
/// <param name="Rows">The rows, a value a column; null in a string column counts as the empty text.</param>
/// <param name="IngestionTimes">What ingestion_time() gives for each row; empty when it is to be null.</param>
public sealed record EvaluationTable(
    string Name, ImmutableArray<Column> Columns, ImmutableArray<ImmutableArray<Value>> Rows, ImmutableArray<DateTime> IngestionTimes = default)
{
    /// <summary>The table with some of its rows, which are not put into the evaluator's form again.</summary>
    /// <param name="places">Places of the rows.</param>
    public EvaluationTable Part(ImmutableArray<int> places) => Operators.WorkspaceTables.Part(this, places);
}

/// <summary>A function of the workspace, such as a parser.</summary>
/// <param name="Function">What it takes and returns.</param>
/// <param name="Body">Its body, analysed with its parameters bound and with its tree.</param>
/// <param name="Text">The KQL of its body.</param>
public sealed record EvaluationFunction(KqlFunction Function, KqlAnalysis Body, string Text = "")
{
    /// <summary>What a call returns where that is known already, by the arguments that it gives and not those it leaves out; null runs the body. A replay
    /// asks one parser thousands of times about the same rows.</summary>
    internal Func<ImmutableDictionary<string, Value>, EvaluationTable?>? Known { get; init; }
}

/// <summary>All that a query can read; there is nothing else: no clock, no files, no chance.</summary>
/// <param name="Now">What now() gives, UTC.</param>
/// <param name="Tables">The tables; a query of another is refused, unless it is optional in a fuzzy union.</param>
/// <param name="Functions">The functions.</param>
/// <param name="Watchlists">What _GetWatchlist returns, by alias; SearchKey included.</param>
/// <param name="External">What externaldata reads, by the address that the query names.</param>
public sealed record EvaluationWorkspace(
    DateTime Now,
    ImmutableArray<EvaluationTable> Tables,
    ImmutableArray<EvaluationFunction> Functions,
    ImmutableArray<EvaluationTable> Watchlists,
    ImmutableArray<EvaluationTable> External = default);
