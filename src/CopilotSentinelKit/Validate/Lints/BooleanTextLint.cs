using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>The text of a boolean compared in a letter case that it never has: that of a bool is "True", that of one in a dynamic value "true".</summary>
internal static class BooleanTextLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var node in query.Nodes)
        {
            if (node.OperatorText() is not ("==" or "in") || node["Left"]?.Unwrapped() is not { } left || Text(left) is not { } value)
            {
                continue;
            }

            if (value.ResultType == "bool")
            {
                foreach (var wrong in Texts(node).Where(text => text.Value is "true" or "false"))
                {
                    yield return MeaningFindings.BooleanText(query.At(wrong), wrong.Value!, wrong.Value == "true" ? "True" : "False");
                }
            }
            else if (value.ResultType == "dynamic" && IsBoolean(value))
            {
                foreach (var wrong in Texts(node).Where(text => text.Value is "True" or "False"))
                {
                    yield return MeaningFindings.BooleanOfJson(query.At(wrong), wrong.Value!, wrong.Value == "True" ? "true" : "false");
                }
            }
        }
    }

    private static IEnumerable<SyntaxNode> Texts(SyntaxNode comparison) => comparison.Operands().Where(value => value.ResultType == "string");

    // JSON does not say what a member will be; those that are named like a question hold true or false.
    private static bool IsBoolean(SyntaxNode value) => DynamicPath.Of(value).Steps is [.., ['i', 's', >= 'A' and <= 'Z', ..] or ['I', 's', >= 'A' and <= 'Z', ..]];

    // tostring(...), also where a column stands for it.
    private static SyntaxNode? Text(SyntaxNode node)
    {
        if (node.Symbol is { Kind: "Column" } column && column.Sources.Take(2).ToList() is [var source])
        {
            node = source.Kind == "SimpleNamedExpression" && source["Expression"] is { } expression ? expression.Unwrapped() : source.Unwrapped();
        }

        return node.IsCall("tostring") && node.Arguments() is [var value] ? value.Unwrapped() : null;
    }
}
