
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Watchlists that a query reads are known.</summary>
internal static class WatchlistAliasCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context) =>
        analysis is null || item.GetQuery() is not { } query ? [] : Of(query, analysis, context);

    /// <summary>The findings about one query.</summary>
    public static IEnumerable<Finding> Of(Query query, KqlAnalysis analysis, ValidationContext context)
    {
        var known = context.Schema.Watchlists.Select(watchlist => watchlist.Alias);
        foreach (var alias in analysis.Watchlists.Except(known, StringComparer.Ordinal))
        {
            var call = query.Text.IndexOf("_GetWatchlist", StringComparison.Ordinal);
            var at = call < 0 ? -1 : query.Text.IndexOf(alias, call, StringComparison.Ordinal);
            yield return KqlFindings.UnknownWatchlist(at < 0 ? query.Fallback : query.Locate(at, alias.Length), alias, known);
        }
    }
}
