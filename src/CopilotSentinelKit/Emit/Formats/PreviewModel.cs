using System.Collections.Immutable;
using Scriban.Runtime;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>What templates can name of a workbook over simulated records.</summary>
internal static class PreviewModel
{
    private static readonly ModelShape<PreviewValue> ValueShape = new(
        "value",
        new("label", "text", "What the reader sees above it.", value => value.Label),
        new("text", "text", "What is chosen; null for nothing.", value => value.Text));

    private static readonly ModelShape<TextRun> RunShape = new(
        "run",
        new("look", "text", "plain, strong, code or link.", run => run.Kind),
        new("text", "text", "The text.", run => run.Text),
        new("address", "text", "Of a link: where it leads; else null.", run => run.Address));

    private static readonly ModelShape<TextBlock> BlockShape = new(
        "block",
        new("kind", "text", "paragraph, heading or item.", block => block.Kind),
        new("runs", "list of run", "Its text.", block => RunShape.Of(block.Runs)));

    private static readonly ModelShape<PreviewTile> TileShape = new(
        "tile",
        new("title", "text", "Its words.", tile => tile.Title),
        new("value", "text", "Its number.", tile => tile.Value));

    private static readonly ModelShape<PreviewCell> CellShape = new(
        "cell",
        new("look", "text", "text, number, bar, heat, link, severity or code.", cell => cell.Look),
        new("text", "text", "The value, as a reader sees it.", cell => cell.Text),
        new("level", "number", "Of a bar: its length in percent of the longest. Of heat: 0 to 5.", cell => cell.Level),
        new("colour", "text", "Of a bar or heat: blue, green, orange, red, yellow, purple or gray.", cell => cell.Colour));

    private static readonly ModelShape<ImmutableArray<PreviewCell>> RowShape = new(
        "row",
        new ModelMember<ImmutableArray<PreviewCell>>("cells", "list of cell", "A cell for each column of the table.", row => CellShape.Of(row)));

    private static readonly ModelShape<PreviewColumn> HeadShape = new(
        "head",
        new("label", "text", "The words above the column.", head => head.Label),
        new("number", "bool", "Whether its values are numbers.", head => head.IsNumber));

    private static readonly ModelShape<PreviewTable> TableShape = new(
        "table",
        new("heads", "list of head", "Its columns.", table => HeadShape.Of(table.Columns)),
        new("rows", "list of row", "The first of its rows.", table => RowShape.Of(table.Rows)),
        new("total", "number", "How many rows there are.", table => table.Total));

    private static readonly ModelShape<PreviewSeries> SeriesShape = new(
        "series",
        new("name", "text", "What it is of.", series => series.Name),
        new("total", "text", "The sum of its values.", series => series.Total),
        new("path", "text", $"What is drawn: the data of an SVG path in a square with sides of {PreviewChart.Side}.", series => series.Path));

    private static readonly ModelShape<PreviewChart> ChartShape = new(
        "chart",
        new("form", "text", "lines, areas, bars or shares.", chart => chart.Kind),
        new("summary", "text", "What it shows, in a sentence.", chart => chart.Summary),
        new("heights", "list of text", "Labels of the vertical axis at equal distances, from top to bottom.", chart => new ScriptArray(chart.Heights)),
        new("times", "list of text", "Labels of the horizontal axis, each at the left of a span of the same length.", chart => new ScriptArray(chart.Times)),
        new("series", "list of series", "What is drawn, the largest first.", chart => SeriesShape.Of(chart.Series)));

    private static readonly ModelShape<PreviewPanel> PanelShape = new(
        "panel",
        new("title", "text", "The title above it, or null.", panel => panel.Title),
        new("width", "number", "Its share of the page's width, in percent.", panel => panel.Width),
        new("style", "text", "Of a text: info, success, warning or error; else null.", panel => panel.Style),
        new("blocks", "list of block", "Of a text: its paragraphs.", panel => BlockShape.Of(panel.Text)),
        new("no_rows", "text", "What stands where no row is; null where there are rows.", panel => panel.NoRows),
        new("choice", "text", "What a reader does with it in the portal, and what is chosen here; null for nothing.", panel => panel.Choice),
        new("tiles", "list of tile", "Of tiles: a tile for each row.", panel => TileShape.Of(panel.Tiles)),
        new("chart", "chart", "Its chart; null for none.", panel => panel.Chart is { } chart ? ChartShape.Of(chart) : null),
        new("table", "table", "Its rows, of a chart the numbers behind it; null for none.", panel => panel.Table is { } table ? TableShape.Of(table) : null));

    private static readonly ModelShape<PreviewSection> SectionShape = new(
        "section",
        new("title", "text", "The label of a tab or the title of a group; null for what is in neither.", section => section.Title),
        new("tab", "bool", "Whether it is a tab.", section => section.IsTab),
        new("panels", "list of panel", "Its panels.", section => PanelShape.Of(section.Panels)));

    private static readonly ModelShape<WorkbookPreview> Preview = new(
        "preview",
        new("problem", "text", "Why nothing can be shown; null where it is.", preview => preview.Problem),
        new("people", "number", "How many people the simulated tenant has.", preview => preview.People),
        new("days", "number", "How many days were simulated.", preview => preview.Days),
        new("seed", "number", "The seed of all that looks random in it.", preview => preview.Seed),
        new("until", "text", "The moment at which the workbook is opened.", preview => preview.Until),
        new("values", "list of value", "What is chosen in its parameters.", preview => ValueShape.Of(preview.Values)),
        new("sections", "list of section", "What it shows, from top to bottom.", preview => SectionShape.Of(preview.Sections)));

    /// <summary>What the reference lists.</summary>
    public static ImmutableArray<IModelShape> Shapes { get; } =
        [Preview, ValueShape, SectionShape, PanelShape, BlockShape, RunShape, TileShape, ChartShape, SeriesShape, TableShape, HeadShape, RowShape, CellShape];

    /// <summary>A workbook over simulated records.</summary>
    public static ScriptObject Of(WorkbookPreview preview) => Preview.Of(preview);
}
