using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>ARM templates, and workbooks as the gallery has them, to content. Never throws on bad input: what is wrong is a finding.</summary>
internal static class ArmReader
{
    private const string WorkbookMark = "Notebook/1.0";

    /// <summary>Whether a JSON file claims to be a template or a workbook; other JSON is passed over without a word.</summary>
    public static bool Looks(SourceFile source) =>
        source.Text.Contains(ParameterFiles.TemplateMark, StringComparison.OrdinalIgnoreCase) || source.Text.Contains(ParameterFiles.Mark, StringComparison.OrdinalIgnoreCase) || source.Text.Contains(WorkbookMark, StringComparison.Ordinal);

    /// <summary>The content of a file, in the order written; nothing when it is neither a template nor a workbook.</summary>
    /// <param name="source">The file.</param>
    /// <param name="check">Checks a template with content as a whole: nobody keeps it once it is read.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <param name="parameters">Takes what the file declares or gives; may be null.</param>
    public static ImmutableArray<ContentItem> Read(
        SourceFile source, Func<ArmDocument, IEnumerable<Finding>> check, ICollection<Finding> findings, ParameterFiles? parameters = null)
    {
        if (!Looks(source))
        {
            return [];
        }

        var found = new List<Finding>();
        if (JsonReader.Read(source, ArmFindings.Json, found) is not { } root)
        {
            found.ForEach(findings.Add);
            return [];
        }

        if (root is YamlMap any)
        {
            parameters?.Add(source, any);
        }

        if (root is not YamlMap map || ReadMap(source, map, check, found) is not { } items)
        {
            return [];
        }

        found.ForEach(findings.Add);
        return items;
    }

    private static ImmutableArray<ContentItem>? ReadMap(SourceFile source, YamlMap root, Func<ArmDocument, IEnumerable<Finding>> check, List<Finding> findings) =>
        root.Find("$schema") is YamlText schema && schema.Value.Contains(ParameterFiles.TemplateMark, StringComparison.OrdinalIgnoreCase) ? ReadTemplate(source, root, check, findings)
        : WorkbookJsonReader.IsWorkbook(root) ? [GalleryWorkbook.Read(root, findings)]
        : null;

    // Null for a template without content, such as that of a playbook: it is not for this kit to judge.
    private static ImmutableArray<ContentItem>? ReadTemplate(SourceFile source, YamlMap root, Func<ArmDocument, IEnumerable<Finding>> check, List<Finding> findings)
    {
        var resources = ArmResources.Of(root, findings);
        if (root.Find("resources") is not null && !resources.Any(resource => resource.IsContent))
        {
            return null;
        }

        findings.AddRange([.. check(new(source, root, [.. resources]))]);

        // A package stores a parser and deploys it as well; both are one.
        var packaged = resources.Where(resource => resource.Nesting == ArmNesting.Packaged && IsSavedSearch(resource))
            .Select(KeyOf).Where(key => key.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. resources.Where(resource => resource.Nesting == ArmNesting.Packaged || !IsSavedSearch(resource) || !packaged.Contains(KeyOf(resource)))
                .Select(ReadContent).OfType<ContentItem>(),
        ];
    }

    private static ContentItem? ReadContent(ArmResource resource) =>
        resource.Is("microsoft.securityinsights", "alertrules") || resource.Is("microsoft.securityinsights", "alertruletemplates") ? ArmRuleReader.Read(resource)
        : IsSavedSearch(resource) ? SavedSearchReader.Read(resource)
        : resource.Type == "microsoft.insights/workbooks" ? ArmWorkbookReader.Read(resource)
        : resource.Is("microsoft.securityinsights", "watchlists") ? ArmWatchlistReader.Read(resource)
        : resource.Is("microsoft.securityinsights", "automationrules") ? ArmAutomationReader.Read(resource)
        : resource.Type == "microsoft.operationalinsights/workspaces/summarylogs" ? ArmSummaryReader.Read(resource)
        : resource.Type == "microsoft.operationalinsights/workspaces/tables" ? TableReader.Read(resource)
        : resource.Type == "microsoft.insights/datacollectionrules" ? DataCollectionReader.Read(resource)
        : null;

    private static bool IsSavedSearch(ArmResource resource) =>
        resource.Type is "microsoft.operationalinsights/workspaces/savedsearches" or "microsoft.operationalinsights/savedsearches";

    private static string KeyOf(ArmResource resource) =>
        resource.Properties?.TextOrEmpty("functionAlias").Value is { Length: > 0 } alias ? alias : resource.Properties?.TextOrEmpty("displayName").Value ?? "";
}
