using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Functions of series of numbers.</summary>
internal static class SeriesFunctions
{
    private const KqlType D = KqlType.Dynamic;

    public static IEnumerable<ScalarFunction> All =>
    [
        Unary("series_sum(series)", D, KqlType.Real, value => value.AsArray is { } array && array.Items.All(item => ValueOrder.IsNumber(item)) ? Value.Of(array.Items.Sum(item => ValueOrder.AsReal(item))) : Value.Null),
        Arithmetic("series_add(series, series)", (a, b) => a + b), Arithmetic("series_subtract(series, series)", (a, b) => a - b),
        Arithmetic("series_multiply(series, series)", (a, b) => a * b), Arithmetic("series_divide(series, series)", (a, b) => a / b), Arithmetic("series_pow(series, series)", Math.Pow),
        Comparison("series_greater(series, series)", order => order > 0), Comparison("series_greater_equals(series, series)", order => order >= 0),
        Comparison("series_less(series, series)", order => order < 0), Comparison("series_less_equals(series, series)", order => order <= 0),
        Comparison("series_equals(series, series)", order => order == 0), Comparison("series_not_equals(series, series)", order => order != 0),
        Lenient("series_fill_const(series, constant[, missing])", [D], D, values => Fill(values, values.Length > 2 ? values[2] : Value.Null, (_, _) => values[1])),
        Lenient("series_fill_forward(series[, missing])", [D], D, values => Fill(values, values.Length > 1 ? values[1] : Value.Null, (before, _) => before)),
        Lenient("series_fill_backward(series[, missing])", [D], D, values => Fill(values, values.Length > 1 ? values[1] : Value.Null, (_, after) => after)),
        Unary("series_stats_dynamic(series)", D, D, value => Stats(value) is { } stats
            ? Value.Of(DynamicBag.From([.. Names.Zip(stats, KeyValuePair.Create), KeyValuePair.Create("sum", Value.Of(value.AsArray!.Items.Sum(item => ValueOrder.AsReal(item)))), KeyValuePair.Create("len", Value.Of((long)value.AsArray.Items.Length))]))
            : Value.Null),
    ];

    /// <summary>The names of what <see cref="Stats"/> gives.</summary>
    public static IReadOnlyList<string> Names { get; } = ["min", "min_idx", "max", "max_idx", "avg", "stdev", "variance"];

    /// <summary>Smallest and greatest with their places, mean, sample deviation and variance; null unless all are finite numbers.</summary>
    public static Value[]? Stats(in Value value)
    {
        if (value.AsArray is not { Items: { Length: > 0 } items } || !items.All(item => ValueOrder.IsNumber(item) && double.IsFinite(ValueOrder.AsReal(item))))
        {
            return null;
        }

        double[] numbers = [.. items.Select(item => ValueOrder.AsReal(item))];
        var (least, most, mean) = (numbers.Min(), numbers.Max(), numbers.Average());
        var variance = numbers.Length < 2 ? 0 : numbers.Sum(number => (number - mean) * (number - mean)) / (numbers.Length - 1);
        return
        [
            Value.Of(least), Value.Of((long)Array.IndexOf(numbers, least)), Value.Of(most), Value.Of((long)Array.IndexOf(numbers, most)),
            Value.Of(mean), Value.Of(Math.Sqrt(variance)), Value.Of(variance),
        ];
    }

    private static ScalarFunction Arithmetic(string signature, Func<double, double, double> compute) =>
        Pairwise(signature, (a, b) => Value.Of(compute(ValueOrder.AsReal(a), ValueOrder.AsReal(b))));

    private static ScalarFunction Comparison(string signature, Func<int, bool> test) =>
        Pairwise(signature, (a, b) => Value.Of(test(ValueOrder.AsReal(a).CompareTo(ValueOrder.AsReal(b)))));

    private static ScalarFunction Pairwise(string signature, Func<Value, Value, Value> compute) => Lenient(signature, [D], D, values =>
    {
        if (values[0].AsArray is null && values[1].AsArray is null)
        {
            return Value.Null;
        }

        var count = Math.Max(values[0].AsArray?.Items.Length ?? 0, values[1].AsArray?.Items.Length ?? 0);
        Value At(in Value source, int i) => source.AsArray is not { } array ? source : i < array.Items.Length ? array.Items[i] : Value.Null;
        return ArrayFunctions.Of(Enumerable.Range(0, count).Select(i =>
            (At(values[0], i), At(values[1], i)) is var (a, b) && ValueOrder.IsNumber(a) && ValueOrder.IsNumber(b) ? compute(a, b) : Value.Null));
    });

    private static Value Fill(Value[] values, Value missing, Func<Value, Value, Value> fill)
    {
        if (values[0].AsArray is not { } array)
        {
            return Value.Null;
        }

        var items = array.Items;
        Value[] result = [.. items];
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i] == missing)
            {
                var before = i > 0 ? result[i - 1] : missing;
                var next = i;
                while (next < items.Length && items[next] == missing)
                {
                    next++;
                }

                result[i] = fill(before, next < items.Length ? items[next] : missing);
            }
        }

        return ArrayFunctions.Of(result);
    }
}
