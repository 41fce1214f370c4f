using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A YAML tree to a workbook.</summary>
public static class WorkbookReader
{
    // Each is bound by itself, and no portal shows so many.
    private const int MostQueries = 1000;

    /// <summary>The workbook, or null when the file is no map or has too many queries. What is missing or wrong is a finding and stands as its default.</summary>
    public static WorkbookSpec? Read(YamlValue root, ICollection<Finding> findings)
    {
        if (ShapeCheck.Check(root, WorkbookShape.Shape, findings) is not { } map)
        {
            return null;
        }

        var keys = new SpecMap(map);
        WorkbookRules.Check(keys, findings);
        var items = ReadItems(keys, "items");
        if (items.SelectMany(item => item.WithInner()).OfType<QueryItem<PanelQuery>>().Count() is > MostQueries and var count)
        {
            findings.Add(SpecFindings.TooManyQueries(keys.Key("items")!.Span, count, MostQueries));
            return null;
        }

        return new()
        {
            Span = keys.File,
            Id = keys.Text("id") ?? keys.FallbackId,
            Version = keys.Text("version") ?? new("0.0.0", keys.Place),
            Override = keys.Flag("override"),
            Name = keys.TextOrEmpty("name"),
            Description = keys.TextOrEmpty("description"),
            Parameters = [.. keys.NamedMaps("parameters").Select(parameter => ReadParameter(parameter.Key, parameter.Value))],
            Definitions = [.. keys.NamedTexts("define").Select(name => (name.Key, keys.Map("define")!.Scalar(name.Key.Value)!))],
            Items = items,
        };
    }

    private static WorkbookParameter<YamlText> ReadParameter(Spanned<string> name, SpecMap keys)
    {
        var label = keys.Text("label")?.Value ?? name.Value;
        if (keys.Key("timeRange") is not null)
        {
            var ranges = keys.Durations("timeRange");
            return new TimeRangeParameter<YamlText>(name, label, ranges, keys.Duration("default") ?? new(TimeSpan.FromDays(1), keys.Place));
        }

        if (keys.Text("text") is { } text)
        {
            return new TextParameter<YamlText>(name, label, text.Value);
        }

        return new DropdownParameter<YamlText>(
            name,
            label,
            keys.Scalar("query"),
            [.. keys.NamedTexts("values")],
            keys.Flag("multiple")?.Value ?? false,
            keys.Flag("all")?.Value ?? false,
            keys.Text("default"));
    }

    private static ImmutableArray<WorkbookItem<PanelQuery>> ReadItems(SpecMap keys, string key) => [.. keys.Maps(key).Select(ReadItem).OfType<WorkbookItem<PanelQuery>>()];

    private static WorkbookItem<PanelQuery>? ReadItem(SpecMap keys)
    {
        var width = keys.Integer("width")?.Value;
        if (keys.Scalar("query") is { } query)
        {
            return new QueryItem<PanelQuery>(
                new(query, keys.Yaml, keys.Text("template"), [.. (keys.Map("parameters")?.Entries ?? []).Select(entry => (new Spanned<string>(entry.Key.Value, entry.Key.Span), entry.Value))]),
                ReadView(keys),
                width);
        }

        if (keys.Text("text") is { } text)
        {
            return new TextItem<PanelQuery>(text, keys.Choice("style", WorkbookShape.TextStyles)?.Value, width);
        }

        if (keys.Text("group") is { } title)
        {
            return new GroupItem<PanelQuery>(title, ReadItems(keys, "items"), width);
        }

        // A tab's items are the value of a key that the user chose, so the map of tabs itself is what is read.
        return keys.Map("tabs") is { } tabs
            ? new TabsItem<PanelQuery>([.. tabs.Entries.Select(tab => new WorkbookTab<PanelQuery>(new(tab.Key.Value, tab.Key.Span), ReadItems(tabs, tab.Key.Value)))])
            : null;
    }

    /// <summary>How the result of a query looks.</summary>
    public static QueryView ReadView(YamlMap item) => ReadView(new SpecMap(item));

    private static QueryView ReadView(SpecMap keys) => new(
        keys.Text("title"),
        keys.Choice("show", WorkbookQueryShape.QueryForms) ?? new(QueryForm.Table, keys.Place),
        keys.Choice("size", WorkbookQueryShape.Sizes)?.Value ?? QuerySize.Medium,
        keys.Text("noData")?.Value,
        keys.Integer("rows")?.Value,
        [.. keys.NamedMaps("columns").Select(column => ReadColumn(column.Key, column.Value))],
        [.. keys.NamedTexts("export").Select(export => new ColumnExport(export.Key, export.Value))],
        keys.Map("tiles") is { } tiles ? new(tiles.TextOrEmpty("title"), tiles.TextOrEmpty("value")) : null,
        keys.Map("chart") is { } chart ? new(chart.Text("x"), chart.Texts("y"), chart.Text("series")) : null)
    {
        Map = keys.Map("map") is { } map ? new(map.TextOrEmpty("country"), map.TextOrEmpty("size"), map.Text("label")) : null,
        Brush = keys.Text("brush"),
    };

    private static ColumnView ReadColumn(Spanned<string> name, SpecMap keys) => new(
        name,
        keys.Choice("as", WorkbookQueryShape.Looks)?.Value ?? ColumnLook.Automatic,
        keys.Text("label")?.Value,
        keys.Text("colour")?.Value);
}
