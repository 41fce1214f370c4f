
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Aggregates;

/// <summary>covariance and its kin. Rows with a null do not count.</summary>
internal static class Covariances
{
    public static IEnumerable<AggregateFunction> All
    {
        get
        {
            var sample = new AggregateFunction("covariance(number, number)", call => Compile(call, 0, isSample: true));
            var population = new AggregateFunction("covariancep(number, number)", call => Compile(call, 0, isSample: false));
            return
            [
                sample, population,
                new("covarianceif(number, number, predicate)", call => Compile(call, 2, isSample: true)),
                new("covariancepif(number, number, predicate)", call => Compile(call, 2, isSample: false)),
            ];
        }
    }

    private static Aggregate Compile(Call call, int predicate, bool isSample)
    {
        var (left, right) = (call.Argument(0), call.Argument(1));
        if (!left.Type.IsNumber() || !right.Type.IsNumber())
        {
            throw call.Refuse("an argument that is no number");
        }

        var condition = predicate > 0 ? call.Argument(predicate, KqlType.Bool).Evaluate : null;
        return Aggregate.Of(KqlType.Real, () => condition is null
            ? new Moments(left.Evaluate, right.Evaluate, isSample)
            : new ConditionalAccumulator(condition, new Moments(left.Evaluate, right.Evaluate, isSample)));
    }

    private sealed class Moments(Evaluator left, Evaluator right, bool isSample) : SingleAccumulator
    {
        private long _count;
        private double _leftMean;
        private double _rightMean;
        private double _products;

        public override Value Result => _count > 1
            ? Value.Of(_products / (isSample ? _count - 1 : _count))
            : throw EvaluationException.Of("What covariance() gives for fewer than two rows is not documented.");

        public override void Add(Value[] row)
        {
            var (a, b) = (left(row), right(row));
            if (a.IsNull || b.IsNull)
            {
                return;
            }

            var (x, y) = (ValueOrder.AsReal(a), ValueOrder.AsReal(b));
            var distance = x - _leftMean;
            _leftMean += distance / ++_count;
            _rightMean += (y - _rightMean) / _count;
            _products += distance * (y - _rightMean);
        }
    }
}
