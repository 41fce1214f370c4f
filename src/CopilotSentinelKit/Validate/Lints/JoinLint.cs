
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Joins that lose rows because they do not say their kind, and joins with a small table that a lookup would do.</summary>
internal static class JoinLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var join in query.OfKind("JoinOperator"))
        {
            var kind = join["Parameters"]?.Children.FirstOrDefault(parameter => parameter["Name"]?.Source == "kind")?["Expression"]?.Source;
            var left = Pipeline.Before(join);
            if (join["JoinKeyword"] is { } keyword && kind is null && (left is null || !IsDistinct(left, join)))
            {
                yield return LintFindings.JoinWithoutKind(query.At(keyword)) with
                {
                    Fix = query.Fix("Write \"join kind=innerunique\"", (keyword.End, keyword.End, " kind=innerunique")),
                };
            }

            if (kind is "inner" or "leftouter" && left is not null && !IsSmall(left) && join["Expression"] is { } right && IsSmall(Pipeline.Of(right)) && join["JoinKeyword"] is { } word)
            {
                yield return LintFindings.LookupWouldDo(query.At(word), kind);
            }
        }
    }

    // innerunique drops rows of the left side whose key comes again: where each key comes once, it drops none.
    private static bool IsDistinct(Pipeline left, SyntaxNode join)
    {
        var keys = join["ConditionClause"]?["Expressions"].Members()
            .Select(key => key["Left"] is { } own ? own["Selector"]?.Source ?? own.Source : key.Source).ToHashSet(StringComparer.Ordinal);
        return keys is not null && left.Operators.LastOrDefault(step => step.Kind is not ("FilterOperator" or "SortOperator" or "ExtendOperator")) switch
        {
            { Kind: "SummarizeOperator" } summarize => summarize["ByClause"]?["Expressions"].Members().All(by => keys.Contains(by["Name"]?.Source ?? by.Source)) ?? true,
            { Kind: "DistinctOperator" } distinct => distinct["Expressions"].Members().All(column => keys.Contains(column.Source)),
            { Kind: "CountOperator" } => true,
            null => left.Source.Kind == "PrintOperator",
            _ => false,
        };
    }

    private static bool IsSmall(Pipeline side) => side.Source.Kind == "DataTableExpression" || side.Source.IsCall("_GetWatchlist");
}
