using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A watchlist as a person wrote it (rules/watchlists/*.yaml).</summary>
public sealed record WatchlistSpec
{
    /// <summary>The file it was read from, all of it.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>The alias that queries pass to <c>_GetWatchlist</c>; also its id.</summary>
    public required Spanned<string> Alias { get; init; }

    /// <summary>Says that it replaces a watchlist of the pack below it.</summary>
    public required Spanned<bool>? Override { get; init; }

    /// <summary>X.Y.Z.</summary>
    public required Spanned<string> Version { get; init; }

    /// <summary>Name shown in Sentinel.</summary>
    public required Spanned<string> Name { get; init; }

    /// <summary>Description shown in Sentinel.</summary>
    public required Spanned<string> Description { get; init; }

    /// <summary>The column that lookups use.</summary>
    public required Spanned<string> SearchKey { get; init; }

    /// <summary>Columns in file order; Kusto types.</summary>
    public required ImmutableArray<Spanned<Column>> Columns { get; init; }

    /// <summary>Rows: column name to text. A column that a row leaves out is empty.</summary>
    public required ImmutableArray<ImmutableArray<(Spanned<string> Column, Spanned<string> Value)>> Rows { get; init; }

    /// <summary>Rows that only show how to fill it in.</summary>
    public ImmutableArray<ImmutableArray<(Spanned<string> Column, Spanned<string> Value)>> Examples { get; init; } = [];
}
