using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>A workbook as its gallery template: the same JSON that a deployed workbook carries, without names of any subscription.</summary>
internal sealed class WorkbookJson
{
    private const string Schema = "https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json";

    private readonly Workbook _workbook;
    private readonly WorkbookNames _names = new();
    private readonly WorkbookQueryJson _queries;
    private readonly ImmutableHashSet<string> _exported;

    private WorkbookJson(Workbook workbook)
    {
        _workbook = workbook;
        _queries = new(workbook.Parameters.OfType<TimeRangeParameter<WorkbookQuery>>().FirstOrDefault()?.Name.Value);
        _exported = [.. workbook.AllItems.OfType<QueryItem<WorkbookQuery>>().SelectMany(item => item.View.Set).Select(parameter => parameter.Value)];
    }

    /// <summary>The file of a gallery, which says that it falls back to no resource of anybody's.</summary>
    public static OutputMap Gallery(Workbook workbook)
    {
        var entries = Of(workbook).Entries;
        return new(entries.Insert(entries.Length - 2, ("fallbackResourceIds", new OutputList([]))));
    }

    /// <summary>The template.</summary>
    public static OutputMap Of(Workbook workbook)
    {
        var json = new WorkbookJson(workbook);
        return OutputMap.Of(
            ("version", "Notebook/1.0"),
            ("items", OutputList.Of(json.Parameters().Concat(json.Items(workbook.Items)))),
            ("fromTemplateId", $"sentinel-{workbook.FileName}"),
            ("$schema", Schema));
    }

    private IEnumerable<OutputNode> Parameters() => _workbook.Parameters.IsEmpty ? [] :
    [
        OutputMap.Of(
            ("type", 9),
            ("content", OutputMap.Of(
                ("version", "KqlParameterItem/1.0"),
                ("parameters", OutputList.Of(_workbook.Parameters.Select(parameter => WorkbookParameterJson.Of(parameter, _workbook, _queries)))),
                ("style", "pills"),
                ("queryType", 0),
                ("resourceType", WorkbookQueryJson.ResourceType))),
            ("name", _names.Next("parameters"))),
    ];

    private IEnumerable<OutputNode> Items(IEnumerable<WorkbookItem<WorkbookQuery>> items) => items.SelectMany(item => item switch
    {
        TextItem<WorkbookQuery> text => [Text(text)],
        QueryItem<WorkbookQuery> query => [Query(query)],
        GroupItem<WorkbookQuery> group => [Group(group.Title.Value, group.Items, group.Title.Value, null, group.Width)],
        TabsItem<WorkbookQuery> tabs => Tabs(tabs),
        _ => throw new ArgumentException($"{item.GetType().Name} has no JSON form.", nameof(items)),
    });

    private OutputMap Text(TextItem<WorkbookQuery> text) => Item(
        1,
        OutputMap.Of(("json", text.Text.Value.TrimEnd('\n')), ("style", text.Style?.ToString().ToLowerInvariant())),
        text.Width,
        Visibility(ParameterReference.In(text.Text.Value)),
        "text " + text.Text.Value.Split('\n')[0]);

    private OutputMap Query(QueryItem<WorkbookQuery> item) => Item(
        3,
        _queries.Of(item.Query, item.View),
        item.Width,
        Visibility(item.Query.References.AddRange(ParameterReference.In(item.View.Title?.Value ?? ""))),
        item.View.Title?.Value ?? "query");

    private OutputMap Group(
        string? title, ImmutableArray<WorkbookItem<WorkbookQuery>> items, string words, (string Key, OutputNode? Value)? visibility, int? width)
    {
        // What is set inside a group stays inside it unless the group says otherwise.
        var exports = items.SelectMany(item => item.WithInner()).OfType<QueryItem<WorkbookQuery>>().Any(item => item.View.Set.Any());
        var name = _names.Next(words);
        return OutputMap.Of(
            ("type", 12),
            ("content", OutputMap.Of(
                ("version", "NotebookGroup/1.0"),
                ("groupType", "editable"),
                ("title", title),
                ("exportParameters", exports ? true : null),
                ("items", OutputList.Of(Items(items))))),
            visibility ?? ("conditionalVisibility", null),
            ("customWidth", Width(width)),
            ("name", name));
    }

    /// <summary>A row of links that set a parameter, and for each a group that is shown for its value.</summary>
    private List<OutputNode> Tabs(TabsItem<WorkbookQuery> tabs)
    {
        var name = _names.Next("tabs");
        var parameter = Free("Selected" + string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])));
        var values = new WorkbookNames();
        var labelled = tabs.Tabs.Select(tab => (Tab: tab, Value: values.Next(tab.Label.Value))).ToList();
        var links = labelled.Select(tab => OutputMap.Of(
            ("id", ContentGuid.For(_workbook.Pack, "WorkbookTab", $"{_workbook.Id.Value}:{name}:{tab.Value}").ToString()),
            ("cellValue", parameter),
            ("linkTarget", "parameter"),
            ("linkLabel", tab.Tab.Label.Value),
            ("subTarget", tab.Value),
            ("style", "link")));
        return
        [
            Item(11, OutputMap.Of(("version", "LinkItem/1.0"), ("style", "tabs"), ("links", OutputList.Of(links))), null, null, null, name),
            .. labelled.Select(tab => Group(
                null, tab.Tab.Items, "tab " + tab.Value, ("conditionalVisibility", Condition(parameter, "isEqualTo", tab.Value)), null)),
        ];
    }

    private string Free(string name) =>
        _exported.Contains(name) || _workbook.Parameters.Any(parameter => parameter.Name.Value == name) ? Free(name + "_") : name;

    private OutputMap Item(int type, OutputMap content, int? width, (string Key, OutputNode? Value)? visibility, string? words, string? name = null) =>
        OutputMap.Of(
            ("type", type),
            ("content", content),
            visibility ?? ("conditionalVisibility", null),
            ("customWidth", Width(width)),
            ("name", name ?? _names.Next(words!)));

    /// <summary>The portal shows an error for a query whose parameter has no value yet, so what needs a chosen row stays hidden until then.</summary>
    private (string Key, OutputNode? Value)? Visibility(IEnumerable<ParameterReference> references)
    {
        var needed = references.Select(reference => reference.Name).Where(_exported.Contains).Distinct(StringComparer.Ordinal)
            .Select(name => Condition(name, "isNotEqualTo", null))
            .ToList();
        return needed switch
        {
            [] => null,
            [var only] => ("conditionalVisibility", only),
            _ => ("conditionalVisibilities", OutputList.Of(needed)),
        };
    }

    private static OutputMap Condition(string parameter, string comparison, string? value) =>
        OutputMap.Of(("parameterName", parameter), ("comparison", comparison), ("value", value));

    private static string? Width(int? width) => width is { } percent ? FormattableString.Invariant($"{percent}") : null;
}
