using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>A spec's watchlist is read by a query. A project that has watchlists and no detections has them for rules that are elsewhere.</summary>
internal static class UnusedWatchlistCheck
{
    private const string Folder = "rules/watchlists/";

    public static IEnumerable<Finding> Run(ImmutableArray<AnalyzedContent> items)
    {
        var analyses = items.SelectMany(item => item.Parts.Append(item.Analysis)).OfType<KqlAnalysis>().ToList();
        var read = analyses.SelectMany(analysis => analysis.Watchlists).ToHashSet(StringComparer.OrdinalIgnoreCase);

        // A wrong query may be the one that reads it, and so may one whose alias is no literal.
        return analyses.Exists(analysis => analysis.HasErrors() || ReadsAny(analysis))
            ? []
            : items.Select(item => item.Item).OfType<Watchlist>().Where(list => !read.Contains(list.Alias.Value) && HasDetections(list, items))
                .Select(list => ModelFindings.UnusedWatchlist(list.Alias.Value, list.Alias.Span));
    }

    private static bool HasDetections(Watchlist list, ImmutableArray<AnalyzedContent> items)
    {
        var path = list.Alias.Span.File.Path;
        var at = path.LastIndexOf(Folder, StringComparison.Ordinal);
        return at >= 0 && items.Any(item => item.Item is AnalyticsRule or HuntingQuery
            && item.Item.Id.Span.File.Path.StartsWith(path[..at] + "rules/", StringComparison.Ordinal));
    }

    private static bool ReadsAny(KqlAnalysis analysis) =>
        analysis.Tree?.Calls("_GetWatchlist").Any(call => call.Arguments() is not [{ Kind: "StringLiteralExpression" }, ..]) ?? false;
}
