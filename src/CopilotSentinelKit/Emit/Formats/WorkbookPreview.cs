using System.Collections.Immutable;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>A workbook as a reader finds it, over the records of a simulated tenant.</summary>
/// <param name="People">How many people the tenant has.</param>
/// <param name="Days">How many days were simulated.</param>
/// <param name="Seed">The seed of all that looks random in it.</param>
/// <param name="Until">The moment at which the workbook is opened, as text.</param>
/// <param name="Values">What is chosen in its parameters.</param>
/// <param name="Sections">What it shows, from top to bottom: a tab or group is a section, and so is what stands between them.</param>
internal sealed record WorkbookPreview(int People, int Days, int Seed, string Until, ImmutableArray<PreviewValue> Values, ImmutableArray<PreviewSection> Sections)
{
    /// <summary>Why nothing is shown; null where it is.</summary>
    public string? Problem { get; init; }
}

/// <summary>A parameter of a workbook and what is chosen in it.</summary>
/// <param name="Label">What the reader sees.</param>
/// <param name="Text">What is chosen; null for nothing.</param>
internal sealed record PreviewValue(string Label, string? Text);

/// <summary>Panels that stand together.</summary>
/// <param name="Title">The label of the tab or the title of the group; null for what is in neither.</param>
/// <param name="IsTab">Whether it is a tab: the portal shows one of them at a time.</param>
/// <param name="Panels">Its panels.</param>
internal sealed record PreviewSection(string? Title, bool IsTab, ImmutableArray<PreviewPanel> Panels);

/// <summary>A text, or the result of a query.</summary>
/// <param name="Title">The title above it, or null.</param>
/// <param name="Width">Its share of the page's width, in percent.</param>
internal sealed record PreviewPanel(string? Title, int Width)
{
    /// <summary>Of a text: its frame (info, success, warning, error), or null.</summary>
    public string? Style { get; init; }

    /// <summary>Of a text: its paragraphs.</summary>
    public ImmutableArray<TextBlock> Text { get; init; } = [];

    /// <summary>What stands where no row is: the workbook's own words, or why the query was not run; null where there are rows.</summary>
    public string? NoRows { get; init; }

    /// <summary>What a reader does with it in the portal and what was done here; null for nothing.</summary>
    public string? Choice { get; init; }

    /// <summary>A number and words for each row; only of tiles.</summary>
    public ImmutableArray<PreviewTile> Tiles { get; init; } = [];

    /// <summary>The chart; null where none is drawn.</summary>
    public PreviewChart? Chart { get; init; }

    /// <summary>The rows, of a chart the numbers behind it; null where there are none, or tiles say all.</summary>
    public PreviewTable? Table { get; init; }
}

/// <summary>A paragraph, a heading or an item of a list.</summary>
/// <param name="Kind">paragraph, heading or item.</param>
/// <param name="Runs">Its text.</param>
internal sealed record TextBlock(string Kind, ImmutableArray<TextRun> Runs);

/// <summary>Text that looks the same from one end to the other.</summary>
/// <param name="Kind">plain, strong, code or link.</param>
/// <param name="Text">The text.</param>
/// <param name="Address">Of a link: where it leads.</param>
internal sealed record TextRun(string Kind, string Text, string? Address = null);

/// <summary>A tile.</summary>
/// <param name="Title">The words.</param>
/// <param name="Value">The number.</param>
internal sealed record PreviewTile(string Title, string Value);

/// <summary>Rows of a result, as a table shows them.</summary>
/// <param name="Columns">The columns that are shown.</param>
/// <param name="Rows">The first rows, each with a cell for each column.</param>
/// <param name="Total">How many rows there are.</param>
internal sealed record PreviewTable(ImmutableArray<PreviewColumn> Columns, ImmutableArray<ImmutableArray<PreviewCell>> Rows, int Total);

/// <summary>A column of a table.</summary>
/// <param name="Label">Its header.</param>
/// <param name="IsNumber">Whether its values are numbers, which stand at the right.</param>
internal sealed record PreviewColumn(string Label, bool IsNumber);

/// <summary>A cell of a table.</summary>
/// <param name="Look">text, number, bar, heat, link, severity or code.</param>
/// <param name="Text">The value, as a reader sees it.</param>
/// <param name="Level">Of a bar: its length in percent of the longest. Of heat: 0 to 5.</param>
/// <param name="Colour">The colour of a bar or of heat: blue, green, orange, red, yellow, purple or gray.</param>
internal sealed record PreviewCell(string Look, string Text, int Level = 0, string Colour = "blue");

/// <summary>A chart as paths in a square of <see cref="Side"/> by <see cref="Side"/>, which a page stretches to its place; words stand beside it.</summary>
/// <param name="Kind">lines, areas, bars (stacked) or shares (of a ring).</param>
/// <param name="Summary">What it shows, in a sentence.</param>
/// <param name="Heights">The labels of the vertical axis at equal distances, from top to bottom; none for shares.</param>
/// <param name="Times">The labels of the horizontal axis, each at the left of a span of the same length; none for shares.</param>
/// <param name="Series">What is drawn, the largest first.</param>
internal sealed record PreviewChart(string Kind, string Summary, ImmutableArray<string> Heights, ImmutableArray<string> Times, ImmutableArray<PreviewSeries> Series)
{
    /// <summary>Units from one side to the other.</summary>
    public const int Side = 1000;
}

/// <summary>A line, the bars of one colour, or a share.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Total">The sum of its values.</param>
/// <param name="Path">The data of an SVG path.</param>
internal sealed record PreviewSeries(string Name, string Total, string Path);
