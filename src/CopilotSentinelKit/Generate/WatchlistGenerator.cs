using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Model;

namespace CopilotSentinelKit.Generate;

/// <summary>Watchlist specs to watchlists.</summary>
internal static class WatchlistGenerator
{
    /// <summary>The watchlist as Sentinel content; a column that a row leaves out is empty.</summary>
    public static Watchlist Create(PackWatchlist watchlist, string publisher)
    {
        var spec = watchlist.Spec;
        return new()
        {
            FileName = spec.Alias.Value,
            Guid = ContentGuid.For(watchlist.Pack, "watchlist", spec.Alias.Value),
            Id = spec.Alias,
            Version = spec.Version,
            Name = spec.Name,
            Description = spec.Description,
            Alias = spec.Alias,
            Provider = publisher,
            SearchKey = spec.SearchKey,
            Columns = spec.Columns,
            Rows =
            [
                .. spec.Rows.Select(row => spec.Columns
                    .Select(column => row.FirstOrDefault(cell => cell.Column.Value == column.Value.Name).Value.Value ?? "")
                    .ToImmutableArray()),
            ],
        };
    }
}
