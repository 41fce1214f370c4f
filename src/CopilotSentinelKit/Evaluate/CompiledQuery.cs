using System.Collections.Immutable;
using CopilotSentinelKit.Evaluate.Operators;
using CopilotSentinelKit.Evaluate.Values;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Evaluate;

/// <summary>A query that is ready to run, or why it is not: the entry to the evaluator.</summary>
public sealed class CompiledQuery
{
    private readonly Relation? _relation;
    private readonly StageCounter _stages;

    private CompiledQuery(Relation? relation, StageCounter stages, Refusal? refusal)
    {
        _relation = relation;
        _stages = stages;
        Refusal = refusal;
    }

    /// <summary>Why it is not run; null when it can be.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The columns of the result; empty when it is refused.</summary>
    public ImmutableArray<Column> Columns => _relation is null ? [] : [.. _relation.Schema.Columns.Select(column => new Column(column.Name, column.Type.Name()))];

    /// <summary>Compiles a query. No row is read; whatever the evaluator does not know for certain is a refusal.</summary>
    /// <param name="analysis">What Kusto.Language made of it, with its tree.</param>
    /// <param name="workspace">What it can read.</param>
    /// <param name="countRows">Whether <see cref="EvaluationResult.Stages"/> is wanted.</param>
    public static CompiledQuery Compile(KqlAnalysis analysis, EvaluationWorkspace workspace, bool countRows = false)
    {
        var stages = new StageCounter(countRows);
        try
        {
            var tree = analysis.Tree ?? throw new ArgumentException("The analysis has no tree.", nameof(analysis));
            return new(QueryBlocks.Compile(new(workspace, stages, new(null), "", IsBound: true, 0), tree, analysis), stages, null);
        }
        catch (RefusedException refused)
        {
            return new(null, stages, refused.Refusal);
        }
    }

    /// <summary>Runs it over the workspace's rows.</summary>
    /// <exception cref="InvalidOperationException">It is refused.</exception>
    /// <exception cref="EvaluationException">Kusto would stop with an error, or what it would do is documented nowhere.</exception>
    public EvaluationResult Run()
    {
        var relation = _relation ?? throw new InvalidOperationException($"The query is refused: {Refusal?.Message}");
        _stages.Reset();
        var width = relation.Schema.Columns.Length;
        ImmutableArray<ImmutableArray<Value>> rows = [.. relation.Rows().Select(row => ImmutableArray.Create(row, 0, width))];
        return new(Columns, rows, _stages.Counts);
    }
}

/// <summary>What a query gave.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows; their order means something only after sort, top and the like.</param>
/// <param name="Stages">The rows that left each operator, in the order in which they were compiled; empty unless asked for.</param>
public sealed record EvaluationResult(ImmutableArray<Column> Columns, ImmutableArray<ImmutableArray<Value>> Rows, ImmutableArray<StageCount> Stages);
