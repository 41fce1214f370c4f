using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using static CopilotSentinelKit.Spec.Key;
using static CopilotSentinelKit.Spec.SharedShapes;

namespace CopilotSentinelKit.Spec;

/// <summary>The keys of a workbook's query: how its result is shown.</summary>
internal static class WorkbookQueryShape
{
    public static Choices<QueryForm> QueryForms { get; } = new(
        ("table", QueryForm.Table),
        ("tiles", QueryForm.Tiles),
        ("timechart", QueryForm.TimeChart),
        ("areachart", QueryForm.AreaChart),
        ("barchart", QueryForm.BarChart),
        ("categoricalbar", QueryForm.CategoricalBar),
        ("piechart", QueryForm.PieChart),
        ("map", QueryForm.Map));

    public static Choices<QuerySize> Sizes { get; } = new(
        ("tiny", QuerySize.Tiny), ("small", QuerySize.Small), ("medium", QuerySize.Medium), ("large", QuerySize.Large), ("full", QuerySize.Full));

    public static Choices<ColumnLook> Looks { get; } = new(
        ("text", ColumnLook.Text),
        ("hidden", ColumnLook.Hidden),
        ("date", ColumnLook.Date),
        ("bar", ColumnLook.Bar),
        ("heatmap", ColumnLook.Heatmap),
        ("link", ColumnLook.Link),
        ("details", ColumnLook.Details),
        ("severity", ColumnLook.Severity));

    private static readonly ChoiceShape Colours = new(["blue", "green", "orange", "red", "yellow", "purple", "gray"]);

    private static readonly MapShape Column = new("a column",
    [
        Optional("as", Looks.Shape, "What its cells look like; the portal's choice by type when left out."),
        Optional("label", Line, "Its header; its name when left out."),
        Optional("colour", Colours, "The colour of bars and heat maps; blue when left out."),
    ]);

    private static readonly MapShape Tiles = new("tiles",
    [
        Required("title", Line, "The column of the words on a tile."),
        Required("value", Line, "The column of the big number on a tile."),
    ]);

    private static readonly MapShape Chart = new("a chart",
    [
        Optional("x", Line, "The column along the chart."),
        Optional("y", new ItemOrListShape(Line), "The columns of its height."),
        Optional("series", Line, "The column with a series for each of its values."),
    ]);

    private static readonly MapShape Map = new("a map",
    [
        Required("country", Line, "The column of the country, a name or two letters."),
        Required("size", Line, "The column of the number that makes a circle large."),
        Optional("label", Line, "The column of the words beside it; the country when left out."),
    ]);

    private static readonly MapShape Values = MapShape.Of("parameters", new(Forms.Identifier, new ParameterValueShape(), "A parameter of the archetype and its value."));

    /// <summary>How a result looks: keys that an archetype may have as well as a query.</summary>
    public static ImmutableArray<Key> ViewKeys { get; } =
    [
        Optional("show", QueryForms.Shape, "The form of the result; a table when left out."),
        Optional("size", Sizes.Shape, "The height; medium when left out."),
        Optional("noData", Line, "What to say when there are no rows."),
        Optional("columns", MapShape.Of("columns", new(null, Column, "A column of the table and how it looks.")), "How columns of a table look."),
        Optional("rows", new IntegerShape(1, 10_000), "The most rows of a table; 250 when left out."),
        Optional("tiles", Tiles, "What stands on tiles."),
        Optional("chart", Chart, "The axes of a chart; the portal chooses when left out."),
        Optional("map", Map, "What a map shows."),
    ];

    /// <summary>The shape.</summary>
    /// <param name="width">The key that every item has.</param>
    public static MapShape Create(Key width) => new("a query",
    [
        Required("query", KqlText, "The KQL, with {Parameter} for parameters."),
        Optional("template", new TextShape(Forms.TemplateName), "A file of templates/workbooks that the query is put into and that says how the result looks; keys written here count before those there."),
        Optional("parameters", Values, "Values of the archetype's parameters."),
        Optional("title", Line, "The title above it."),
        width,
        .. ViewKeys,
        Optional("export", MapShape.Of("export", new(Forms.Identifier, Line, "A parameter and the column that the chosen row gives it from.")), "Parameters that a click on a row sets."),
        Optional("brush", new TextShape(Forms.Identifier), "A parameter, of time, that marking a span on a chart over time sets."),
    ]);
}
