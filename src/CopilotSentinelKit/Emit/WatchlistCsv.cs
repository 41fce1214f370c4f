
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>The rows of a watchlist as CSV. Values are data: none is changed to please a spreadsheet.</summary>
internal static class WatchlistCsv
{
    /// <summary>The lines of a watchlist, header first, without line ends between them.</summary>
    public static IEnumerable<string> Lines(Watchlist watchlist) =>
        watchlist.Rows.Select(row => CsvText.Line(row.Select(cell => cell.Value))).Prepend(CsvText.Line(watchlist.Columns.Select(column => column.Value.Name)));

    /// <summary>The same as a file: LF, inside quoted values too, since version control would not keep anything else.</summary>
    public static string File(Watchlist watchlist) =>
        string.Concat(Lines(watchlist).Select(line =>
            line.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') + "\n"));
}
