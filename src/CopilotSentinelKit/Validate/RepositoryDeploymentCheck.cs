using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Traps of Sentinel's repositories deployment: files that it passes over without an error, and parameters that it does not fill.</summary>
internal static class RepositoryDeploymentCheck
{
    private const string Nested = "Microsoft.OperationalInsights/workspaces/providers/";
    private const string Workspace = "workspace";

    private static readonly Dictionary<string, string> KindByType = new(StringComparer.Ordinal)
    {
        ["microsoft.operationalinsights/workspaces/providers/alertrules"] = "rules",
        ["microsoft.operationalinsights/workspaces/providers/alertrules/actions"] = "rules",
        ["microsoft.operationalinsights/workspaces/providers/automationrules"] = "automation",
        ["microsoft.operationalinsights/workspaces/savedsearches"] = "searches",
        ["microsoft.web/connections"] = "playbooks",
        ["microsoft.logic/workflows"] = "playbooks",
        ["microsoft.web/customapis"] = "playbooks",
        ["microsoft.insights/workbooks"] = "workbooks",
        ["microsoft.operationalinsights/workspaces/providers/watchlists"] = "watchlists",
        ["microsoft.securityinsights/watchlists"] = "watchlists",
        ["microsoft.security/detectionrules"] = "custom detections",
    };

    private static readonly string[] ContentKinds = ["rules", "searches", "workbooks", "automation"];

    public static IEnumerable<Finding> Run(ArmDocument document)
    {
        var (source, root, resources) = document;
        var types = TopTypes(root).ToList();

        // A content package is never deployed through a repository.
        if (resources.Any(resource => resource.Nesting == ArmNesting.Packaged || resource.Type.EndsWith("/contentpackages", StringComparison.Ordinal) || resource.Type.EndsWith("/metadata", StringComparison.Ordinal)))
        {
            return [];
        }

        return types.Find(type => ContentKinds.Contains(KindOf(type))) is { } content
            ? [.. Form(types), .. Kinds(types, content, resources.Any(resource => resource.Keys.Entry("dependsOn") is not null)), .. Parameters(source, root, resources)]
            : Form(types);
    }

    private static IEnumerable<Finding> Kinds(List<YamlText> types, YamlText content, bool ordered)
    {
        // A template that orders its resources itself is deployed as a whole, and no content of a repository.
        if (!ordered && types.Find(type => KindOf(type) != KindOf(content)) is { } other)
        {
            yield return ArmFindings.SeveralKinds(other.Span, other.Value, content.Value);
        }
    }

    private static IEnumerable<YamlText> TopTypes(YamlMap root) => (root.Find("resources") switch
    {
        YamlList list => list.Items,
        YamlMap map => map.Entries.Select(entry => entry.Value),
        _ => [],
    }).OfType<YamlMap>().Where(resource => resource.Find("existing") is null).Select(resource => resource.Find("type")).OfType<YamlText>();

    private static string KindOf(YamlText type) => KindByType.GetValueOrDefault(type.Value.ToLowerInvariant(), type.Value);

    private static IEnumerable<Finding> Form(List<YamlText> types)
    {
        const string extension = "Microsoft.SecurityInsights/alertRules";
        if (types.Find(type => type.Value.Equals(extension, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            yield return ArmFindings.ExtensionForm(found.Span, found.Value, Nested + "alertRules");
        }
    }

    private static IEnumerable<Finding> Parameters(SourceFile source, YamlMap root, ImmutableArray<ArmResource> resources)
    {
        var parameters = (root.Find("parameters") as YamlMap)?.Entries ?? [];
        var open = parameters.Where(entry => entry.Value is YamlMap parameter && parameter.Find("defaultValue") is null && !IsWorkspace(entry)).ToList();
        if (open.Count == 0)
        {
            yield break;
        }

        var mistaken = parameters.Any(IsWorkspace) ? null : open.Find(entry => NamesWorkspace(entry.Key.Value, resources));
        foreach (var entry in open)
        {
            yield return entry == mistaken
                ? ArmFindings.WorkspaceParameter(entry.Key.Span, entry.Key.Value)
                : ArmFindings.NoDefault(entry.Key.Span, entry.Key.Value);
        }

        // Its script strips the characters of ".json" from the end, however many there are.
        var file = source.Path[(source.Path.LastIndexOf('/') + 1)..];
        var stripped = file.TrimEnd('.', 'j', 's', 'o', 'n');
        if (file.EndsWith(".json", StringComparison.Ordinal) && stripped.Length < file.Length - ".json".Length)
        {
            yield return ArmFindings.FileNameEnd(root.Span with { Length = Math.Min(1, root.Span.Length) }, file, stripped);
        }
    }

    private static bool IsWorkspace(YamlEntry entry) => entry.Key.Value.Equals(Workspace, StringComparison.OrdinalIgnoreCase);

    private static bool NamesWorkspace(string parameter, IEnumerable<ArmResource> resources) =>
        parameter.Contains(Workspace, StringComparison.OrdinalIgnoreCase)
        && resources.Any(resource => resource.Keys.Entry("name")?.Value is YamlText name && name.Value.Contains($"parameters('{parameter}')", StringComparison.OrdinalIgnoreCase));
}
