using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Diagnostics;

namespace CopilotSentinelKit.Validate;

/// <summary>Watchlists of templates that no query reads, where there are queries at all.</summary>
internal static class WatchlistUseCheck
{
    public static IEnumerable<Diagnostic> Run(ImmutableArray<AnalyzedContent> items)
    {
        var analyses = items.SelectMany(item => item.Analysis is { } analysis ? [analysis] : item.Parts).ToList();
        var used = analyses.SelectMany(analysis => analysis.Watchlists).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return analyses.Count == 0 ? [] : items.Select(item => item.Item).OfType<Watchlist>()
            .Where(watchlist => watchlist.Origin == ContentOrigin.Arm && watchlist.Alias.Value.Length > 0 && !used.Contains(watchlist.Alias.Value))
            .Select(watchlist => WatchlistDiagnostics.Unused(watchlist.Alias.Span, watchlist.Alias.Value));
    }
}
