using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Functions that make a series of the values around each place of another.</summary>
internal static class SeriesFilters
{
    private const KqlType D = KqlType.Dynamic;

    public static IEnumerable<ScalarFunction> All =>
    [
        Lenient("series_iir(series, numerators, denominators)", [D], D, values => InfiniteResponse(SeriesMath.Numbers(values[0]), SeriesMath.Numbers(values[1]), SeriesMath.Numbers(values[2]))),
        Lenient("series_fir(series, filter[, normalize][, center])", [D], D, FiniteResponse),
        Lenient("series_fill_linear(series[, missing][, fillEdges][, constant])", [D], D, FillLinear),
        Lenient("series_cosine_similarity(series, series)", [D], KqlType.Real, Similarity),
    ];

    private static Value InfiniteResponse(double[]? series, double[]? numerators, double[]? denominators)
    {
        if (series is null || numerators is null || denominators is null || denominators[0] == 0)
        {
            return Value.Null;
        }

        var result = new double[series.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var sum = 0d;
            for (var j = 0; j < numerators.Length && j <= i; j++)
            {
                sum += numerators[j] * series[i - j];
            }

            for (var j = 1; j < denominators.Length && j <= i; j++)
            {
                sum -= denominators[j] * result[i - j];
            }

            result[i] = sum / denominators[0];
        }

        return ArrayFunctions.Of(result.Select(Value.Of));
    }

    // What lies outside the series counts as 0.
    private static Value FiniteResponse(Value[] values)
    {
        if (SeriesMath.Numbers(values[0]) is not { } series || SeriesMath.Numbers(values[1]) is not { } filter)
        {
            return Value.Null;
        }

        var hasNegative = filter.Any(weight => weight < 0);
        var isNormal = values.Length > 2 && !values[2].IsNull ? values[2].IsTrue : !hasNegative;
        if (isNormal && hasNegative)
        {
            return Value.Null;
        }

        var total = isNormal ? filter.Sum() : 1;
        var ahead = values.Length > 3 && values[3].IsTrue ? filter.Length / 2 : 0;
        return ArrayFunctions.Of(series.Select((_, i) => Value.Of(filter.Select((weight, j) => i + ahead - j is var at && at >= 0 && at < series.Length ? weight * series[at] : 0).Sum() / total)));
    }

    // Between two whole numbers the line is cut to whole numbers, as the documented example shows.
    private static Value FillLinear(Value[] values)
    {
        if (values[0].AsArray is not { } array)
        {
            return Value.Null;
        }

        var missing = values.Length > 1 ? values[1] : Value.Null;
        var fillsEdges = values.Length < 3 || values[2].IsNull || values[2].IsTrue;
        int[] known = [.. Enumerable.Range(0, array.Items.Length).Where(i => ValueOrder.IsNumber(array.Items[i]) && array.Items[i] != missing)];
        if (known.Length == 0)
        {
            return ArrayFunctions.Of(array.Items.Select(item => item.IsNull ? values.Length > 3 ? values[3] : Value.Of(0d) : item));
        }

        var isWhole = known.All(i => array.Items[i].Kind == ValueKind.Long);
        Value[] result = [.. array.Items];
        for (var i = 0; i < result.Length; i++)
        {
            if (result[i] != missing)
            {
                continue;
            }

            var after = Array.Find(known, place => place > i);
            var before = Array.FindLast(known, place => place < i);
            var (hasBefore, hasAfter) = (known[0] < i, known[^1] > i);
            if (hasBefore && hasAfter)
            {
                var (low, high) = (ValueOrder.AsReal(array.Items[before]), ValueOrder.AsReal(array.Items[after]));
                var number = low + ((high - low) * (i - before) / (after - before));
                result[i] = isWhole ? Value.Of((long)number) : Value.Of(number);
            }
            else if (fillsEdges)
            {
                result[i] = array.Items[hasBefore ? before : after];
            }
        }

        return ArrayFunctions.Of(result);
    }

    private static Value Similarity(Value[] values)
    {
        if (values[0].AsArray is not { } left || values[1].AsArray is not { } right || left.Items.IsEmpty || right.Items.IsEmpty)
        {
            return Value.Null;
        }

        if (left.Items.Length != right.Items.Length || SeriesMath.Numbers(values[0]) is not { } a || SeriesMath.Numbers(values[1]) is not { } b)
        {
            throw EvaluationException.Of("What series_cosine_similarity() leaves out of series of different lengths or with elements that are no numbers is documented loosely.");
        }

        return Value.Of(a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y)));
    }
}
