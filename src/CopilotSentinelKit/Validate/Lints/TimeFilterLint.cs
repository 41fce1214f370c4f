
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>A hunt that reads a table without a limit of its own in time before it summarizes or joins. A rule's period limits all that it
/// reads; what a hunt reads depends on who runs it.</summary>
internal static class TimeFilterLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        if (query.Item is not HuntingQuery || query.Result is not { } result)
        {
            yield break;
        }

        var sides = query.OfKind("JoinOperator", "LookupOperator").Select(join => join["Expression"]).OfType<SyntaxNode>().Select(Pipeline.Of);
        var seen = new HashSet<SyntaxNode>();
        foreach (var pipeline in sides.Prepend(result))
        {
            if (pipeline.Source is { Kind: "NameReference", Symbol.Kind: "Table" } table
                && table.Columns is { } columns && columns.Any(column => column.Name == "TimeGenerated")
                && IsUnlimited(pipeline) && seen.Add(table))
            {
                yield return LintFindings.NoTimeFilter(query.At(table), table.Symbol!.Name);
            }
        }
    }

    private static bool IsUnlimited(Pipeline pipeline)
    {
        var before = pipeline.Operators.TakeWhile(step => step.Kind is not ("SummarizeOperator" or "JoinOperator" or "MakeSeriesOperator" or "LookupOperator" or "UnionOperator")).ToList();
        return before.Count < pipeline.Operators.Length && !before.Any(step => step.Kind == "FilterOperator" && step.SelfAndDescendants().Any(IsTime));
    }

    private static bool IsTime(SyntaxNode node) =>
        node.IsCall("ago", "now", "ingestion_time") || node.Symbol is { Kind: "Column", Type: "datetime" };
}
