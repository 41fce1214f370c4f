using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

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
            FileName = spec.Alias.Value.Replace('-', '_'),
            Guid = ContentGuid.For(watchlist.Pack, "Watchlist", spec.Alias.Value),
            Id = spec.Alias,
            Version = spec.Version,
            Name = spec.Name,
            Description = spec.Description,
            Alias = spec.Alias,
            Provider = publisher,
            SearchKey = spec.SearchKey,
            Columns = spec.Columns,
            Rows = Rows(spec.Rows, spec),
            Examples = Rows(spec.Examples, spec),
        };
    }

    private static ImmutableArray<ImmutableArray<Spanned<string>>> Rows(
        ImmutableArray<ImmutableArray<(Spanned<string> Column, Spanned<string> Value)>> rows, WatchlistSpec spec) =>
        [.. rows.Select(row => spec.Columns.Select(column => Cell(row, column.Value.Name, spec.Alias.Span)).ToImmutableArray())];

    private static Spanned<string> Cell(
        ImmutableArray<(Spanned<string> Column, Spanned<string> Value)> row, string column, SourceSpan otherwise)
    {
        var cell = row.FirstOrDefault(cell => cell.Column.Value == column);
        return cell.Column.Value is not null ? cell.Value : new("", row.IsEmpty ? otherwise : row[0].Column.Span);
    }
}
