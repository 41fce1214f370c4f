using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>A watchlist's rows: values of the declared types, within the limits of an upload as CSV.</summary>
internal static class WatchlistRowsCheck
{
    private const int LineLimit = 10_240;
    private const long SizeLimit = 3_800_000;

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not Watchlist watchlist)
        {
            yield break;
        }

        var bytes = (long)string.Join(',', watchlist.Columns.Select(column => column.Value.Name)).Length;
        foreach (var row in watchlist.Rows.Concat(watchlist.Examples))
        {
            var line = string.Join(',', row.Select(value => Quote(value.Value)));
            bytes += Encoding.UTF8.GetByteCount(line) + "\r\n".Length;
            var span = row.IsEmpty ? watchlist.Alias.Span : row[0].Span;
            if (line.Length > LineLimit)
            {
                yield return WatchlistFindings.LineTooLong(span, line.Length, LineLimit);
            }

            if (row.Length != watchlist.Columns.Length)
            {
                yield return WatchlistFindings.RowLength(span, row.Length, watchlist.Columns.Length);
                continue;
            }

            // One note a row is enough to look at it.
            foreach (var (column, cell) in watchlist.Columns.Zip(row).Where(cell => IsFormula(cell.Second.Value)).Take(1))
            {
                yield return WatchlistFindings.Formula(cell.Span, cell.Value, column.Value.Name);
            }

            foreach (var finding in CheckValues(watchlist, row))
            {
                yield return finding;
            }
        }

        if (bytes > SizeLimit)
        {
            yield return WatchlistFindings.TooLarge(watchlist.Alias.Span, bytes, SizeLimit);
        }
    }

    private static IEnumerable<Finding> CheckValues(Watchlist watchlist, ImmutableArray<Spanned<string>> row)
    {
        foreach (var (column, value) in watchlist.Columns.Zip(row))
        {
            var (name, type) = column.Value;
            if (string.IsNullOrWhiteSpace(value.Value))
            {
                if (name == watchlist.SearchKey.Value)
                {
                    yield return WatchlistFindings.EmptySearchKey(value.Span, name);
                }
            }
            else if (!KustoValue.IsOfType(value.Value, type))
            {
                yield return WatchlistFindings.WrongValue(value.Span, value.Value, name, type);
            }
        }
    }

    // What a spreadsheet takes for a formula, however it came into the cell. A number with a sign does nothing.
    private static bool IsFormula(string value) =>
        value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string Quote(string value) =>
        value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
