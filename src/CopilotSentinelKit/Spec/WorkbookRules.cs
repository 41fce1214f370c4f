
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>What the keys of a workbook's parts demand of one another.</summary>
internal static class WorkbookRules
{
    /// <summary>Adds a finding for each demand that is not met.</summary>
    public static void Check(SpecMap workbook, ICollection<Finding> findings)
    {
        foreach (var (name, keys) in workbook.NamedMaps("parameters"))
        {
            // A list with a wrong value lacks it here: whether the default is that one cannot be told.
            if (!findings.Any(finding => finding.Span.Start >= keys.Span.Start && finding.Span.Start < keys.Span.Start + keys.Span.Length)
                && CheckDefault(name, keys) is { } wrong)
            {
                findings.Add(wrong);
            }
        }

        foreach (var item in workbook.Maps("items"))
        {
            CheckItem(item, findings);
        }
    }

    private static Finding? CheckDefault(Spanned<string> name, SpecMap keys)
    {
        if (keys.Text("default") is not { } value)
        {
            return null;
        }

        var offered = keys.Map("values") is { } values
            ? values.Entries.Select(entry => entry.Key.Value)
            : keys.Texts("timeRange").Select(range => range.Value);
        var isOffered = keys.Duration("default") is { } range && keys.Map("values") is null
            ? keys.Durations("timeRange").Any(other => other.Value == range.Value)
            : offered.Contains(value.Value);
        return isOffered ? null : WorkbookFindings.DefaultNotOffered(value.Span, name.Value, value.Value, offered);
    }

    private static void CheckItem(SpecMap item, ICollection<Finding> findings)
    {
        foreach (var inner in item.Maps("items"))
        {
            CheckItem(inner, findings);
        }

        if (item.Map("tabs") is { } tabs)
        {
            foreach (var inner in tabs.Entries.SelectMany(tab => tabs.Maps(tab.Key.Value)))
            {
                CheckItem(inner, findings);
            }
        }

        // With an archetype, the form is known once that is found: Pack checks then.
        if (item.Scalar("query") is not null && item.Key("template") is null)
        {
            if (item.Key("parameters") is { } parameters)
            {
                findings.Add(WorkbookFindings.ParametersWithoutTemplate(parameters.Span));
            }

            CheckForm(item, findings);
        }
    }

    /// <summary>Adds a finding for each key that has no meaning with the form of the result, and for what the form lacks.</summary>
    public static void CheckForm(SpecMap query, ICollection<Finding> findings)
    {
        var form = FormOf(query);
        foreach (var key in query.Entries.Select(entry => entry.Key).Where(key => !Fits(key.Value, form)))
        {
            findings.Add(WorkbookFindings.KeyNotForForm(key.Span, key.Value, WorkbookQueryShape.QueryForms.Word(form)));
        }

        if (form is QueryForm.Tiles or QueryForm.Map && query.Key(form == QueryForm.Tiles ? "tiles" : "map") is null)
        {
            var place = query.Key("show")!.Span;
            findings.Add(form == QueryForm.Tiles ? WorkbookFindings.TilesWithoutColumns(place) : WorkbookFindings.MapWithoutColumns(place));
        }
    }

    /// <summary>The form of the result that the keys of a query ask for.</summary>
    public static QueryForm FormOf(SpecMap query) => query.Choice("show", WorkbookQueryShape.QueryForms)?.Value ?? QueryForm.Table;

    /// <summary>Whether a key has a meaning with a form.</summary>
    public static bool Fits(string key, QueryForm form) => key switch
    {
        "columns" or "rows" => form == QueryForm.Table,
        "tiles" => form == QueryForm.Tiles,
        "map" => form == QueryForm.Map,
        "chart" => form is not (QueryForm.Table or QueryForm.Tiles or QueryForm.Map),
        "brush" => form is QueryForm.TimeChart or QueryForm.AreaChart or QueryForm.BarChart,
        _ => true,
    };
}
