
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Aggregates;

/// <summary>percentile and percentiles: by nearest rank, which the engine estimates the better the fewer values there are.</summary>
internal static class Percentiles
{
    public static IEnumerable<AggregateFunction> All =>
    [
        new("percentile(value, percentile)", Compile),
        new("percentiles(value, percentile ...)", Compile),
        new("percentiles_array(value, percentile ... | percentiles)", CompileArray),
        Weighted("percentilew(value, weight, percentile)", Compile), Weighted("percentilesw(value, weight, percentile ...)", Compile),
        Weighted("percentilesw_array(value, weight, percentile ... | percentiles)", CompileArray),
    ];

    // A value counts as often as its weight says.
    private static AggregateFunction Weighted(string signature, Func<Call, Evaluator?, Aggregate> compile) => new(signature, call =>
        compile(call with { Arguments = [call.Arguments[0], .. call.Arguments.Skip(2)] }, call.Argument(1, KqlType.Long).Evaluate));

    private static Aggregate Compile(Call call) => Compile(call, null);

    private static Aggregate CompileArray(Call call) => CompileArray(call, null);

    private static Aggregate Compile(Call call, Evaluator? weight)
    {
        Value[] ranks = [.. Enumerable.Range(1, call.Count - 1).Select(i => call.Known(i, default))];
        var value = call.Argument(0) is { Type: KqlType.Int } small ? small.As(KqlType.Long) : call.Argument(0);
        var name = ColumnNames.Of(call.Arguments[0]);

        // Only a value that Kusto.Language knows becomes part of the name, not that of a parameter.
        return new(
            [.. ranks.Select((rank, i) => ((string?)$"percentile_{name}_{(call.Arguments[i + 1].Value is not null ? ValueText.Of(rank).Replace('.', '_') : "")}", value.Type))],
            () => new Ranks(value.Evaluate, weight, Array.ConvertAll(ranks, rank => ValueOrder.AsReal(rank))));
    }

    private static Aggregate CompileArray(Call call, Evaluator? weight)
    {
        var value = call.Argument(0);
        double[] ranks = [.. Enumerable.Range(1, call.Count - 1).Select(i => call.Known(i, default)).SelectMany(rank => rank.AsArray?.Items.AsEnumerable() ?? [rank]).Select(rank => ValueOrder.AsReal(rank))];
        return new([($"percentiles_{ColumnNames.Of(call.Arguments[0])}", KqlType.Dynamic)], () => new RankArray(value.Evaluate, weight, ranks));
    }

    private class Ranks(Evaluator value, Evaluator? weight, double[] ranks) : Accumulator
    {
        private readonly List<(Value Value, long Weight)> _values = [];
        private long _total;

        public override void Add(Value[] row)
        {
            var found = value(row);
            var times = weight is null ? 1 : weight(row).Bits;
            if (!found.IsNull && times > 0)
            {
                _values.Add((found, times));
                _total += times;
            }
        }

        public override void Write(Value[] row, int place)
        {
            foreach (var found in Results())
            {
                row[place++] = found;
            }
        }

        protected IEnumerable<Value> Results()
        {
            _values.Sort((left, right) => ValueOrder.Compare(left.Value, right.Value));
            return ranks.Select(rank => _values.Count == 0 ? Value.Null : At(Math.Clamp((long)Math.Ceiling(rank / 100 * _total), 1, _total)));
        }

        private Value At(long rank)
        {
            var place = 0;
            if (weight is null)
            {
                return _values[(int)rank - 1].Value;
            }

            for (var before = _values[0].Weight; before < rank; before += _values[place].Weight)
            {
                place++;
            }

            return _values[place].Value;
        }
    }

    private sealed class RankArray(Evaluator value, Evaluator? weight, double[] ranks) : Ranks(value, weight, ranks)
    {
        public override void Write(Value[] row, int place) => row[place] = Value.Of(new DynamicArray([.. Results()]));
    }
}
