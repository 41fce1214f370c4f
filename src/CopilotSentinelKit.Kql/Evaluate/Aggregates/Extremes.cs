using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Aggregates;

/// <summary>min, max, arg_min, arg_max and take_any.</summary>
internal static class Extremes
{
    public static IEnumerable<AggregateFunction> All
    {
        get
        {
            var min = new AggregateFunction("min(value)", call => Extreme(call, -1));
            var max = new AggregateFunction("max(value)", call => Extreme(call, 1));
            var any = new AggregateFunction("take_any(value[, value ...])", Any);
            return
            [
                min,
                AggregateFunction.If("minif", min),
                max,
                AggregateFunction.If("maxif", max),
                new("arg_min(value, * | value ...)", call => Argument(call, -1)),
                new("arg_max(value, * | value ...)", call => Argument(call, 1)),
                any,
                AggregateFunction.If("take_anyif", any),
                any with { Signature = "any(value[, value ...])" },
                AggregateFunction.If("anyif", any),
            ];
        }
    }

    private static Aggregate Extreme(Call call, int direction)
    {
        var value = call.Argument(0);
        var evaluate = value.Evaluate;
        return Aggregate.Of(value.Type, () => new ExtremeValue(evaluate, direction, value.Type));
    }

    private static Aggregate Argument(Call call, int direction)
    {
        var (key, reads) = call.Row.Reading(() => call.Argument(0));
        var keyName = ColumnNames.Of(call.Arguments[0]);
        var prefix = direction > 0 ? "max_" : "min_";
        var items = Items(call, 1, keyName, place => $"{prefix}{keyName}_arg{place}");
        return new(
            [(keyName ?? prefix, key.Type), .. items.Select(item => (item.Name, item.Value.Type))],
            () => new ExtremeRow(key, direction, [.. items.Select(item => item.Value)]))
        {
            Own = Computed(items).With(reads),
            Given = [Places.None, .. Unchanged(items)],
        };
    }

    private static Aggregate Any(Call call)
    {
        if (call.Count == 1 && call.Arguments[0].Kind != "StarExpression")
        {
            var value = call.Argument(0);
            var evaluate = value.Evaluate;
            return new([(call.Name == "any" ? null : ColumnNames.Of(call.Arguments[0]), value.Type)], () => new FirstValue(evaluate, value.Type));
        }

        var items = Items(call, 0, null, _ => null);
        return new([.. items.Select(item => (item.Name, item.Value.Type))], () => new FirstRow([.. items.Select(item => item.Value)]))
        {
            Own = Computed(items),
            Given = Unchanged(items),
        };
    }

    // A star gives many columns, and few of them are read later.
    private static ImmutableArray<Places> Unchanged(ImmutableArray<ColumnItem> items) => [.. items.Select(item => item.Value.Place >= 0 ? item.Reads : Places.None)];

    private static Places Computed(ImmutableArray<ColumnItem> items) =>
        items.Where(item => item.Value.Place < 0).Aggregate(Places.None, (reads, item) => reads.With(item.Reads));

    // A star is all columns but the one that is looked at and those that rows are grouped by.
    private static ImmutableArray<ColumnItem> Items(Call call, int from, string? key, Func<int, string?> unnamed) =>
        [.. call.Arguments.Select((argument, place) => (argument, place)).Skip(from)
            .SelectMany(entry => ColumnItems.Compile(call.Context, [entry.argument], call.Row).Select(item => item.Name is null ? item with { Name = unnamed(entry.place) } : item))
            .Where(item => !call.Arguments.Skip(from).Any(argument => argument.Kind == "StarExpression") || (item.Name != key && !call.GroupedBy.Contains(item.Name ?? "")))];

    private sealed class ExtremeValue(Evaluator value, int direction, KqlType type) : SingleAccumulator
    {
        private Value _best = Value.Null;

        // A text is never null, so that of no rows is empty.
        public override Value Result => _best.IsNull && type == KqlType.String ? Value.Empty : _best;

        public override void Add(Value[] row)
        {
            var found = value(row);
            if (!found.IsNull && (_best.IsNull || ValueOrder.IsBetter(found, _best, direction)))
            {
                _best = found;
            }
        }
    }

    private sealed class ExtremeRow(Expression key, int direction, Expression[] values) : Accumulator
    {
        private Value _best = Value.Null;
        private Value[]? _row;

        public override void Add(Value[] row)
        {
            var found = key.Evaluate(row);
            if (_row is null || (!found.IsNull && (_best.IsNull || ValueOrder.IsBetter(found, _best, direction))))
            {
                (_best, _row) = (found, row);
            }
        }

        public override void Write(Value[] row, int place)
        {
            row[place] = _row is null && key.Type == KqlType.String ? Value.Empty : _best;
            FirstRow.Write(values, _row, row, place + 1);
        }
    }

    private sealed class FirstValue(Evaluator value, KqlType type) : SingleAccumulator
    {
        private Value _first = Value.Null;

        public override Value Result => _first.IsNull && type == KqlType.String ? Value.Empty : _first;

        public override void Add(Value[] row)
        {
            if (_first.IsNull || (_first.Kind == ValueKind.String && _first.Text.Length == 0))
            {
                _first = value(row);
            }
        }
    }

    private sealed class FirstRow(Expression[] values) : Accumulator
    {
        private Value[]? _row;

        public static void Write(Expression[] values, Value[]? source, Value[] row, int place)
        {
            for (var i = 0; i < values.Length; i++)
            {
                row[place + i] = source is not null ? values[i].Evaluate(source) : values[i].Type == KqlType.String ? Value.Empty : Value.Null;
            }
        }

        public override void Add(Value[] row) => _row ??= row;

        public override void Write(Value[] row, int place) => Write(values, _row, row, place);
    }
}
