using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Diagnostics;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Validate;

/// <summary>Watchlists are read by a query. A watchlist that is checked by itself is no finding: its queries are elsewhere.</summary>
internal static class UnusedWatchlistCheck
{
    public static IEnumerable<Diagnostic> Run(ImmutableArray<AnalyzedContent> items)
    {
        var analyses = items.SelectMany(item => item.Parts.Append(item.Analysis)).OfType<KqlAnalysis>().ToList();
        var read = analyses.SelectMany(analysis => analysis.Watchlists).ToHashSet(StringComparer.OrdinalIgnoreCase);

        // A wrong query may be the one that reads it, and so may one whose alias is no literal.
        return analyses.Count == 0 || analyses.Exists(analysis => analysis.HasErrors() || ReadsAny(analysis))
            ? []
            : items.Select(item => item.Item).OfType<Watchlist>().Where(list => list.Alias.Value.Length > 0 && !read.Contains(list.Alias.Value))
                .Select(list => ModelDiagnostics.UnusedWatchlist(list.Alias.Value, list.Alias.Span));
    }

    private static bool ReadsAny(KqlAnalysis analysis) =>
        analysis.Tree?.Calls("_GetWatchlist").Any(call => call.Arguments() is not [{ Kind: "StringLiteralExpression" }, ..]) ?? false;
}
