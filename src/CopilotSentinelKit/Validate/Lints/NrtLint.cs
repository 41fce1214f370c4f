
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>What suits no rule that runs every minute over what arrived in that minute: time windows, and correlation of tables.</summary>
internal static class NrtLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        if (!query.IsNrt)
        {
            yield break;
        }

        foreach (var node in query.Nodes)
        {
            if (node.Kind is "LessThanExpression" or "LessThanOrEqualExpression" or "GreaterThanExpression" or "GreaterThanOrEqualExpression" or "BetweenExpression"
                && node.Children.Any(side => side.Unwrapped() is { Source: "TimeGenerated" }) && node.Calls("ago", "now").Any())
            {
                yield return LintFindings.TimeFilterInNrt(query.At(node));
            }
        }

        foreach (var join in query.OfKind("JoinOperator", "LookupOperator"))
        {
            if (join["Expression"] is { } right && TableOf(Pipeline.Of(right)) is { } table)
            {
                yield return LintFindings.CorrelationInNrt(query.At(join.Children[0]), table);
            }
        }
    }

    // Watchlists, datatables and what functions return are not rows that arrive.
    private static string? TableOf(Pipeline side) => side.Source.SelfAndDescendants().Concat(side.Operators.SelectMany(step => step.SelfAndDescendants()))
        .FirstOrDefault(node => node is { Kind: "NameReference", Symbol: { Kind: "Table", Name.Length: > 0 } })?.Symbol!.Name;
}
