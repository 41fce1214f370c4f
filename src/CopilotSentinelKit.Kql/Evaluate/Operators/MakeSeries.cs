using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>make-series: for each group an array of values at regular places of an axis; the end is not among them.</summary>
internal static class MakeSeries
{
    private const int Longest = 1048576;

    public static Relation Compile(Context context, SyntaxNode node, Relation input)
    {
        var range = node["RangeClause"]!;
        var isNonEmpty = node.Word("kind", "") == "nonempty";
        var (fromClause, toClause) = (range["MakeSeriesFromClause"], range["MakeSeriesToClause"]);
        if (range["MakeSeriesStepClause"] is null || (node.Word("kind", "") != "" && !isNonEmpty) || (isNonEmpty && (fromClause is null || toClause is null || node["ByClause"] is not null)))
        {
            throw context.UnknownForm(node, "make-series in range(), or with kind=nonempty and by or without from and to");
        }

        var row = new Row(input.Schema);
        var axisNode = node["OnClause"]!["Expression"]!;
        var axis = ScalarCompiler.Compile(context, axisNode, row);
        var from = fromClause is null ? null : ScalarCompiler.CompileConstant(context, fromClause["Expression"]!, "the start of make-series").As(axis.Type);
        var to = toClause is null ? null : ScalarCompiler.CompileConstant(context, toClause["Expression"]!, "the end of make-series").As(axis.Type);
        var step = ScalarCompiler.CompileConstant(context, range["MakeSeriesStepClause"]!["Expression"]!, "the step of make-series");
        if (axis.Type is not (KqlType.DateTime or KqlType.Timespan or KqlType.Long or KqlType.Int) || step.Type is KqlType.Real)
        {
            throw context.UnknownForm(node, $"make-series on a {axis.Type.Name()} by steps of {step.Type.Name()}");
        }

        var keys = ColumnItems.Compile(context, node["ByClause"]?.Items("Expressions") ?? [], row);
        var calls = new AggregateCalls(context, row, [], keys.Length + 1);
        var items = node.Items("Aggregates").ToList();
        var series = items.Select(item => calls.Compile([item["Expression"]!]).Single()).ToArray();
        var defaults = items.Select((item, i) => item["DefaultExpression"] is { } clause
            ? ScalarCompiler.CompileConstant(context, clause["Expression"]!, "the default of make-series").As(KqlType.Dynamic)
            : Expression.Constant(KqlType.Dynamic, series[i].Value.Type == KqlType.Real ? Value.Of(0d) : Value.Of(0L))).ToArray();
        var names = new ColumnNames();
        var schema = new Schema(
        [
            .. keys.Select(key => new SchemaColumn(names.Add(key.Name), key.Value.Type)),
            .. series.Select(item => new SchemaColumn(names.Add(item.Name), KqlType.Dynamic)),
            new(names.Add(ColumnNames.Of(axisNode)), KqlType.Dynamic),
        ]);
        var reads = row.Reads;
        return new(schema, () => Rows(input.Read(reads), new(axis.Type, axis.Evaluate, from?.Value.Bound(), to?.Value.Bound(), step.Value.Bound()), keys, calls, series, defaults, isNonEmpty));
    }

    private static IEnumerable<Value[]> Rows(
        IEnumerable<Value[]> rows, Axis axis, ImmutableArray<ColumnItem> keys, AggregateCalls calls, ColumnItem[] series, Expression[] defaults, bool isNonEmpty)
    {
        var bins = new Grouping([.. keys.Select(key => key.Value.Evaluate), row => Value.Of(axis.BinOf(row))], calls);
        var groups = bins.Read(rows.Where(axis.IsInside)).GroupBy(row => row[..keys.Length], RowComparer.Instance).Select(group => (group.Key, Bins: group.ToDictionary(row => row[keys.Length].Bits))).ToList();
        if (isNonEmpty && groups.Count == 0)
        {
            groups.Add(([], []));
        }

        foreach (var (key, byBin) in groups)
        {
            long[] places = [.. axis.Places(byBin.Keys)];
            yield return
            [
                .. key,
                .. series.Select((item, i) => Value.Of(new DynamicArray([.. places.Select(bin =>
                    byBin.TryGetValue(bin, out var row) ? item.Value.As(KqlType.Dynamic).Evaluate(row) : defaults[i].Value)]))),
                Value.Of(new DynamicArray([.. places.Select(axis.At)])),
            ];
        }
    }

    private static long Bound(this Value value) => value.IsNull ? throw EvaluationException.Of("A start, end or step of make-series is null.") : value.Bits;

    /// <summary>The places, counted by steps from the start; without a start from zero, so that a series begins with its first bin that has rows.</summary>
    private sealed class Axis(KqlType type, Evaluator evaluate, long? from, long? to, long step)
    {
        private readonly long _origin = step > 0 ? from ?? 0 : throw EvaluationException.Of("make-series needs a positive step.");

        public bool IsInside(Value[] row) => evaluate(row) is { IsNull: false } value && !(value.Bits < from) && !(value.Bits >= to);

        public long BinOf(Value[] row) => Floor(evaluate(row).Bits - _origin);

        /// <summary>The places of one series, of which some have rows.</summary>
        public IEnumerable<long> Places(IReadOnlyCollection<long> bins)
        {
            var first = from is null ? bins.Min() : 0;
            var last = to is { } end ? Floor(end - 1 - _origin) : bins.Max();
            return last - first < Longest
                ? Enumerable.Range(0, (int)Math.Max(0, last - first + 1)).Select(i => first + i)
                : throw EvaluationException.Of("make-series gives at most 1,048,576 places.");
        }

        public Value At(long bin) => type switch
        {
            KqlType.DateTime => Value.OfDateTime(_origin + (bin * step)),
            KqlType.Timespan => Value.OfTimespan(_origin + (bin * step)),
            _ => Value.Of(_origin + (bin * step)),
        };

        private long Floor(long distance) => (distance / step) - (distance % step < 0 ? 1 : 0);
    }
}
