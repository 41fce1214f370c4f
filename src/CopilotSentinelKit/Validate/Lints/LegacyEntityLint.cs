
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Columns that mapped entities by their name before entity mappings existed; Azure-Sentinel refuses rules that still return
/// them without mapping them.</summary>
internal static class LegacyEntityLint
{
    private static readonly string[] Legacy =
    [
        "AccountCustomEntity", "FileHashCustomEntity", "HostCustomEntity", "IPCustomEntity", "ProcessCustomEntity", "URLCustomEntity",
    ];

    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        if (query.Item is not (AnalyticsRule or HuntingQuery) || query.Analysis.Columns is not { } columns)
        {
            yield break;
        }

        var mapped = query.Item.GetEntities().SelectMany(entity => entity.Fields).Select(field => field.Column.Value);
        var returned = columns.Select(column => column.Name).Except(mapped, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        foreach (var column in query.OfKind("SimpleNamedExpression").Where(column => column.Enclosing("ExtendOperator", "ProjectOperator", "ProjectRenameOperator", "SummarizeOperator") is not null))
        {
            // "timestamp" was one of them: the time of the alert, when it repeats TimeGenerated.
            if (column["Name"] is { } name && returned.Contains(name.Source)
                && (Legacy.Contains(name.Source) || (name.Source == "timestamp" && column["Expression"]?.Source == "TimeGenerated"))
                && returned.Remove(name.Source))
            {
                yield return KqlFindings.LegacyEntityColumn(query.At(name), name.Source);
            }
        }
    }
}
