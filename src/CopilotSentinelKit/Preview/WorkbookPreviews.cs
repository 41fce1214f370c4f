using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit.Formats;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Simulate;

namespace CopilotSentinelKit.Preview;

/// <summary>Workbooks over a simulated tenant as a page shows them.</summary>
internal static class WorkbookPreviews
{
    private const string NoRows = "The query returned no results.";
    private const string Waits = "Shown once a row is chosen above; here none is there to choose.";

    /// <summary>A workbook with its results, ready to be drawn.</summary>
    /// <param name="shown">The workbook and what its queries return.</param>
    /// <param name="options">The tenant.</param>
    public static WorkbookPreview Of(ShownWorkbook shown, SimulationOptions options) => Of(options) with
    {
        Values = [.. shown.Workbook.Parameters.Select(parameter => new PreviewValue(parameter.Label, Chosen(parameter, shown.Values)))],
        Sections = [.. Sections(shown.Workbook.Items, null, isTab: false, shown)],
    };

    /// <summary>In place of a workbook that cannot be run.</summary>
    /// <param name="options">The tenant.</param>
    /// <param name="problem">Why.</param>
    public static WorkbookPreview None(SimulationOptions options, string problem) => Of(options) with { Problem = problem };

    private static WorkbookPreview Of(SimulationOptions options) =>
        new(options.People, options.Days, options.Seed, options.To.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture), [], []);

    private static string? Chosen(WorkbookParameter<WorkbookQuery> parameter, WorkbookValues values)
    {
        var value = values.Spans.ContainsKey(parameter.Name.Value) || values.Texts.ContainsKey(parameter.Name.Value) ? values.In($"{{{parameter.Name.Value}:label}}") : "";
        var labelled = (parameter as DropdownParameter<WorkbookQuery>)?.Values.FirstOrDefault(choice => choice.Value.Value == value).Label.Value;
        return labelled ?? (value.Length == 0 ? null : value);
    }

    private static IEnumerable<PreviewSection> Sections(ImmutableArray<WorkbookItem<WorkbookQuery>> items, string? title, bool isTab, ShownWorkbook shown)
    {
        var panels = ImmutableArray.CreateBuilder<PreviewPanel>();
        foreach (var item in items)
        {
            var inner = item switch
            {
                TabsItem<WorkbookQuery> tabs => tabs.Tabs.SelectMany(tab => Sections(tab.Items, tab.Label.Value, isTab: true, shown)),
                GroupItem<WorkbookQuery> group => Sections(group.Items, group.Title.Value, isTab: false, shown),
                _ => [],
            };
            if (PanelOf(item, shown) is { } panel)
            {
                panels.Add(panel);
                continue;
            }

            // What stands before a group or tabs stays before them.
            if (panels.Count > 0)
            {
                yield return new(title, isTab, panels.DrainToImmutable());
                title = null;
            }

            foreach (var section in inner)
            {
                yield return section;
            }
        }

        if (panels.Count > 0)
        {
            yield return new(title, isTab, panels.DrainToImmutable());
        }
    }

    private static PreviewPanel? PanelOf(WorkbookItem<WorkbookQuery> item, ShownWorkbook shown) => item switch
    {
        TextItem<WorkbookQuery> text => new(null, item.Width ?? 100) { Style = text.Style?.ToString().ToLowerInvariant(), Text = MarkdownBlocks.Of(shown.Values.In(text.Text.Value)) },
        QueryItem<WorkbookQuery> query => Panel(query, shown),
        _ => null,
    };

    private static PreviewPanel Panel(QueryItem<WorkbookQuery> item, ShownWorkbook shown)
    {
        var panel = new PreviewPanel(item.View.Title is { } title ? shown.Values.In(title.Value) : null, item.Width ?? 100);
        return shown.Results.GetValueOrDefault(item.Query) switch
        {
            null => panel with { NoRows = Waits },
            { Result: { Rows.IsEmpty: false } result } => Drawn(panel, item.View, result) with { Choice = ChoiceIn(item.View) },
            { Result: not null } => panel with { NoRows = item.View.NoData ?? NoRows },
            { Problem: var problem } => panel with { NoRows = $"This query cannot be run over simulated records: {problem?.Message}" },
        };
    }

    private static string? ChoiceIn(QueryView view) =>
        view.Brush is not null ? "In Sentinel, marking a span on the chart narrows what is below it; here the whole time is marked."
        : !view.Exports.IsEmpty ? "In Sentinel, a click on a row shows it below; here the first row is chosen."
        : null;

    private static PreviewPanel Drawn(PreviewPanel panel, QueryView view, EvaluationResult result) => view.Form.Value switch
    {
        QueryForm.Tiles => panel with { Tiles = Tiles(result, Place(result, view.Tiles!.Title.Value), Place(result, view.Tiles.Value.Value)) },
        QueryForm.TimeChart or QueryForm.AreaChart or QueryForm.BarChart when ChartData.OverTime(view.Chart, result) is { } data => panel with { Chart = TimeChart.Of(view.Form.Value, data), Table = data.ToTable() },
        QueryForm.PieChart when ChartData.Shares(view.Chart, result) is { } data => panel with { Chart = ShareChart.Of(data), Table = TablePreview.Of(result, [], view.Rows) },
        QueryForm.Map => panel with { Table = TablePreview.Of(result, [new(view.Map!.Size, ColumnLook.Bar, null, null)], view.Rows) },
        QueryForm.Table => panel with { Table = TablePreview.Of(result, view.Columns, view.Rows) },
        _ => panel with { Table = TablePreview.Of(result, ChartData.Bars(view.Chart, result), view.Rows) },
    };

    private static ImmutableArray<PreviewTile> Tiles(EvaluationResult result, int title, int value) =>
        [.. result.Rows.Select(row => new PreviewTile(CellText.Of(row[title]), CellText.Of(row[value])))];

    private static int Place(EvaluationResult result, string column) => result.Columns.Select(known => known.Name).ToList().IndexOf(column);
}
