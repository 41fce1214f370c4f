using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Functions of dynamic arrays.</summary>
internal static class ArrayFunctions
{
    private const KqlType D = KqlType.Dynamic;
    private const KqlType L = KqlType.Long;
    private const int LongestRange = 1048576;
    private const int MostElements = 1 << 24;

    public static IEnumerable<ScalarFunction> All =>
    [
        Unary("array_length(array)", D, L, value => value.AsArray is { } array ? Value.Of((long)array.Items.Length) : Value.Null),
        Unary("arraylength(array)", D, L, value => value.AsArray is { } array ? Value.Of((long)array.Items.Length) : Value.Null),
        Lenient("pack_array(value ...)", [D], D, values => Of(values)),
        Lenient("array_concat(array ...)", [D], D, values => Of(values.SelectMany(value => value.AsArray?.Items ?? []))),
        Lenient("array_split(array, index | indexes)", [D], D, Split),
        Strict("array_slice(array, start, end)", [D, L, L], D, Slice),
        Unary("array_reverse(array)", D, D, value => value.AsArray is { } array ? Of(array.Items.Reverse()) : Value.Null),
        Unary("array_sum(array)", D, KqlType.Real, value => value.AsArray is { } array && array.Items.All(item => item.IsNull || ValueOrder.IsNumber(item)) ? Value.Of(array.Items.Sum(item => ValueOrder.AsReal(item))) : Value.Null),
        Lenient("array_index_of(array, value[, start][, length][, occurrence])", [D, D, L, L, L], L, IndexOf),
        new("array_sort_asc(array[, nulls_last])", call => Sort(call, 1)),
        new("array_sort_desc(array[, nulls_last])", call => Sort(call, -1)),
        Lenient("array_iff(conditions, then, else)", [D], D, Iff), Lenient("array_iif(conditions, then, else)", [D], D, Iff),
        Strict("array_rotate_left(array, count)", [D, L], D, values => Rotate(values[0], values[1].Bits)),
        Strict("array_rotate_right(array, count)", [D, L], D, values => Rotate(values[0], -values[1].Bits)),
        Lenient("array_shift_left(array, count[, fill])", [D, L, D], D, values => Shift(values, 1)),
        Lenient("array_shift_right(array, count[, fill])", [D, L, D], D, values => Shift(values, -1)),
        Lenient("zip(array, array ...)", [D], D, Zip),
        Lenient("repeat(value, count)", [D, L], D, values => values[1].IsNull || values[1].Bits < 0 ? Value.Null
            : values[1].Bits <= LongestRange ? Of(Enumerable.Repeat(values[0], (int)values[1].Bits))
            : throw EvaluationException.Of($"repeat() gives more than {LongestRange} elements.")),
        new("range(start, stop[, step])", Range),
    ];

    /// <summary>An array of some elements.</summary>
    /// <exception cref="EvaluationException">It has more than a query can need.</exception>
    public static Value Of(IEnumerable<Value> items) => new DynamicArray([.. items]) is { Items.Length: <= MostElements } array
        ? Value.Of(array)
        : throw EvaluationException.Of($"An array has more than {MostElements} elements.");

    private static Value Slice(Value[] values)
    {
        if (values[0].AsArray is not { } array)
        {
            return Value.Null;
        }

        var count = array.Items.Length;
        var start = Math.Max(0, values[1].Bits < 0 ? values[1].Bits + count : values[1].Bits);
        var end = Math.Min(count - 1, values[2].Bits < 0 ? values[2].Bits + count : values[2].Bits);
        return Of(start <= end ? array.Items.AsSpan((int)start, (int)(end - start + 1)).ToArray() : []);
    }

    // Each index begins a part.
    private static Value Split(Value[] values)
    {
        if (values[0].AsArray is not { } array)
        {
            return Value.Null;
        }

        var places = (values[1].AsArray?.Items ?? [values[1]]).Select(index => index is { Kind: ValueKind.Long, Bits: >= 0 } && index.Bits <= array.Items.Length
            ? (int)index.Bits
            : throw EvaluationException.Of("What array_split() does with an index outside the array is not documented.")).ToArray();
        return Of(places.Prepend(0).Zip(places.Append(array.Items.Length)).Select(part => Of(part.First <= part.Second
            ? array.Items.AsSpan(part.First, part.Second - part.First).ToArray()
            : throw EvaluationException.Of("What array_split() does with indexes that do not ascend is not documented."))));
    }

    private static Expression Sort(Call call, int direction)
    {
        var nullsLast = true;
        if (call.Count > 1)
        {
            var flag = call.Argument(1);
            nullsLast = call.Count == 2 && flag is { Type: KqlType.Bool, IsKnown: true } ? flag.Value.IsTrue : throw call.Refuse("several arrays in one value");
        }

        var array = call.Argument(0, D);
        return Expression.Of(D, row => array.Evaluate(row).AsArray is { } found ? Sorted(found.Items, direction, nullsLast) : Value.Null, array);
    }

    private static Value Sorted(ImmutableArray<Value> items, int direction, bool nullsLast)
    {
        var comparer = Comparer<Value>.Create((left, right) => Compare(left, right, direction));
        var sorted = items.Where(item => !item.IsNull).Order(comparer);
        var nulls = items.Where(item => item.IsNull);
        return Of(nullsLast ? sorted.Concat(nulls) : nulls.Concat(sorted));
    }

    /// <summary>Several arrays in the order that the first has when it is sorted; one of another length is null.</summary>
    public static IEnumerable<(string Name, Expression Value)> SortTogether(Call call, int direction)
    {
        var flag = call.Argument(call.Count - 1);
        var nullsLast = flag.Type != KqlType.Bool || (flag.IsKnown ? flag.Value.IsTrue : throw call.Refuse("a varying order of nulls"));
        var arrays = Enumerable.Range(0, call.Count - (flag.Type == KqlType.Bool ? 1 : 0)).Select(i => call.Argument(i, D)).ToArray();
        var comparer = Comparer<Value>.Create((left, right) =>
            left.IsNull || right.IsNull ? left.IsNull.CompareTo(right.IsNull) * (nullsLast ? 1 : -1) : Compare(left, right, direction));
        return arrays.Select((array, i) => (
            (ColumnNames.Of(call.Arguments[i]) ?? $"array{i}") + "_sorted",
            Expression.Of(
                D,
                row => arrays[0].Evaluate(row).AsArray is { } first && array.Evaluate(row).AsArray is { } own && own.Items.Length == first.Items.Length
                    ? Of(Enumerable.Range(0, first.Items.Length).OrderBy(place => first.Items[place], comparer).Select(place => own.Items[place]))
                    : Value.Null,
                arrays)));
    }

    // Numbers and times first, then texts, GUIDs and the rest, in both directions.
    private static int Compare(in Value left, in Value right, int direction)
    {
        var order = Rank(left).CompareTo(Rank(right));
        return order != 0 ? order : ValueOrder.Compare(left, right) * direction;
    }

    private static int Rank(in Value value) => value.Kind switch
    {
        ValueKind.String => 1,
        ValueKind.Guid => 2,
        ValueKind.Array or ValueKind.Bag or ValueKind.Bool => 3,
        _ => 0,
    };

    private static Value Iff(Value[] values)
    {
        if (values[0].AsArray is not { } conditions)
        {
            return Value.Null;
        }

        Value At(in Value source, int index) => source.AsArray is not { } array ? source : index < array.Items.Length ? array.Items[index] : Value.Null;
        return Of(conditions.Items.Select((condition, i) => condition.Kind is ValueKind.Bool or ValueKind.Long or ValueKind.Real
            ? At(Conversion.To(KqlType.Bool, condition).IsTrue ? values[1] : values[2], i)
            : Value.Null));
    }

    private static Value Rotate(in Value value, long count)
    {
        if (value.AsArray is not { Items: { Length: > 0 } items })
        {
            return value.AsArray is null ? Value.Null : value;
        }

        var start = (int)(((count % items.Length) + items.Length) % items.Length);
        return Of([.. items[start..], .. items[..start]]);
    }

    private static Value Shift(Value[] values, int direction)
    {
        if (values[0].AsArray is not { } array || values[1].IsNull)
        {
            return Value.Null;
        }

        var fill = values.Length > 2 ? values[2] : Value.Null;
        var count = values[1].Bits * direction;
        return Of(array.Items.Select((_, i) => i + count >= 0 && i + count < array.Items.Length ? array.Items[(int)(i + count)] : fill));
    }

    private static Value Zip(Value[] values)
    {
        var arrays = Array.ConvertAll(values, value => value.AsArray?.Items ?? []);
        return Of(Enumerable.Range(0, arrays.Max(array => array.Length)).Select(i => Of(arrays.Select(array => i < array.Length ? array[i] : Value.Null))));
    }

    private static Value IndexOf(Value[] values)
    {
        var (length, occurrence) = (At(3, -1), At(4, 1));
        if (values[0].AsArray is not { } array || occurrence < 0 || length < -1)
        {
            return Value.Null;
        }

        var count = array.Items.Length;
        var start = At(2, 0) < 0 ? Math.Max(0, count + At(2, 0)) : At(2, 0);
        var end = length < 0 ? count : Math.Min(count, start + length);
        for (var i = start; i < end; i++)
        {
            if (array.Items[(int)i] == values[1] && --occurrence <= 0)
            {
                return Value.Of(i);
            }
        }

        return Value.Of(-1L);

        long At(int index, long otherwise) => index < values.Length && !values[index].IsNull ? values[index].Bits : otherwise;
    }

    private static Expression Range(Call call)
    {
        var (from, to) = (call.Argument(0), call.Argument(1));
        var isTime = from.Type is KqlType.DateTime or KqlType.Timespan;
        var step = call.Count > 2 ? call.Argument(2) : Expression.Constant(isTime ? KqlType.Timespan : L, isTime ? Value.OfTimespan(TimeSpan.TicksPerHour) : Value.Of(1L));
        var type = isTime ? from.Type : from.Type == KqlType.Real || to.Type == KqlType.Real || step.Type == KqlType.Real ? KqlType.Real : L;
        (from, to) = (from.As(type), to.As(type));
        return Expression.Of(D, row => Of(Ranges.Values(type, from.Evaluate(row), to.Evaluate(row), step.Evaluate(row)).Take(LongestRange)), from, to, step);
    }
}
