
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>A column that a branch of a union lacks is null in its rows, and so is the entity, detail or text that uses it.</summary>
internal static class UnionBranchCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item.GetQuery() is not { } query || analysis.GetSoundColumns() is null || analysis?.Tree?.Result() is not { } result)
        {
            yield break;
        }

        var pipeline = Pipeline.Of(result);
        var unions = pipeline.Operators.Prepend(pipeline.Source).Where(step => step.Kind == "UnionOperator").ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (column, by) in ResultColumnsCheck.Uses(item))
        {
            // The same symbol in the result and in the union: nothing between them gave it another value.
            var symbol = ResultColumn.Find(analysis, column.Value);
            var union = unions.FindLast(step => symbol is not null && step.Columns!.Value.Contains(symbol));
            if (union is null || !seen.Add(column.Value))
            {
                continue;
            }

            var branches = Branches(union).ToList();
            var without = branches.Where(branch => branch.Columns is { } columns && columns.All(known => known.Name != column.Value)).ToList();
            if (without.Count > 0 && without.Count < branches.Count && branches.TrueForAll(branch => branch.Columns is not null))
            {
                var finding = EntityValueFindings.NullInBranch(column.Span, column.Value, by, without.Count, branches.Count);
                yield return without.Aggregate(finding, (found, branch) => found.With(query.Locate(branch.Start, branch.Length), "This branch does not have it."));
            }
        }
    }

    private static IEnumerable<SyntaxNode> Branches(SyntaxNode union) =>
        (union.Parent is { Kind: "PipeExpression" } pipe && pipe["Operator"] == union ? [pipe["Expression"]!] : Array.Empty<SyntaxNode>())
        .Concat(union["Expressions"].Members());
}
