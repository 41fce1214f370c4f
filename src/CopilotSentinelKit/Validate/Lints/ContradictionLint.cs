using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Conditions joined by "and" that no row meets together.</summary>
internal static class ContradictionLint
{
    private static readonly string[] Lower = [">", ">="];
    private static readonly string[] Upper = ["<", "<="];

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var and in query.OfKind("AndExpression").Where(node => node.Parent is not { Kind: "AndExpression" }))
        {
            var parts = Parts(and).Where(part => part["Left"]?.Unwrapped() is { Symbol.Kind: "Column" }).ToList();
            for (var i = 1; i < parts.Count; i++)
            {
                if (parts[..i].Find(earlier => Excludes(earlier, parts[i])) is { } other)
                {
                    yield return MeaningFindings.Contradiction(query.At(parts[i]), other.Source);
                }
            }
        }
    }

    private static IEnumerable<SyntaxNode> Parts(SyntaxNode node) =>
        node.Unwrapped() is { Kind: "AndExpression" } and ? Parts(and["Left"]!).Concat(Parts(and["Right"]!)) : [node.Unwrapped()];

    private static bool Excludes(SyntaxNode one, SyntaxNode other)
    {
        if (one["Left"]!.Unwrapped().Symbol != other["Left"]!.Unwrapped().Symbol || one["Right"]?.Unwrapped() is not { } first || other["Right"]?.Unwrapped() is not { } second)
        {
            return false;
        }

        var (operation, next) = (one.OperatorText(), other.OperatorText());
        if (operation is "==" or "=~" && next is "==" or "=~")
        {
            return first is { Kind: "StringLiteralExpression", Value: { } text } && second is { Kind: "StringLiteralExpression", Value: { } another }
                && !text.Equals(another, StringComparison.OrdinalIgnoreCase);
        }

        // Later than a day ago and earlier than two days ago. The start of a day may lie a day further back than is known.
        var doubt = first.IsCall("ago") && second.IsCall("ago") ? TimeSpan.Zero : TimeSpan.FromDays(1);
        return TimeValue.BeforeNow(first) is { } from && TimeValue.BeforeNow(second) is { } to
            && ((Lower.Contains(operation) && Upper.Contains(next) && from + doubt < to) || (Upper.Contains(operation) && Lower.Contains(next) && to + doubt < from));
    }
}
