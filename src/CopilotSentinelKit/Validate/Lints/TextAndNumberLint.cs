using System.Globalization;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Text compared with a number, or a number with text.</summary>
internal static class TextAndNumberLint
{
    private static readonly string[] Numbers = ["int", "long", "real", "decimal"];

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        var comparisons = query.Nodes
            .Where(node => node.OperatorText() is "==" or "!=" or "in" or "!in")
            .SelectMany(node => node["Left"]?.Unwrapped() is { ResultType: not null, Value: null } left
                ? node.Operands().Select(value => (Left: left, Value: value.Unwrapped())).Where(pair => pair.Value.Kind.EndsWith("LiteralExpression", StringComparison.Ordinal))
                : [])
            .ToList();

        // However many values a column is compared with, it is one thing to know about the column.
        foreach (var column in comparisons.Where(pair => pair.Left.ResultType == "string" && Numbers.Contains(pair.Value.ResultType)).GroupBy(pair => pair.Left.Source))
        {
            var values = column.Select(pair => pair.Value).ToList();
            yield return MeaningFindings.NumberForText(query.At(values[0]), column.Key, values[0].Source) with
            {
                Fix = query.Fix("Put the numbers in quotes", [.. values.Select(value => (value.Start, value.End, $"\"{value.Source}\""))]),
            };
        }

        var texts = comparisons.Where(pair => Numbers.Contains(pair.Left.ResultType) && pair.Value is { ResultType: "string", Value.Length: > 0 }).ToLookup(pair => IsNumber(pair.Value.Value!));
        foreach (var column in texts[true].GroupBy(pair => pair.Left.Source))
        {
            var values = column.Select(pair => pair.Value).ToList();
            yield return MeaningFindings.TextForNumber(query.At(values[0]), column.Key, values[0].Value!) with
            {
                Fix = query.Fix("Take the quotes away", [.. values.Select(value => (value.Start, value.End, value.Value!))]),
            };
        }

        foreach (var (left, value) in texts[false])
        {
            yield return MeaningFindings.NoNumber(query.At(value), left.Source, value.Value!);
        }
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
