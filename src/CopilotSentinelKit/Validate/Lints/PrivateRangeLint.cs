using System.Text.RegularExpressions;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Private address ranges told by how the text starts.</summary>
internal static partial class PrivateRangeLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        var reported = new HashSet<SyntaxNode>();
        foreach (var node in query.Nodes)
        {
            if (node.OperatorText() is not ("startswith" or "!startswith" or "startswith_cs" or "!startswith_cs" or "hasprefix" or "!hasprefix")
                || node["Right"]?.Unwrapped() is not { Value: { } prefix } literal || node["Left"] is not { } left)
            {
                continue;
            }

            // "10." alone may be the start of a version.
            var isPrivate = Certain().IsMatch(prefix) || (Possible().IsMatch(prefix) && left.SelfAndDescendants().Any(part => part.Symbol is { Kind: "Column" or "Parameter" or "Variable" } symbol && Address().IsMatch(symbol.Name)));
            if (isPrivate && reported.Add(Condition(node)))
            {
                yield return LintFindings.PrivateRangeByPrefix(query.At(node), prefix, left.Source, prefix is "172." or "172");
            }
        }
    }

    // "startswith '10.' or startswith '192.168.'" is one mistake.
    private static SyntaxNode Condition(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(above => above.Kind is not ("AndExpression" or "OrExpression" or "ParenthesizedExpression" or "ExpressionList" or "List" or "SeparatedElement"
            or "FunctionCallExpression")) ?? node;

    [GeneratedRegex(@"^(192\.168\.?|172\.(1[6-9]|2[0-9]|3[01])\.?)\z")]
    private static partial Regex Certain();

    [GeneratedRegex(@"^(10\.?|172\.?|192\.)\z")]
    private static partial Regex Possible();

    [GeneratedRegex("ip|addr", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
