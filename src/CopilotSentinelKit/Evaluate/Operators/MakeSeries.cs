using System.Collections.Immutable;
using CopilotSentinelKit.Evaluate.Expressions;
using CopilotSentinelKit.Evaluate.Values;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Evaluate.Operators;

/// <summary>make-series: for each group an array of values at regular places of an axis; the end is not among them.</summary>
internal static class MakeSeries
{
    private const int Longest = 1048576;

    public static Relation Compile(Context context, SyntaxNode node, Relation input)
    {
        var range = node["RangeClause"]!;
        if (range["MakeSeriesFromClause"] is not { } fromClause || range["MakeSeriesToClause"] is not { } toClause || node.Word("kind", "") != "")
        {
            throw context.UnknownForm(node, "make-series without from, to and step, or with kind=");
        }

        var row = new Row(input.Schema);
        var axisNode = node["OnClause"]!["Expression"]!;
        var axis = ScalarCompiler.Compile(context, axisNode, row);
        var from = ScalarCompiler.CompileConstant(context, fromClause["Expression"]!, "the start of make-series").As(axis.Type);
        var to = ScalarCompiler.CompileConstant(context, toClause["Expression"]!, "the end of make-series").As(axis.Type);
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
        return new(schema, () => Rows(input.Rows(), new(axis.Type, axis.Evaluate, from.Value, to.Value, step.Value), keys, calls, series, defaults));
    }

    private static IEnumerable<Value[]> Rows(
        IEnumerable<Value[]> rows, Axis axis, ImmutableArray<ColumnItem> keys, AggregateCalls calls, ColumnItem[] series, Expression[] defaults)
    {
        var bins = new Grouping([.. keys.Select(key => key.Value.Evaluate), row => Value.Of(axis.BinOf(row))], calls);
        foreach (var group in bins.Read(rows.Where(axis.IsInside)).GroupBy(row => row[..keys.Length], RowComparer.Instance))
        {
            var byBin = group.ToDictionary(row => row[keys.Length].Bits);
            yield return
            [
                .. group.Key,
                .. series.Select((item, i) => Value.Of(new DynamicArray([.. Enumerable.Range(0, axis.Count).Select(bin =>
                    byBin.TryGetValue(bin, out var row) ? item.Value.As(KqlType.Dynamic).Evaluate(row) : defaults[i].Value)]))),
                Value.Of(new DynamicArray([.. Enumerable.Range(0, axis.Count).Select(axis.At)])),
            ];
        }
    }

    private sealed class Axis(KqlType type, Evaluator evaluate, Value from, Value to, Value step)
    {
        public int Count { get; } = step.Bits <= 0 || from.IsNull || to.IsNull || (to.Bits - from.Bits) / step.Bits > Longest
            ? throw EvaluationException.Of("make-series needs a start, an end, a positive step, and at most 1,048,576 places.")
            : (int)Math.Max(0, (to.Bits - from.Bits + step.Bits - 1) / step.Bits);

        public bool IsInside(Value[] row) => evaluate(row) is { IsNull: false } value && value.Bits >= from.Bits && value.Bits < to.Bits;

        public long BinOf(Value[] row) => (evaluate(row).Bits - from.Bits) / step.Bits;

        public Value At(int bin) => type switch
        {
            KqlType.DateTime => Value.OfDateTime(from.Bits + (bin * step.Bits)),
            KqlType.Timespan => Value.OfTimespan(from.Bits + (bin * step.Bits)),
            _ => Value.Of(from.Bits + (bin * step.Bits)),
        };
    }
}
