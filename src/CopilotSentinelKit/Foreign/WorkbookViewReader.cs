using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>The columns that a workbook's item needs of its query's result: for tiles, charts and what a chosen row sets. Settings of another form
/// than the one that is shown stay from earlier edits and do nothing.</summary>
internal static partial class WorkbookViewReader
{
    // What a chart calls its parts, which a query with "render" makes of a table.
    private static readonly string[] OfCharts = ["series", "x", "y", "label", "value", "key"];

    private static readonly (string List, string Key)[] GridSettings = [("formatters", "columnMatch"), ("labelSettings", "columnId"), ("sortBy", "itemKey")];

    private static readonly string[] Contents = ["titleContent", "subtitleContent", "leftContent", "rightContent", "secondaryContent"];

    /// <summary>The columns, and what each is for.</summary>
    public static ImmutableArray<(Spanned<string> Column, string By)> Read(YamlMap content)
    {
        var form = content.Find("visualization") is YamlText text ? text.Value : "table";
        return
        [
            .. form == "tiles" && content.Find("tileSettings") is YamlMap tiles ? Contents.Select(tiles.Find).OfType<YamlMap>().SelectMany(part => Named(part, "columnMatch", "a tile")) : [],
            .. form.EndsWith("chart", StringComparison.Ordinal) && content.Find("chartSettings") is YamlMap chart
                ? Named(chart, "xAxis", "the chart").Concat(Named(chart, "yAxis", "the chart")).Concat(Named(chart, "group", "the chart"))
                : [],
            .. form is "table" or "tiles"
                ? Named(content, "exportFieldName", "an exported parameter")
                    .Concat(WorkbookDeclarations.Maps(content, "exportedParameters").SelectMany(export => Named(export, "fieldName", "an exported parameter")))
                : [],
        ];
    }

    /// <summary>The columns that a table formats, heads or sorts by.</summary>
    public static ImmutableArray<Spanned<string>> Styles(YamlMap content) =>
        content.Find("visualization") is YamlText { Value: not "table" } || content.Find("gridSettings") is not YamlMap grid ? [] :
        [
            .. from part in GridSettings
               from setting in WorkbookDeclarations.Maps(grid, part.List)
               from column in Named(setting, part.Key, "the table")
               where PlainName().IsMatch(column.Item1.Value) && !Labels(content).Contains(column.Item1.Value)
               select column.Item1,
        ];

    // The header that a table shows may stand for its column.
    private static IEnumerable<string> Labels(YamlMap content) => content.Find("gridSettings") is YamlMap grid
        ? WorkbookDeclarations.Maps(grid, "labelSettings").Select(label => label.Find("label")).OfType<YamlText>().Select(label => label.Value)
        : [];

    // A name with braces or a dollar sign is put together by the portal.
    private static IEnumerable<(Spanned<string>, string)> Named(YamlMap map, string key, string by) =>
        (map.Find(key) switch
        {
            YamlText text => [text],
            YamlList list => list.Items.OfType<YamlText>(),
            _ => Enumerable.Empty<YamlText>(),
        })
        .Where(text => text is { Plain: false, Value.Length: > 0 } && text.Value.IndexOfAny(['{', '$']) < 0 && !OfCharts.Contains(text.Value) && !Labels(map).Contains(text.Value))
        .Select(text => (new Spanned<string>(text.Value, text.Span), by));

    // A format can be for all columns that a regular expression matches.
    [GeneratedRegex(@"^[A-Za-z_][\w ]*\z")]
    private static partial Regex PlainName();
}
