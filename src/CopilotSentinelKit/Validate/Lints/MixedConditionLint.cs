using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>"and" and "or" beside each other without brackets.</summary>
internal static class MixedConditionLint
{
    public static IEnumerable<Finding> Run(LintedQuery query) =>
        from node in query.OfKind("OrExpression")
        where node.Parent is not { Kind: "OrExpression" }
        where Alternatives(node).Any(alternative => alternative.Kind == "AndExpression")
        select MeaningFindings.MixedConditions(query.At(node));

    private static IEnumerable<SyntaxNode> Alternatives(SyntaxNode node) =>
        node.Kind == "OrExpression" ? Alternatives(node["Left"]!).Concat(Alternatives(node["Right"]!)) : [node];
}
