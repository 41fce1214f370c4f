
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Aggregates;

/// <summary>sum, avg, variance and their kin. Nulls do not count.</summary>
internal static class Numeric
{
    public static IEnumerable<AggregateFunction> All
    {
        get
        {
            var sum = new AggregateFunction("sum(number)", Sum);
            var average = new AggregateFunction("avg(number)", Average);
            var variance = Spread("variance(number)", moments => moments.Variance(sample: true));
            var deviation = Spread("stdev(number)", moments => Math.Sqrt(moments.Variance(sample: true)));
            return
            [
                sum,
                AggregateFunction.If("sumif", sum),
                average,
                AggregateFunction.If("avgif", average),
                variance,
                AggregateFunction.If("varianceif", variance),
                Spread("variancep(number)", moments => moments.Variance(sample: false)),
                AggregateFunction.If("variancepif", Spread("variancep(number)", moments => moments.Variance(sample: false))),
                deviation,
                AggregateFunction.If("stdevif", deviation),
                Spread("stdevp(number)", moments => Math.Sqrt(moments.Variance(sample: false))),
                Binary("binary_all_and(integer)", -1, (a, b) => a & b),
                Binary("binary_all_or(integer)", 0, (a, b) => a | b),
                Binary("binary_all_xor(integer)", 0, (a, b) => a ^ b),
            ];
        }
    }

    private static Aggregate Sum(Call call)
    {
        var value = call.Argument(0);
        var evaluate = value.Evaluate;
        return value.Type switch
        {
            KqlType.Int or KqlType.Long => Aggregate.Of(KqlType.Long, () => new WholeSum(evaluate, isTime: false)),
            KqlType.Timespan => Aggregate.Of(KqlType.Timespan, () => new WholeSum(evaluate, isTime: true)),
            KqlType.Real => Aggregate.Of(KqlType.Real, () => new RealSum(evaluate)),
            KqlType.Decimal => Aggregate.Of(KqlType.Decimal, () => new DecimalSum(evaluate)),
            _ => throw call.Refuse($"a {value.Type.Name()} as the argument"),
        };
    }

    private static Aggregate Average(Call call)
    {
        var value = call.Argument(0);
        var evaluate = value.Evaluate;
        return value.Type switch
        {
            KqlType.Timespan or KqlType.DateTime => Aggregate.Of(value.Type, () => new TimeAverage(evaluate, value.Type)),
            KqlType.Int or KqlType.Long => Aggregate.Of(KqlType.Real, () => new WholeAverage(evaluate)),
            KqlType.Real => Aggregate.Of(KqlType.Real, () => new RealAverage(evaluate)),
            KqlType.Decimal => Aggregate.Of(KqlType.Decimal, () => new DecimalAverage(evaluate)),
            _ => throw call.Refuse($"a {value.Type.Name()} as the argument"),
        };
    }

    private static AggregateFunction Spread(string signature, Func<Moments, double> result) => new(signature, call =>
    {
        var value = call.Argument(0);
        return value.Type.IsNumber() ? Aggregate.Of(KqlType.Real, () => new Moments(value.Evaluate, result)) : throw call.Refuse($"a {value.Type.Name()} as the argument");
    });

    private static AggregateFunction Binary(string signature, long start, Func<long, long, long> combine) => new(signature, call =>
    {
        var value = call.Argument(0, KqlType.Long).Evaluate;
        return Aggregate.Of(KqlType.Long, () => new Bits(value, start, combine));
    });

    private sealed class WholeSum(Evaluator value, bool isTime) : SingleAccumulator
    {
        private long _sum;

        public override Value Result => isTime ? Value.OfTimespan(_sum) : Value.Of(_sum);

        public override void Add(Value[] row) => _sum = unchecked(_sum + value(row).Bits);
    }

    private sealed class RealSum(Evaluator value) : SingleAccumulator
    {
        private double _sum;

        public override Value Result => Value.Of(_sum);

        public override void Add(Value[] row)
        {
            var found = value(row);
            _sum += found.IsNull ? 0 : found.Number;
        }
    }

    private sealed class DecimalSum(Evaluator value) : SingleAccumulator
    {
        private decimal _sum;

        public override Value Result => Value.Of(_sum);

        public override void Add(Value[] row)
        {
            var found = value(row);
            _sum += found.IsNull ? 0 : found.AsDecimal;
        }
    }

    // The sum wraps around like that of sum().
    private sealed class WholeAverage(Evaluator value) : SingleAccumulator
    {
        private long _sum;
        private long _count;

        public override Value Result => Value.Of((double)_sum / _count);

        public override void Add(Value[] row)
        {
            var found = value(row);
            _sum = unchecked(_sum + found.Bits);
            _count += found.IsNull ? 0 : 1;
        }
    }

    private sealed class DecimalAverage(Evaluator value) : SingleAccumulator
    {
        private decimal _sum;
        private long _count;

        public override Value Result => _count == 0 ? Value.Null : Value.Of(_sum / _count);

        public override void Add(Value[] row)
        {
            var found = value(row);
            _sum += found.IsNull ? 0 : found.AsDecimal;
            _count += found.IsNull ? 0 : 1;
        }
    }

    private sealed class RealAverage(Evaluator value) : SingleAccumulator
    {
        private double _sum;
        private long _count;

        public override Value Result => Value.Of(_sum / _count);

        public override void Add(Value[] row)
        {
            var found = value(row);
            if (!found.IsNull)
            {
                _sum += ValueOrder.AsReal(found);
                _count++;
            }
        }
    }

    private sealed class TimeAverage(Evaluator value, KqlType type) : SingleAccumulator
    {
        private Int128 _sum;
        private long _count;

        public override Value Result => _count == 0 ? Value.Null
            : type == KqlType.DateTime ? Value.OfDateTime((long)(_sum / _count))
            : Value.OfTimespan((long)(_sum / _count));

        public override void Add(Value[] row)
        {
            var found = value(row);
            if (!found.IsNull)
            {
                _sum += found.Bits;
                _count++;
            }
        }
    }

    /// <summary>Mean and squared distances, kept as Welford does, so that large numbers do not lose their differences.</summary>
    private sealed class Moments(Evaluator value, Func<Moments, double> result) : SingleAccumulator
    {
        private long _count;
        private double _mean;
        private double _squares;

        public override Value Result => Value.Of(result(this));

        public double Variance(bool sample) => _count < 2 ? 0 : _squares / (sample ? _count - 1 : _count);

        public override void Add(Value[] row)
        {
            var found = value(row);
            if (!found.IsNull)
            {
                var number = ValueOrder.AsReal(found);
                var distance = number - _mean;
                _mean += distance / ++_count;
                _squares += distance * (number - _mean);
            }
        }
    }

    private sealed class Bits(Evaluator value, long start, Func<long, long, long> combine) : SingleAccumulator
    {
        private long _bits = start;
        private bool _isAny;

        public override Value Result => _isAny ? Value.Of(_bits) : Value.Null;

        public override void Add(Value[] row)
        {
            var found = value(row);
            if (!found.IsNull)
            {
                _bits = combine(_bits, found.Bits);
                _isAny = true;
            }
        }
    }
}
