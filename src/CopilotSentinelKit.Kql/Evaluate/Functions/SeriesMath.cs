using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Functions of each number of a series, and of series as vectors.</summary>
internal static class SeriesMath
{
    private const KqlType D = KqlType.Dynamic;
    private const KqlType R = KqlType.Real;

    public static IEnumerable<ScalarFunction> All =>
    [
        Each("series_abs(series)", Math.Abs), Each("series_ceiling(series)", Math.Ceiling), Each("series_floor(series)", Math.Floor), Each("series_sign(series)", number => Math.Sign(number)),
        Each("series_exp(series)", Math.Exp), Each("series_log(series)", Math.Log),
        Each("series_sin(series)", Math.Sin), Each("series_cos(series)", Math.Cos), Each("series_tan(series)", Math.Tan),
        Each("series_asin(series)", Math.Asin), Each("series_acos(series)", Math.Acos), Each("series_atan(series)", Math.Atan),
        Unary("series_product(series)", D, R, value => Numbers(value) is { } numbers ? Value.Of(numbers.Aggregate(1d, (product, number) => product * number)) : Value.Null),
        Unary("series_magnitude(series)", D, R, value => Numbers(value) is { } numbers ? Value.Of(Math.Sqrt(numbers.Sum(number => number * number))) : Value.Null),
        Lenient("series_dot_product(series, series | number)", [D], R, DotProduct),
        Lenient("series_pearson_correlation(series, series)", [D], R, Correlation),
        Unary("series_fit_line_dynamic(series)", D, D, value => LinearFit.Of(value) is { } fit ? Value.Of(fit) : Value.Null),
    ];

    private static ScalarFunction Each(string signature, Func<double, double> compute) => Unary(signature, D, D, value => value.AsArray is { } array
        ? ArrayFunctions.Of(array.Items.Select(item => ValueOrder.IsNumber(item) ? Value.Of(compute(ValueOrder.AsReal(item))) : Value.Null))
        : Value.Null);

    /// <summary>The numbers of an array; null when it is none, is empty or has something else.</summary>
    public static double[]? Numbers(in Value value) =>
        value.AsArray is { Items.Length: > 0 } array && array.Items.All(item => ValueOrder.IsNumber(item)) ? [.. array.Items.Select(item => ValueOrder.AsReal(item))] : null;

    // As long as the shorter series; a number stands for a series of it.
    private static Value DotProduct(Value[] values)
    {
        var (left, right) = (values[0].AsArray?.Items, values[1].AsArray?.Items);
        var count = Math.Min(left?.Length ?? int.MaxValue, right?.Length ?? int.MaxValue);
        return count is 0 or int.MaxValue ? Value.Null : Value.Of(Enumerable.Range(0, count)
            .Select(i => (A: left is { } items ? items[i] : values[0], B: right is { } others ? others[i] : values[1]))
            .Where(pair => ValueOrder.IsNumber(pair.A) && ValueOrder.IsNumber(pair.B))
            .Sum(pair => ValueOrder.AsReal(pair.A) * ValueOrder.AsReal(pair.B)));
    }

    private static Value Correlation(Value[] values)
    {
        if (Numbers(values[0]) is not { } left || Numbers(values[1]) is not { } right || left.Length != right.Length)
        {
            return Value.Null;
        }

        var (a, b) = (left.Average(), right.Average());
        var both = left.Zip(right, (x, y) => (x - a) * (y - b)).Sum();
        return Value.Of(both / Math.Sqrt(left.Sum(x => (x - a) * (x - a)) * right.Sum(y => (y - b) * (y - b))));
    }
}
