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
        foreach (var node in query.Nodes.Where(node => node.OperatorText() is "==" or "!=" or "in" or "!in"))
        {
            if (node["Left"]?.Unwrapped() is not { ResultType: { } type, Value: null } left)
            {
                continue;
            }

            foreach (var value in node.Operands().Select(operand => operand.Unwrapped()).Where(operand => operand.Kind.EndsWith("LiteralExpression", StringComparison.Ordinal)))
            {
                if (type == "string" && Numbers.Contains(value.ResultType))
                {
                    yield return MeaningFindings.NumberForText(query.At(value), left.Source, value.Source) with { Fix = query.Fix("Put it in quotes", (value.Start, value.End, $"\"{value.Source}\"")) };
                }
                else if (value is { ResultType: "string", Value: { Length: > 0 } text } && Numbers.Contains(type))
                {
                    yield return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                        ? MeaningFindings.TextForNumber(query.At(value), left.Source, text) with { Fix = query.Fix("Take the quotes away", (value.Start, value.End, text)) }
                        : MeaningFindings.NoNumber(query.At(value), left.Source, text);
                }
            }
        }
    }
}
