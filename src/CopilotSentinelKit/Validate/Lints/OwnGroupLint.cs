using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>An aggregate over groups that hold one row each, because the rows were grouped by the same before.</summary>
internal static class OwnGroupLint
{
    private static readonly string[] OfMany = ["avg", "min", "max", "sum", "count", "stdev", "stdevp", "variance", "variancep", "percentile", "percentiles", "dcount"];

    private static readonly string[] OfDifferent = ["dcount", "count_distinct", "make_set", "makeset", "stdev", "variance"];

    private static readonly string[] UnderCondition = ["dcountif", "count_distinctif"];

    private static readonly string[] KeepGroups = ["FilterOperator", "SortOperator", "ExtendOperator", "SerializeOperator"];

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var summarize in query.OfKind("SummarizeOperator"))
        {
            foreach (var aggregate in summarize["Aggregates"].Members())
            {
                if (Counted(aggregate, OfDifferent) is { } counted && IsWritten(query, aggregate) && !IsCompared(summarize, counted)
                    && Keys(summarize).FirstOrDefault(key => key.Expression.Kind == "NameReference" && key.Name == counted).Name is { } own)
                {
                    yield return MeaningFindings.OwnKey(query.At(aggregate), own);
                }
            }

            if (SingleRows(summarize) is { } keys && summarize["Aggregates"].Members().FirstOrDefault(aggregate => Called(aggregate).IsCall(OfMany)) is { } single)
            {
                yield return MeaningFindings.OwnGroup(query.At(single), string.Join(", ", keys));
            }
        }
    }

    // Beside a count under a condition, which is none or one, it says whether all of the group's rows meet that.
    private static bool IsCompared(SyntaxNode summarize, string counted) => summarize["Aggregates"].Members().Any(aggregate => Counted(aggregate, UnderCondition) == counted);

    // The column that one of some aggregates is of, or null.
    private static string? Counted(SyntaxNode aggregate, string[] names) =>
        Called(aggregate) is { } call && call.IsCall(names) && call.Arguments() is [{ Kind: "NameReference" } column, ..] ? column.Source : null;

    // A template may be right for the columns of most that use it.
    private static bool IsWritten(LintedQuery query, SyntaxNode aggregate) => query.At(aggregate).File == query.Query.Fallback.File;

    // The keys of a summarize of whose groups each is one row, since the rows were made by a summarize by some of them.
    private static IEnumerable<string>? SingleRows(SyntaxNode summarize)
    {
        var keys = Keys(summarize);
        if (keys.Count == 0 || Pipeline.Before(summarize) is not { } before
            || before.Operators.LastOrDefault(step => !KeepGroups.Contains(step.Kind)) is not { Kind: "SummarizeOperator" } earlier)
        {
            return null;
        }

        // A key that is computed anew may hold several of the earlier groups, unless it is computed in the same way.
        return Keys(earlier).All(group => keys.Exists(key => key.Name == group.Name && (key.Expression.Kind == "NameReference" || key.Expression.Source == group.Expression.Source)))
            ? keys.Select(key => key.Name!)
            : null;
    }

    private static SyntaxNode Called(SyntaxNode aggregate) => aggregate["Expression"] ?? aggregate;

    // The name of the column that a key makes is null where it has none of its own: such a key is like no other.
    private static List<(string? Name, SyntaxNode Expression)> Keys(SyntaxNode summarize) => [.. (summarize["ByClause"]?["Expressions"].Members() ?? []).Select(key => key.Kind switch
    {
        "NameReference" => (key.Source, key),
        "SimpleNamedExpression" when key["Expression"] is { } expression => (key["Name"]?.Source, expression.Unwrapped()),
        _ => key.IsCall("bin", "floor") && key.Arguments() is [{ Kind: "NameReference" } column, ..] ? (column.Source, key) : ((string?)null, key),
    })];
}
