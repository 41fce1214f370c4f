using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>An aggregate over groups that hold one row each, because the rows were grouped by the same before.</summary>
internal static class OwnGroupLint
{
    private static readonly string[] OfMany = ["avg", "stdev", "stdevp", "variance", "variancep", "percentile", "percentiles", "dcount"];

    private static readonly string[] KeepGroups = ["FilterOperator", "SortOperator", "ExtendOperator", "SerializeOperator"];

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var summarize in query.OfKind("SummarizeOperator"))
        {
            if (Keys(summarize) is not { Count: > 0 } keys || Pipeline.Before(summarize) is not { } before
                || before.Operators.LastOrDefault(step => !KeepGroups.Contains(step.Kind)) is not { Kind: "SummarizeOperator" } earlier
                || Keys(earlier) is not { } groups || !groups.IsSubsetOf(keys))
            {
                continue;
            }

            var aggregate = summarize["Aggregates"].Members().FirstOrDefault(aggregate => (aggregate["Expression"] ?? aggregate).IsCall(OfMany));
            if (aggregate is not null)
            {
                yield return MeaningFindings.OwnGroup(query.At(aggregate), string.Join(", ", keys));
            }
        }
    }

    // Null where a key is computed: what its values are is not known.
    private static HashSet<string>? Keys(SyntaxNode summarize)
    {
        var keys = summarize["ByClause"]?["Expressions"].Members().ToList() ?? [];
        return keys.TrueForAll(key => key.Kind == "NameReference") ? keys.Select(key => key.Source).ToHashSet(StringComparer.Ordinal) : null;
    }
}
