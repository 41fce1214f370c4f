using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate;

/// <summary>A query that is ready to run, or why it is not: the entry to the evaluator.</summary>
public sealed class CompiledQuery
{
    private readonly Relation? _relation;
    private readonly StageCounter _stages;
    private readonly Budget _budget;
    private readonly EvaluationException? _stopped;
    private bool _hasRun;

    private CompiledQuery(StageCounter stages, Budget budget, Relation? relation = null, Refusal? refusal = null, EvaluationException? stopped = null)
    {
        _relation = relation;
        _stages = stages;
        _budget = budget;
        _stopped = stopped;
        Refusal = refusal;
    }

    /// <summary>Why it is not run; null when it can be.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The rows to come; null when it is refused or stopped.</summary>
    internal Relation? Relation => _relation;

    /// <summary>The columns of the result; empty when it is refused or stops before they are known.</summary>
    public ImmutableArray<Column> Columns => _relation is null ? [] : [.. _relation.Schema.Columns.Select(column => new Column(column.Name, column.Type.Name()))];

    /// <summary>Compiles a query: whatever the evaluator does not know for certain is a refusal. No row is read, unless the columns themselves come from
    /// rows, as those of bag_unpack and pivot do without a declared schema.</summary>
    /// <param name="analysis">What Kusto.Language made of it, with its tree.</param>
    /// <param name="workspace">What it can read.</param>
    /// <param name="countRows">Whether <see cref="EvaluationResult.Stages"/> is wanted.</param>
    /// <param name="limits">What it may take; null for <see cref="EvaluationLimits.Default"/>.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static CompiledQuery Compile(
        KqlAnalysis analysis, EvaluationWorkspace workspace, bool countRows = false, EvaluationLimits? limits = null, CancellationToken cancellation = default) =>
        Compile(workspace, countRows, limits, context => QueryBlocks.Compile(context, analysis.Tree ?? throw new ArgumentException("The analysis has no tree.", nameof(analysis)), analysis), cancellation);

    /// <summary>Compiles a call of a function, with all of its parameters left out.</summary>
    /// <param name="function">The function, with a body.</param>
    /// <param name="workspace">What it can read.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal static CompiledQuery Compile(EvaluationFunction function, EvaluationWorkspace workspace, CancellationToken cancellation) =>
        Compile(workspace, false, null, context => WorkspaceFunctions.Compile(context, function), cancellation);

    private static CompiledQuery Compile(EvaluationWorkspace workspace, bool countRows, EvaluationLimits? limits, Func<Context, Relation> compile, CancellationToken cancellation)
    {
        var stages = new StageCounter(countRows);
        var budget = new Budget(limits ?? EvaluationLimits.Default);
        budget.Begin(cancellation);
        try
        {
            return new(stages, budget, compile(new(workspace, stages, new(null), "", IsBound: true, 0) { Budget = budget }));
        }
        catch (RefusedException refused)
        {
            return new(stages, budget, refusal: refused.Refusal);
        }
        catch (EvaluationException stopped)
        {
            return new(stages, budget, stopped: stopped);
        }
        catch (OverflowException large)
        {
            return new(stages, budget, stopped: TooLarge(large));
        }
    }

    /// <summary>Runs it over the workspace's rows.</summary>
    /// <exception cref="InvalidOperationException">It is refused.</exception>
    /// <exception cref="EvaluationException">Kusto would stop with an error, what it would do is documented nowhere, or a limit is reached.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public EvaluationResult Run(CancellationToken cancellation = default)
    {
        if (_stopped is not null)
        {
            throw new EvaluationException(_stopped.Message, _stopped);
        }

        var relation = _relation ?? throw new InvalidOperationException($"The query is refused: {Refusal?.Message}");
        if (_hasRun)
        {
            _stages.Reset();
        }

        _hasRun = true;
        _budget.Begin(cancellation);
        var width = relation.Schema.Columns.Length;
        try
        {
            ImmutableArray<ImmutableArray<Value>> rows = [.. relation.Rows().Select(row => ImmutableArray.Create(row, 0, width))];
            return new(Columns, rows, _stages.Counts);
        }
        catch (OverflowException large)
        {
            throw TooLarge(large);
        }
    }

    // Whole numbers wrap around as Kusto's do; only decimals throw.
    private static EvaluationException TooLarge(OverflowException large) =>
        new("A decimal is greater than the evaluator can compute with: it has 28 digits, Kusto's 34.", large);
}

/// <summary>What a query gave.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows; their order means something only after sort, top and the like.</param>
/// <param name="Stages">The rows that left each operator, in the order in which they were compiled; empty unless asked for.</param>
public sealed record EvaluationResult(ImmutableArray<Column> Columns, ImmutableArray<ImmutableArray<Value>> Rows, ImmutableArray<StageCount> Stages);
