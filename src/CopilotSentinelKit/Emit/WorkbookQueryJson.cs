
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>A query of a workbook and how its result is shown, as JSON.</summary>
/// <param name="timeRange">The parameter whose range bounds each query, beside what its KQL says; or null.</param>
internal sealed class WorkbookQueryJson(string? timeRange)
{
    /// <summary>The workbook's own workspace.</summary>
    public const string ResourceType = "microsoft.operationalinsights/workspaces";

    private const int Logs = 0;

    // Numbers of the portal's renderers, as the workbooks of the public gallery use them.
    private const int BigNumber = 12;
    private const int Text = 1;

    // The portal's own words ask to change the query, which is not the reader's.
    private const string NoData = "There is nothing to show.";
    private const string NoDataInRange = "There is nothing to show in this time range.";

    public OutputMap Of(WorkbookQuery query, QueryView view) => OutputMap.Of(
    [
        ("version", "KqlItem/1.0"),
        ("query", query.Kql.Text),
        ("size", (int)view.Size),
        ("title", view.Title?.Value),
        ("noDataMessage", view.NoData ?? (timeRange is null ? NoData : NoDataInRange)),
        ("exportedParameters", OutputList.Of(view.Exports.Select(export => OutputMap.Of(
            ("fieldName", export.Column.Value), ("parameterName", export.Parameter.Value), ("parameterType", 1)))).OrNull()),
        ("timeBrushParameterName", view.Brush?.Value),
        ("timeBrushExportOnlyWhenBrushed", view.Brush is null ? null : true),
        ("showExportToExcel", view.Form.Value == QueryForm.Table ? true : null),
        .. Source(),
        ("visualization", view.Form.Value.ToString().ToLowerInvariant()),
        ("gridSettings", view.Form.Value == QueryForm.Table ? Grid(view) : null),
        ("tileSettings", view.Tiles is { } tiles ? Tiles(tiles) : null),
        ("chartSettings", view.Chart is { } chart ? Chart(chart) : null),
        ("mapSettings", view.Map is { } map ? Map(map) : null),
    ]);

    /// <summary>What a query reads: Logs of the workspace, in the time range.</summary>
    public (string Key, OutputNode? Value)[] Source() =>
    [
        ("timeContext", timeRange is null ? null : OutputMap.Of(("durationMs", 0))),
        ("timeContextFromParameter", timeRange),
        ("queryType", Logs),
        ("resourceType", ResourceType),
    ];

    private static OutputMap Grid(QueryView view) => OutputMap.Of(
        ("formatters", OutputList.Of(view.Columns.Where(column => column.Look != ColumnLook.Automatic).Select(Formatter)).OrNull()),
        ("rowLimit", view.Rows is { } rows ? rows : null),
        ("filter", true),
        ("labelSettings", OutputList.Of(view.Columns.Where(column => column.Label is not null).Select(column =>
            OutputMap.Of(("columnId", column.Column.Value), ("label", column.Label)))).OrNull()));

    private static OutputMap Formatter(ColumnView column)
    {
        var palette = OutputMap.Of(("palette", column.Colour ?? "blue"));
        var (formatter, options) = column.Look switch
        {
            ColumnLook.Hidden => (5, null),
            ColumnLook.Date => (6, null),
            ColumnLook.Bar => (4, palette),
            ColumnLook.Heatmap => (8, palette),
            ColumnLook.Link => (7, OutputMap.Of(("linkTarget", "Url"))),
            ColumnLook.Details => (7, OutputMap.Of(("linkTarget", "CellDetails"), ("linkIsContextBlade", true))),
            ColumnLook.Severity => (18, Severities()),
            _ => (Text, null),
        };
        return OutputMap.Of(("columnMatch", column.Column.Value), ("formatter", formatter), ("formatOptions", options));
    }

    private static OutputMap Severities() => OutputMap.Of(
        ("thresholdsOptions", "colors"),
        ("thresholdsGrid", OutputList.Of(new[]
        {
            Threshold("==", "High", "redBright"),
            Threshold("==", "Medium", "orange"),
            Threshold("==", "Low", "yellow"),
            Threshold("==", "Informational", "blue"),
            Threshold("Default", null, "gray"),
        })));

    private static OutputMap Threshold(string comparison, string? value, string colour) => OutputMap.Of(
        ("operator", comparison), ("thresholdValue", value), ("representation", colour), ("text", "{0}{1}"));

    private static OutputMap Tiles(TileView tiles) => OutputMap.Of(
        ("titleContent", OutputMap.Of(("columnMatch", tiles.Title.Value), ("formatter", Text))),
        ("leftContent", OutputMap.Of(
            ("columnMatch", tiles.Value.Value),
            ("formatter", BigNumber),
            ("formatOptions", OutputMap.Of(("palette", "auto"))),
            ("numberFormat", OutputMap.Of(
                // Unit 17 is "count"; without digits it shows 1.2K for 1,234.
                ("unit", 17),
                ("options", OutputMap.Of(("style", "decimal"), ("maximumFractionDigits", 2), ("maximumSignificantDigits", 3))))))),
        ("showBorder", true));

    private static OutputMap Chart(ChartView chart) => OutputMap.Of(
        ("xAxis", chart.X?.Value),
        ("yAxis", OutputList.Of(chart.Y.Select(column => column.Value)).OrNull()),
        ("group", chart.Series?.Value),
        ("showLegend", true));

    private static OutputMap Map(MapView map) => OutputMap.Of(
        ("locInfo", "CountryRegion"),
        ("locInfoColumn", map.Country.Value),
        ("sizeSettings", map.Size.Value),
        ("sizeAggregation", "Sum"),
        ("labelSettings", (map.Label ?? map.Country).Value),
        ("legendMetric", map.Size.Value),
        ("legendAggregation", "Sum"),
        ("itemColorSettings", OutputMap.Of(
            ("type", "heatmap"), ("colorAggregation", "Sum"), ("nodeColorField", map.Size.Value), ("heatmapPalette", "greenRed"))));
}
