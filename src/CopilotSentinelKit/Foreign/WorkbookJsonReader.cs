using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>The JSON of a workbook: the queries over Log Analytics in it, and what only its author's portal can have meant.</summary>
internal sealed partial class WorkbookJsonReader(ICollection<Finding> findings)
{
    private const string UserWorkbook = "sentinel-UserWorkbook";

    private readonly WorkbookDeclarations _names = new();
    private readonly List<(string Type, string Name, YamlMap Content)> _contents = [];
    private readonly List<YamlText> _repeated = [];
    private readonly Dictionary<string, SourceSpan> _itemNames = new(StringComparer.Ordinal);

    /// <summary>Whether a JSON object is a workbook.</summary>
    public static bool IsWorkbook(YamlMap root) =>
        root.Find("version") is YamlText version && version.Value.StartsWith("Notebook/", StringComparison.OrdinalIgnoreCase) && root.Find("items") is YamlList;

    /// <summary>The items of a workbook that hold queries.</summary>
    public ImmutableArray<WorkbookItem<WorkbookQuery>> Read(YamlMap root)
    {
        Collect(root);
        CheckOrigin(root);
        if (_repeated is [var repeated, ..])
        {
            findings.Add(WorkbookFindings.DuplicateItemName(repeated.Span, repeated.Value, _repeated.Count - 1, _itemNames[repeated.Value]));
        }

        WorkbookNames.Check(root, _names, findings);
        CheckMerges();
        var reader = new WorkbookQueryReader(_names, findings);
        return
        [
            .. from content in _contents
               from holder in content.Type == "9" ? WorkbookDeclarations.Maps(content.Content, "parameters") : [content.Content]
               where content.Type is "3" or "9" && IsLogAnalytics(holder)
               let query = holder.Entry("query")
               where query?.Value is YamlText { Plain: false } text && !string.IsNullOrWhiteSpace(text.Value)
               let name = content.Type == "9" && holder.Find("name") is YamlText own ? own.Value : content.Name
               select new QueryItem<WorkbookQuery>(reader.Read((YamlText)query.Value, query.Key.Span) with { Name = name }, content.Type == "3" ? View(query.Key.Span) with { Named = WorkbookViewReader.Read(holder), Styled = WorkbookViewReader.Styles(holder) } : View(query.Key.Span), Width: null),
        ];
    }

    // Of how a result is shown only the columns count that it needs: the portal's own forms are far more than the kit's.
    private static QueryView View(SourceSpan span) => new(null, new(QueryForm.Table, span), QuerySize.Medium, null, null, [], [], null, null);

    private static bool IsLogAnalytics(YamlMap holder) =>
        (holder.Find("queryType") is not YamlText type || type.Value == "0")
        && (holder.Find("resourceType") is not YamlText resource || resource.Value.Equals("microsoft.operationalinsights/workspaces", StringComparison.OrdinalIgnoreCase));

    private void Collect(YamlMap holder)
    {
        foreach (var item in WorkbookDeclarations.Maps(holder, "items"))
        {
            if (item.Find("name") is YamlText { Plain: false, Value.Length: > 0 } name && !_itemNames.TryAdd(name.Value, name.Span))
            {
                _repeated.Add(name);
            }

            if (item.Find("content") is YamlMap content)
            {
                var type = item.Find("type") is YamlText text ? text.Value : "";
                _contents.Add((type, item.Find("name") is YamlText called ? called.Value : "", content));
                _names.Add(type, content);
                Collect(content);
            }
        }
    }

    // A merge joins the results of items, and of merges before it.
    private void CheckMerges()
    {
        foreach (var text in _contents.Select(content => content.Content).Where(content => content.Find("queryType") is YamlText { Value: "7" }).Select(content => content.Find("query")).OfType<YamlText>())
        {
            var merges = JsonReader.Read(text.Value, text.Locate, ArmFindings.Json, new List<Finding>()) is YamlMap query ? WorkbookDeclarations.Maps(query, "merges") : [];
            var known = _itemNames.Keys.Concat(merges.Select(merge => merge.Find("id")).OfType<YamlText>().Select(id => id.Value)).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var table in merges.SelectMany(merge => new[] { merge.Find("leftTable"), merge.Find("rightTable") }).OfType<YamlText>())
            {
                if (!_names.IsOpen && table is { Plain: false, Value.Length: > 0 } && !table.Value.Contains('{', StringComparison.Ordinal) && !known.Contains(table.Value))
                {
                    findings.Add(WorkbookFindings.NoItemToMerge(table.Span, table.Value, _itemNames.Keys));
                }
            }
        }
    }

    private void CheckOrigin(YamlMap root)
    {
        if (root.Find("fromTemplateId") is YamlText { Value: UserWorkbook } template)
        {
            findings.Add(WorkbookFindings.UserWorkbook(template.Span));
        }

        foreach (var text in YamlTexts.Of(root, _ => true))
        {
            if (SubscriptionId().Match(text.Value) is { Success: true } match)
            {
                findings.Add(WorkbookFindings.SubscriptionId(text.Locate(match.Index, match.Length)));
                return;
            }
        }
    }

    // Zeros are how templates write that a subscription belongs there.
    [GeneratedRegex("/subscriptions/(?!0{8}-)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.IgnoreCase)]
    private static partial Regex SubscriptionId();
}
