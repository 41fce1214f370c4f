
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>RFC 4180: a header and rows, quoted where they must be. Values are data: none is changed to please a spreadsheet.</summary>
internal static class Csv
{
    /// <summary>The lines of a watchlist, header first, without line ends between them.</summary>
    public static IEnumerable<string> Lines(Watchlist watchlist) =>
        watchlist.Rows.Select(row => Line(row.Select(cell => cell.Value))).Prepend(Line(watchlist.Columns.Select(column => column.Value.Name)));

    /// <summary>The same as a file: LF, inside quoted values too, since version control would not keep anything else.</summary>
    public static string File(Watchlist watchlist) =>
        string.Concat(Lines(watchlist).Select(line =>
            line.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') + "\n"));

    private static string Line(IEnumerable<string> values)
    {
        // A single empty value would be an empty line, which readers skip.
        var line = string.Join(',', values.Select(Quote));
        return line.Length == 0 ? "\"\"" : line;
    }

    // White space at the ends is quoted too: some readers trim bare values.
    private static string Quote(string value) =>
        value.AsSpan().ContainsAny(",\"\r\n") || value.Length != value.Trim().Length
            ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : value;
}
