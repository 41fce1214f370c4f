using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Validate;

/// <summary>Columns that a workbook's table, tiles, chart or exports use are in the query's result, and the result fits the form: the portal
/// would show nothing, and say nothing.</summary>
internal static class WorkbookColumnsCheck
{
    private static readonly ImmutableArray<string> Numbers = ["int", "long", "real", "decimal"];

    public static IEnumerable<Finding> Run(Workbook workbook, ImmutableArray<KqlAnalysis> analyses, ValidationContext context)
    {
        var known = WorkbookParameters.Of(workbook);
        var columnsOf = new Dictionary<WorkbookQuery, ImmutableArray<Column>>(ReferenceEqualityComparer.Instance);
        foreach (var (query, analysis) in workbook.Queries.Zip(analyses))
        {
            if (query.References.All(known.IsSound) && analysis.GetSoundColumns() is { } columns)
            {
                columnsOf.Add(query, columns);
            }
        }

        var open = workbook.Queries.Zip(analyses).Where(pair => pair.Second.IsOpen).Select(pair => pair.First).ToHashSet(ReferenceEqualityComparer.Instance);
        return workbook.AllItems.OfType<QueryItem<WorkbookQuery>>()
            .Where(item => columnsOf.ContainsKey(item.Query))
            .SelectMany(item => Check(item.View, columnsOf[item.Query]).Concat(open.Contains(item.Query) ? [] : CheckNamed(item.View, columnsOf[item.Query])));
    }

    private static IEnumerable<Finding> Check(QueryView view, ImmutableArray<Column> columns)
    {
        var names = columns.Select(column => column.Name).ToImmutableArray();
        var missing = Uses(view).Where(use => use.Column.Value.Length > 0 && !names.Contains(use.Column.Value)).ToList();
        return missing.Count > 0
            ? missing.Select(use => KqlFindings.UnknownColumn(use.Column.Span, use.Column.Value, use.By, names))
            : CheckForm(view, columns);
    }

    private static IEnumerable<Finding> CheckNamed(QueryView view, ImmutableArray<Column> columns)
    {
        var names = columns.Select(column => column.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var shown = from named in view.Named
                    where !names.Contains(named.Column.Value)
                    select WorkbookFindings.ColumnNotReturned(named.Column.Span, named.Column.Value, named.By, names);

        // A format and a header of one column are one mistake.
        var styled = from column in view.Styled
                     where !names.Contains(column.Value)
                     group column.Span by column.Value into places
                     select places.Skip(1).Aggregate(WorkbookFindings.StyleOfNoColumn(places.First(), places.Key, names), (found, place) => found.With(place, "and here"));
        return shown.Concat(styled);
    }

    private static IEnumerable<(Spanned<string> Column, string By)> Uses(QueryView view)
    {
        foreach (var column in view.Columns)
        {
            yield return (column.Column, "the table");
        }

        foreach (var export in view.Exports)
        {
            yield return (export.Column, $"the parameter \"{export.Parameter.Value}\"");
        }

        if (view.Tiles is { } tiles)
        {
            yield return (tiles.Title, "the title of tiles");
            yield return (tiles.Value, "the value of tiles");
        }

        if (view.Map is { } map)
        {
            yield return (map.Country, "the map");
            yield return (map.Size, "the map");
            yield return (map.Label ?? map.Country, "the map");
        }

        foreach (var axis in view.Chart is { } chart ? [chart.X, .. chart.Y.Select(y => (Spanned<string>?)y), chart.Series] : Array.Empty<Spanned<string>?>())
        {
            if (axis is { } column)
            {
                yield return (column, "the chart");
            }
        }
    }

    private static IEnumerable<Finding> CheckForm(QueryView view, ImmutableArray<Column> columns)
    {
        var number = columns.Any(column => Numbers.Contains(column.Type));
        var form = WorkbookQueryShape.QueryForms.Word(view.Form.Value);
        switch (view.Form.Value)
        {
            case QueryForm.Tiles when columns.FirstOrDefault(column => column.Name == view.Tiles?.Value.Value) is { } value && !Numbers.Contains(value.Type):
                yield return WorkbookFindings.TileValue(view.Tiles!.Value.Span, value.Name, value.Type);
                break;
            case QueryForm.Map when columns.FirstOrDefault(column => column.Name == view.Map?.Size.Value) is { } size && !Numbers.Contains(size.Type):
                yield return WorkbookFindings.MapSize(view.Map!.Size.Span, size.Name, size.Type);
                break;
            case QueryForm.TimeChart or QueryForm.AreaChart when !number || !columns.Any(column => column.Type == "datetime"):
                yield return WorkbookFindings.ChartNeeds(view.Form.Span, form, "a datetime column and a number");
                break;
            case QueryForm.BarChart or QueryForm.CategoricalBar or QueryForm.PieChart when !number || columns.Length < 2:
                yield return WorkbookFindings.ChartNeeds(view.Form.Span, form, "a number and a column to tell its values apart");
                break;
        }
    }
}
