
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Aggregates;

/// <summary>Gathers the rows of one group.</summary>
internal abstract class Accumulator
{
    /// <summary>Takes a row of the group.</summary>
    public abstract void Add(Value[] row);

    /// <summary>Writes its results, a column each, from a place on.</summary>
    public abstract void Write(Value[] row, int place);
}

/// <summary>An accumulator with one result.</summary>
internal abstract class SingleAccumulator : Accumulator
{
    /// <summary>What the rows so far amount to.</summary>
    public abstract Value Result { get; }

    /// <inheritdoc/>
    public override void Write(Value[] row, int place) => row[place] = Result;
}

/// <summary>Lets through the rows for which a predicate is true.</summary>
internal sealed class ConditionalAccumulator(Evaluator predicate, Accumulator inner) : Accumulator
{
    public override void Add(Value[] row)
    {
        if (predicate(row).IsTrue)
        {
            inner.Add(row);
        }
    }

    public override void Write(Value[] row, int place) => inner.Write(row, place);
}
