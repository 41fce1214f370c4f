using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>A text in quotes where a column is meant.</summary>
internal static class QuotedColumnLint
{
    public static IEnumerable<Finding> Run(LintedQuery query) =>
        from list in query.OfKind("DistinctOperator", "SummarizeByClause", "ProjectAwayOperator", "ProjectKeepOperator")
        from item in list["Expressions"].Members()
        where item is { Kind: "StringLiteralExpression", Value: { Length: > 0 } }
        select MeaningFindings.TextForColumn(query.At(item), item.Value!);
}
