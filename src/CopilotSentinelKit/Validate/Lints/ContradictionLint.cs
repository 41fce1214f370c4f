using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Conditions that no row meets together, and alternatives of which every row meets one.</summary>
internal static class ContradictionLint
{
    // After these a column of the same symbol has the same values as before.
    private static readonly string[] KeepValues = ["FilterOperator", "ExtendOperator", "SortOperator", "SerializeOperator", "ProjectOperator", "ProjectAwayOperator", "ProjectKeepOperator", "ProjectReorderOperator"];

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var node in query.Nodes)
        {
            if (node.Kind == "FilterOperator")
            {
                var earlier = Earlier(node).SelectMany(Conditions).ToList();
                foreach (var finding in Contradictions(query, Conditions(node), earlier))
                {
                    yield return finding;
                }
            }
            else if (node.Kind == "AndExpression" && IsTop(node) && Holder(node) is not { Kind: "FilterOperator" })
            {
                foreach (var finding in Contradictions(query, Conditions(node, node), []))
                {
                    yield return finding;
                }
            }
            else if (node.Kind == "OrExpression" && IsTop(node) && AlwaysMet(Conditions(node, node)) is var (one, other))
            {
                yield return MeaningFindings.AlwaysMet(query.At(other.Node), one.Node.Source);
            }
        }
    }

    private static IEnumerable<Finding> Contradictions(LintedQuery query, IEnumerable<Condition> conditions, List<Condition> earlier)
    {
        foreach (var condition in conditions)
        {
            if (earlier.Find(other => other.Excludes(condition)) is { } other)
            {
                yield return MeaningFindings.Contradiction(query.At(condition.Node), other.Node.Source);
            }

            earlier.Add(condition);
        }
    }

    private static (Condition One, Condition Other)? AlwaysMet(IEnumerable<Condition> alternatives)
    {
        var seen = new List<Condition>();
        foreach (var alternative in alternatives)
        {
            if (seen.Find(alternative.Completes) is { } other)
            {
                return (other, alternative);
            }

            seen.Add(alternative);
        }

        return null;
    }

    private static IEnumerable<Condition> Conditions(SyntaxNode filter) => filter["Condition"] is { } condition ? Conditions(condition, filter) : [];

    private static IEnumerable<Condition> Conditions(SyntaxNode condition, SyntaxNode scope)
    {
        var node = condition.Unwrapped();
        var joins = scope.Kind == "OrExpression" ? "OrExpression" : "AndExpression";
        return node.Kind == joins ? Conditions(node["Left"]!, scope).Concat(Conditions(node["Right"]!, scope)) : Condition.Of(node, scope) is { } read ? [read] : [];
    }

    // The filters before one in the same pipe, as long as nothing in between gives columns other values.
    private static Stack<SyntaxNode> Earlier(SyntaxNode step)
    {
        var filters = new Stack<SyntaxNode>();
        for (var pipe = step.Parent?["Expression"]?.Unwrapped(); pipe is { Kind: "PipeExpression" } && pipe["Operator"] is { } before && KeepValues.Contains(before.Kind); pipe = pipe["Expression"]?.Unwrapped())
        {
            if (before.Kind == "FilterOperator")
            {
                filters.Push(before);
            }
        }

        return filters;
    }

    private static bool IsTop(SyntaxNode node) => Holder(node)?.Kind != node.Kind;

    private static SyntaxNode? Holder(SyntaxNode node) => node.Ancestors().FirstOrDefault(above => above.Kind != "ParenthesizedExpression");
}
