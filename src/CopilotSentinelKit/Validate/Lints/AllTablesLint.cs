
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>search, find and union over every table of the workspace.</summary>
internal static class AllTablesLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var node in query.OfKind("SearchOperator", "FindOperator", "UnionOperator"))
        {
            if (node.Parent is { Kind: "PipeExpression" } pipe && pipe["Operator"] == node && node.Kind != "UnionOperator")
            {
                continue;
            }

            var star = node.Kind == "UnionOperator"
                ? node["Expressions"].Members().FirstOrDefault(part => part.Source == "*")
                : node["InClause"] is null ? node : null;
            if (star is not null)
            {
                // The rule wizard refuses the texts "search *" and "union *"; of the other forms that is not documented.
                var refused = query.IsRule && (node.Kind == "UnionOperator" || node["Condition"]?.Kind == "StarExpression");
                var what = node.Kind switch { "UnionOperator" => "union *", "FindOperator" => "find", _ => "search" };
                var at = query.At(star == node ? node.Children[0] : star);
                yield return refused ? LintFindings.AllTablesInRule(at, what) : LintFindings.AllTables(at, what);
            }
        }
    }
}
