using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit.Formats;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Preview;

/// <summary>Rows of a result as a table, with the looks that the workbook gives its columns.</summary>
internal static class TablePreview
{
    /// <summary>The most rows on a page: enough to see what they are like.</summary>
    public const int MostRows = 50;

    private const int MostHeat = 5;
    private const int PortalRows = 250;

    /// <summary>The table.</summary>
    /// <param name="result">What the query returns.</param>
    /// <param name="looks">How columns look.</param>
    /// <param name="most">The most rows that the workbook shows, or null for the portal's usual number.</param>
    public static PreviewTable Of(EvaluationResult result, ImmutableArray<ColumnView> looks, int? most)
    {
        var columns = result.Columns.Select((column, place) => new Shown(place, column.Type, looks.FirstOrDefault(look => look.Column.Value == column.Name), column.Name))
            .Where(column => column.Look != ColumnLook.Hidden)
            .Select(column => column with { Range = RangeOf(column, result) })
            .ToImmutableArray();
        return new(
            [.. columns.Select(column => new PreviewColumn(column.View?.Label ?? column.Name, CellText.IsNumber(column.Type)))],
            [.. result.Rows.Take(MostRows).Select(row => columns.Select(column => Cell(column, row[column.Place])).ToImmutableArray())],
            Math.Min(result.Rows.Length, most ?? PortalRows));
    }

    private static (double Least, double Most) RangeOf(Shown column, EvaluationResult result) =>
        column.Look is ColumnLook.Bar or ColumnLook.Heatmap
            ? (result.Rows.Min(row => CellText.Number(row[column.Place])), result.Rows.Max(row => CellText.Number(row[column.Place])))
            : default;

    private static PreviewCell Cell(Shown column, Value value)
    {
        var text = CellText.Of(value);
        var colour = column.View?.Colour ?? "blue";
        return column.Look switch
        {
            ColumnLook.Bar => new("bar", text, column.Range.Most <= 0 ? 0 : (int)Math.Round(100 * Math.Max(0, CellText.Number(value)) / column.Range.Most), colour),
            ColumnLook.Heatmap => new("heat", text, Heat(CellText.Number(value), column.Range), colour),
            ColumnLook.Link when Uri.TryCreate(ValueText.Of(value), UriKind.Absolute, out var address) && address.Scheme is "https" or "http" => new("link", ValueText.Of(value)),
            ColumnLook.Severity => new("severity", text),
            _ when value.Kind is ValueKind.Array or ValueKind.Bag => new("code", text),
            _ => new(CellText.IsNumber(column.Type) ? "number" : "text", text),
        };
    }

    // Where all are the same, nothing stands out.
    private static int Heat(double number, (double Least, double Most) range) =>
        range.Most <= range.Least ? 0 : (int)Math.Round(MostHeat * (number - range.Least) / (range.Most - range.Least));

    private sealed record Shown(int Place, string Type, ColumnView? View, string Name)
    {
        public (double Least, double Most) Range { get; init; }

        public ColumnLook Look => View?.Look ?? ColumnLook.Automatic;
    }
}
