using CopilotSentinelKit.Content;
using CopilotSentinelKit.Diagnostics;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Validate;

/// <summary>Columns that mapped entities by their name before entity mappings existed; Azure-Sentinel refuses rules that still return
/// them without mapping them.</summary>
internal static class LegacyEntityCheck
{
    private static readonly string[] Legacy =
    [
        "AccountCustomEntity", "FileHashCustomEntity", "HostCustomEntity", "IPCustomEntity", "ProcessCustomEntity", "URLCustomEntity",
    ];

    public static IEnumerable<Diagnostic> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not (AnalyticsRule or HuntingQuery) || item.GetQuery() is not { } query || analysis.GetSoundColumns() is not { } columns)
        {
            yield break;
        }

        var mapped = item.GetEntities().SelectMany(entity => entity.Fields).Select(field => field.Column.Value);
        foreach (var column in Legacy.Intersect(columns.Select(column => column.Name), StringComparer.Ordinal).Except(mapped, StringComparer.Ordinal))
        {
            var at = query.Text.IndexOf(column, StringComparison.Ordinal);
            yield return KqlDiagnostics.LegacyEntityColumn(at < 0 ? query.Fallback : query.Locate(at, column.Length), column);
        }
    }
}
