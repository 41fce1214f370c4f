
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>The straight line through a series with the least squares; the first place is 1, as the documented example shows.</summary>
internal static class LinearFit
{
    /// <summary>The properties of the fit, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["rsquare", "slope", "variance", "rvariance", "interception", "line_fit"];

    /// <summary>The fit of a series; null when the value is no array.</summary>
    public static DynamicBag? Of(in Value value)
    {
        if (value.AsArray is not { } series)
        {
            return null;
        }

        double[] numbers = [.. series.Items.Select(item => ValueOrder.IsNumber(item) && double.IsFinite(ValueOrder.AsReal(item))
            ? ValueOrder.AsReal(item)
            : throw EvaluationException.Of("What series_fit_line() does with an element that is no number is not documented."))];
        var mean = numbers.Length > 1 ? numbers.Average() : throw EvaluationException.Of("What series_fit_line() gives for fewer than two elements is not documented.");
        var middle = (numbers.Length + 1) / 2d;
        var (total, across, width) = (0d, 0d, 0d);
        for (var i = 0; i < numbers.Length; i++)
        {
            var (x, y) = (i + 1 - middle, numbers[i] - mean);
            (total, across, width) = (total + (y * y), across + (x * y), width + (x * x));
        }

        var slope = across / width;
        var intercept = mean - (slope * middle);
        double[] line = [.. numbers.Select((_, i) => intercept + (slope * (i + 1)))];
        var residual = numbers.Zip(line, (number, fitted) => (number - fitted) * (number - fitted)).Sum();
        double[] results = [total == 0 ? throw EvaluationException.Of("What series_fit_line() gives for a series of one value throughout is not documented.") : 1 - (residual / total), slope, total / (numbers.Length - 1), residual / (numbers.Length - 1), intercept];
        return DynamicBag.From(Names.Zip(results.Select(Value.Of).Append(ArrayFunctions.Of(line.Select(Value.Of))), KeyValuePair.Create));
    }
}
