using static CopilotSentinelKit.Spec.Key;
using static CopilotSentinelKit.Spec.SharedShapes;

namespace CopilotSentinelKit.Spec;

/// <summary>The keys of a watchlist.</summary>
internal static class WatchlistShape
{
    private static readonly MapShape Row =
        MapShape.Of("a row", new(Forms.Identifier, new ScalarShape(), "A column and its value; a column that is left out is empty."));

    public static MapShape Shape { get; } = new("a watchlist",
    [
        Required("alias", new TextShape(Forms.Alias), "The name that queries pass to _GetWatchlist."),
        Override("watchlist"),
        Required("version", SharedShapes.Version, "Three numbers such as 1.0.0, to be raised with each change."),
        Required("name", Line, "The name that Sentinel shows."),
        Required("description", Lines, "What its rows are and who keeps them."),
        Required("searchKey", Name, "The column that lookups use."),
        Required("columns", Columns("a watchlist"), "Its columns and their types."),
        Optional("rows", new ListShape(Row, Min: 0), "Its rows, as they are deployed. Left out where people keep them in the portal: a deployment then makes the list and leaves its rows alone."),
        Optional("examples", new ListShape(Row), "Rows that show how to fill it in; they are checked and never deployed."),
    ]);
}
