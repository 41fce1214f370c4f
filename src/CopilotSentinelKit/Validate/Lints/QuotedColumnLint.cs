using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>A text in quotes where a column is meant.</summary>
internal static class QuotedColumnLint
{
    // Functions of one value: that of a text which is written out needs none.
    private static readonly string[] OfOne =
    [
        "isempty", "isnotempty", "isnull", "isnotnull", "tolower", "toupper", "tostring", "toint", "tolong", "todouble", "todatetime", "strlen", "parse_json", "todynamic", "parse_url",
        "dcount", "count_distinct", "make_set", "make_list", "min", "max", "sum", "avg", "take_any", "any", "ipv4_is_private",
    ];

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        var lists =
            from list in query.OfKind("DistinctOperator", "SummarizeByClause", "ProjectAwayOperator", "ProjectKeepOperator")
            from item in list["Expressions"].Members()
            where item is { Kind: "StringLiteralExpression", Value.Length: > 0 }
            select item;
        // Where a text may stand, it is a column's name by mistake only where there is such a column.
        var columns = new Lazy<HashSet<string>>(() => [.. query.Nodes.Where(node => node.Columns is not null).SelectMany(node => node.Columns!.Value).Select(column => column.Name)]);
        var others = query.Nodes.Where(node => node is { Kind: "StringLiteralExpression", Value.Length: > 0 } && StandsForColumn(node) && columns.Value.Contains(node.Value!));
        return lists.Concat(others).Select(item => MeaningFindings.TextForColumn(query.At(item), item.Value!));
    }

    private static bool StandsForColumn(SyntaxNode literal)
    {
        var holder = literal.Ancestors().SkipWhile(above => above.Kind is "ParenthesizedExpression" or "SeparatedElement" or "List").FirstOrDefault();
        return holder is { Kind: "ProjectOperator" or "SortOperator" or "OrderedExpression" }
            || (holder?.OperatorText() is not null && holder["Left"]?.Unwrapped() == literal)
            || (holder is { Kind: "ExpressionList" } && holder.Parent is { } call && call.IsCall(OfOne) && call.Arguments() is [var only] && only.Unwrapped() == literal);
    }
}
