
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Aggregates;

/// <summary>count, dcount and their kin.</summary>
internal static class Counting
{
    // Below this a dcount of the default accuracy is exact in the engine.
    private const int ExactDistinct = 1000;

    public static IEnumerable<AggregateFunction> All
    {
        get
        {
            var distinct = new AggregateFunction("dcount(value[, accuracy])", call => Distinct(call, isEstimate: true));
            var exact = new AggregateFunction("count_distinct(value)", call => Distinct(call, isEstimate: false));
            return
            [
                new("count()", _ => Rows()),
                new("countif(predicate)", call =>
                {
                    var predicate = call.Argument(0, KqlType.Bool).Evaluate;
                    return Aggregate.Of(KqlType.Long, () => new Counter(predicate));
                }),
                distinct,
                AggregateFunction.If("dcountif", distinct),
                exact,
                AggregateFunction.If("count_distinctif", exact),
            ];
        }
    }

    /// <summary>The number of rows.</summary>
    public static Aggregate Rows() => Aggregate.Of(KqlType.Long, () => new Counter(null));

    private static Aggregate Distinct(Call call, bool isEstimate)
    {
        if (isEstimate && call.Count > 1)
        {
            call.Known(1, Value.Of(1L));
        }

        var value = call.Argument(0).Evaluate;
        return Aggregate.Of(KqlType.Long, () => new DistinctCounter(value, isEstimate));
    }

    private sealed class Counter(Evaluator? predicate) : SingleAccumulator
    {
        private long _count;

        public override Value Result => Value.Of(_count);

        public override void Add(Value[] row) => _count += predicate is null || predicate(row).IsTrue ? 1 : 0;
    }

    private sealed class DistinctCounter(Evaluator value, bool isEstimate) : SingleAccumulator
    {
        private readonly HashSet<Value> _seen = [];

        public override Value Result => !isEstimate || _seen.Count < ExactDistinct
            ? Value.Of((long)_seen.Count)
            : throw EvaluationException.Of($"dcount() of {_seen.Count} values is an estimate in Kusto. Use count_distinct(), or fewer than {ExactDistinct} different values.");

        public override void Add(Value[] row)
        {
            var found = value(row);
            if (!found.IsNull)
            {
                _seen.Add(found);
            }
        }
    }
}
