using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>A table that is a copy of something, filled anew every so many days, is read over all of them.</summary>
internal static class SnapshotCheck
{
    // Microsoft's pages on UEBA and on watchlists.
    private static readonly (string Table, int Days)[] Snapshots = [("IdentityInfo", 14), ("Watchlist", 12)];

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not AnalyticsRule { Schedule.Period.Value: { Ticks: > 0 } period } rule || rule.GetQuery() is not { } query || analysis?.Tree is not { } tree)
        {
            yield break;
        }

        foreach (var (table, days) in Snapshots)
        {
            if (period < TimeSpan.FromDays(days) && analysis.Tables.Contains(table)
                && tree.SelfAndDescendants().FirstOrDefault(node => node.Kind == "NameReference" && node.Source == table) is { } place)
            {
                yield return MeaningFindings.ShortPeriodOfSnapshot(query.Locate(place.Start, place.Length), table, period, days);
            }
        }
    }
}
