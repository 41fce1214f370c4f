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
            if (node.OperatorText() is "==" or "in" && node["Left"]?.Unwrapped() is { } left && Text(left) is { ResultType: "bool" })
            {
                foreach (var wrong in node.Operands().Where(value => value.Value is "true" or "false" && value.ResultType == "string"))
                {
                    yield return MeaningFindings.BooleanText(query.At(wrong), wrong.Value!, wrong.Value == "true" ? "True" : "False");
                }
            }
        }
    }

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
