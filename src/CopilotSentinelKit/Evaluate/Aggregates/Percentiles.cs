using CopilotSentinelKit.Evaluate.Expressions;
using CopilotSentinelKit.Evaluate.Functions;
using CopilotSentinelKit.Evaluate.Operators;
using CopilotSentinelKit.Evaluate.Values;

namespace CopilotSentinelKit.Evaluate.Aggregates;

/// <summary>percentile and percentiles: by nearest rank, which the engine estimates the better the fewer values there are.</summary>
internal static class Percentiles
{
    public static IEnumerable<AggregateFunction> All =>
    [
        new("percentile(value, percentile)", call => Compile(call, [call.Known(1, default)])),
        new("percentiles(value, percentile ...)", call => Compile(call, [.. Enumerable.Range(1, call.Count - 1).Select(i => call.Known(i, default))])),
        new("percentiles_array(value, percentile ...)", CompileArray),
    ];

    private static Aggregate Compile(Call call, Value[] ranks)
    {
        var value = call.Argument(0);
        var name = ColumnNames.Of(call.Arguments[0]);
        return new(
            [.. ranks.Select(rank => ((string?)$"percentile_{name}_{ValueText.Of(rank).Replace('.', '_')}", value.Type))],
            () => new Ranks(value.Evaluate, Array.ConvertAll(ranks, rank => ValueOrder.AsReal(rank))));
    }

    private static Aggregate CompileArray(Call call)
    {
        var value = call.Argument(0);
        double[] ranks = [.. Enumerable.Range(1, call.Count - 1).Select(i => call.Known(i, default)).SelectMany(rank => rank.AsArray?.Items.AsEnumerable() ?? [rank]).Select(rank => ValueOrder.AsReal(rank))];
        return new([($"percentiles_{ColumnNames.Of(call.Arguments[0])}", KqlType.Dynamic)], () => new RankArray(value.Evaluate, ranks));
    }

    private class Ranks(Evaluator value, double[] ranks) : Accumulator
    {
        private readonly List<Value> _values = [];

        public override void Add(Value[] row)
        {
            var found = value(row);
            if (!found.IsNull)
            {
                _values.Add(found);
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
            _values.Sort((left, right) => ValueOrder.Compare(left, right));
            return ranks.Select(rank => _values.Count == 0 ? Value.Null : _values[Math.Clamp((int)Math.Ceiling(rank / 100 * _values.Count) - 1, 0, _values.Count - 1)]);
        }
    }

    private sealed class RankArray(Evaluator value, double[] ranks) : Ranks(value, ranks)
    {
        public override void Write(Value[] row, int place) => row[place] = Value.Of(new DynamicArray([.. Results()]));
    }
}
