
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

        if (item.Scalar("query") is not null)
        {
            CheckForm(item, findings);
        }
    }

    private static void CheckForm(SpecMap query, ICollection<Finding> findings)
    {
        var form = query.Choice("show", WorkbookQueryShape.QueryForms)?.Value ?? QueryForm.Table;
        foreach (var (key, fits) in new[]
        {
            ("columns", form == QueryForm.Table),
            ("rows", form == QueryForm.Table),
            ("tiles", form == QueryForm.Tiles),
            ("chart", form is not (QueryForm.Table or QueryForm.Tiles)),
        })
        {
            if (!fits && query.Key(key) is { } written)
            {
                findings.Add(WorkbookFindings.KeyNotForForm(written.Span, key, WorkbookQueryShape.QueryForms.Word(form)));
            }
        }

        if (form == QueryForm.Tiles && query.Key("tiles") is null)
        {
            findings.Add(WorkbookFindings.TilesWithoutColumns(query.Key("show")!.Span));
        }
    }
}
