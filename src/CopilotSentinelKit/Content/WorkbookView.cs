using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Content;

/// <summary>How a workbook shows the result of a query.</summary>
/// <param name="Title">The title above it; <c>{Parameter}</c> inserts a value; or null.</param>
/// <param name="Form">Table, tiles or a chart.</param>
/// <param name="Size">Its height.</param>
/// <param name="NoData">What to say when there are no rows, or null for the usual words.</param>
/// <param name="Rows">The most rows that a table shows, or null for the portal's 250.</param>
/// <param name="Columns">How single columns of a table look.</param>
/// <param name="Exports">Parameters that take a value from the row that the reader chooses.</param>
/// <param name="Tiles">What stands on a tile, or null.</param>
/// <param name="Chart">The axes of a chart, or null for the portal's own choice.</param>
public sealed record QueryView(
    Spanned<string>? Title,
    Spanned<QueryForm> Form,
    QuerySize Size,
    string? NoData,
    int? Rows,
    ImmutableArray<ColumnView> Columns,
    ImmutableArray<ColumnExport> Exports,
    TileView? Tiles,
    ChartView? Chart)
{
    /// <summary>What a map shows, or null.</summary>
    public MapView? Map { get; init; }

    /// <summary>The parameter that takes the span of time which the reader marks on a chart over time, or null.</summary>
    public Spanned<string>? Brush { get; init; }

    /// <summary>The parameters that a reader sets by choosing a row or marking a span.</summary>
    public IEnumerable<Spanned<string>> Set => Exports.Select(export => export.Parameter).Concat(Brush is { } brush ? [brush] : []);

    /// <summary>Columns that settings of the portal's own name, and what for: "the value of tiles". Of workbooks of others; the kit's have the lists above.</summary>
    public ImmutableArray<(Spanned<string> Column, string By)> Named { get; init; } = [];

    /// <summary>Columns that a table of the portal's own only shows in another way: formats, headers, order.</summary>
    public ImmutableArray<Spanned<string>> Styled { get; init; } = [];
}

/// <summary>How a column of a table looks.</summary>
/// <param name="Column">A column of the result.</param>
/// <param name="Look">What its cells look like.</param>
/// <param name="Label">Its header, or null for its name.</param>
/// <param name="Colour">The colour of bars and heat maps, or null for blue.</param>
public sealed record ColumnView(Spanned<string> Column, ColumnLook Look, string? Label, string? Colour);

/// <summary>A parameter that takes a value from the row that the reader chooses.</summary>
/// <param name="Parameter">The name that queries use in braces.</param>
/// <param name="Column">A column of the result.</param>
public sealed record ColumnExport(Spanned<string> Parameter, Spanned<string> Column);

/// <summary>What stands on a tile; there is a tile for each row.</summary>
/// <param name="Title">The column of the words.</param>
/// <param name="Value">The column of the big number.</param>
public sealed record TileView(Spanned<string> Title, Spanned<string> Value);

/// <summary>The axes of a chart.</summary>
/// <param name="X">The column along the chart, or null.</param>
/// <param name="Y">The columns of its height; none for all numbers.</param>
/// <param name="Series">The column with a series for each of its values, or null.</param>
public sealed record ChartView(Spanned<string>? X, ImmutableArray<Spanned<string>> Y, Spanned<string>? Series);

/// <summary>What a map shows; there is a circle for each row.</summary>
/// <param name="Country">The column of the country, a name or two letters.</param>
/// <param name="Size">The column of the number that makes a circle large.</param>
/// <param name="Label">The column of the words beside it, or null for the country.</param>
public sealed record MapView(Spanned<string> Country, Spanned<string> Size, Spanned<string>? Label);

/// <summary>The forms in which a result is shown.</summary>
public enum QueryForm
{
    /// <summary>Rows and columns.</summary>
    Table,

    /// <summary>A tile for each row.</summary>
    Tiles,

    /// <summary>Lines over time.</summary>
    TimeChart,

    /// <summary>Filled lines over time.</summary>
    AreaChart,

    /// <summary>Bars, stacked by series.</summary>
    BarChart,

    /// <summary>A bar for each category.</summary>
    CategoricalBar,

    /// <summary>Shares of a whole.</summary>
    PieChart,

    /// <summary>A circle for each country.</summary>
    Map,
}

/// <summary>Heights.</summary>
public enum QuerySize
{
    /// <summary>The usual one.</summary>
    Medium,

    /// <summary>Half of it.</summary>
    Small,

    /// <summary>Twice as much.</summary>
    Large,

    /// <summary>As much as the rows need.</summary>
    Full,

    /// <summary>A single line of tiles.</summary>
    Tiny,
}

/// <summary>Looks of a table's cells.</summary>
public enum ColumnLook
{
    /// <summary>The portal's choice by type.</summary>
    Automatic,

    /// <summary>Text as it is.</summary>
    Text,

    /// <summary>Not shown, but there to be exported.</summary>
    Hidden,

    /// <summary>Date and time.</summary>
    Date,

    /// <summary>A bar beside the number.</summary>
    Bar,

    /// <summary>The cell is coloured by its number.</summary>
    Heatmap,

    /// <summary>A link to the address in the cell.</summary>
    Link,

    /// <summary>A link that opens the cell's value, for dynamic ones.</summary>
    Details,

    /// <summary>High, Medium, Low and Informational in colours.</summary>
    Severity,
}
