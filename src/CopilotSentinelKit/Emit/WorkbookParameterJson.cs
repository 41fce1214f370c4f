using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>A parameter of a workbook as JSON.</summary>
internal static class WorkbookParameterJson
{
    // What KQL sees for "all": so the query needs no list of thousands of values.
    private const string AllInKql = "*";
    private const string All = "value::all";
    private const string First = "value::1";

    // Not the portal's usual single quote: names of users and files may hold one, a double quote they hardly do.
    private const string Quote = "\"";

    public static OutputMap Of(WorkbookParameter<WorkbookQuery> parameter, Workbook workbook, WorkbookQueryJson queries)
    {
        var id = ContentGuid.For(workbook.Pack, "WorkbookParameter", $"{workbook.Id.Value}:{parameter.Name.Value}").ToString();
        return parameter switch
        {
            TimeRangeParameter<WorkbookQuery> time => OutputMap.Of([.. Head(id, time, 4, required: true), .. TimeRange(time)]),
            DropdownParameter<WorkbookQuery> list => OutputMap.Of([.. Head(id, list, 2, required: true), .. Dropdown(list, queries)]),
            TextParameter<WorkbookQuery> text => OutputMap.Of([.. Head(id, text, 1, required: false), ("value", text.Default)]),
            _ => throw new ArgumentException($"{parameter.GetType().Name} has no JSON form.", nameof(parameter)),
        };
    }

    private static (string Key, OutputNode? Value)[] Head(string id, WorkbookParameter<WorkbookQuery> parameter, int type, bool required) =>
    [
        ("id", id),
        ("version", "KqlParameterItem/1.0"),
        ("name", parameter.Name.Value),
        ("label", parameter.Label),
        ("type", type),
        ("isRequired", required),
    ];

    private static (string Key, OutputNode? Value)[] TimeRange(TimeRangeParameter<WorkbookQuery> time) =>
    [
        // Queries in groups and tabs see a parameter of the top only when it is global.
        ("isGlobal", true),
        ("typeSettings", OutputMap.Of(
            ("selectableValues", OutputList.Of(time.Ranges.Select(range => Range(range.Value)))),
            ("allowCustom", true))),
        ("value", Range(time.Default.Value)),
    ];

    private static (string Key, OutputNode? Value)[] Dropdown(DropdownParameter<WorkbookQuery> list, WorkbookQueryJson queries)
    {
        var start = list.All ? All : list.Default?.Value ?? (list.Values is [var (value, _), ..] ? value.Value : First);
        var offered = list.All ? All : list.Query is null ? null : First;
        return
        [
            ("multiSelect", list.Multiple ? true : null),
            ("quote", list.Multiple ? Quote : null),
            ("delimiter", list.Multiple ? "," : null),
            ("query", list.Query?.Kql.Text),
            ("jsonData", list.Query is null ? Values(list.Values) : null),
            ("typeSettings", OutputMap.Of(
                ("additionalResourceOptions", OutputList.Of(offered is null ? [] : new[] { offered })),
                ("selectAllValue", list.All ? AllInKql : null),
                ("showDefault", false))),
            .. list.Query is null ? [] : queries.Source(),
            ("value", list.Multiple ? OutputList.Of([start]) : start),
        ];
    }

    private static string Values(ImmutableArray<(Spanned<string> Value, Spanned<string> Label)> values) =>
        JsonText.WriteCompact(OutputList.Of(values.Select(value => OutputMap.Of(("value", value.Value.Value), ("label", value.Label.Value)))));

    private static OutputMap Range(TimeSpan range) => OutputMap.Of(("durationMs", range.Ticks / TimeSpan.TicksPerMillisecond));
}
