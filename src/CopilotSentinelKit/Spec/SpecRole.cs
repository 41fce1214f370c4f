
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>What a file of a pack or project is.</summary>
internal enum SpecKind
{
    /// <summary>No spec: a template, sample events, a readme.</summary>
    None,

    /// <summary>kit.yaml.</summary>
    Kit,

    /// <summary>rules/mapping.yaml.</summary>
    Mapping,

    /// <summary>rules/simulation.yaml.</summary>
    Simulation,

    /// <summary>A file under rules/detections or rules/hunts.</summary>
    Detection,

    /// <summary>A file under rules/watchlists.</summary>
    Watchlist,

    /// <summary>A file under rules/workbooks.</summary>
    Workbook,

    /// <summary>A YAML file under templates/workbooks.</summary>
    Panel,

    /// <summary>A file under rules/summaries.</summary>
    Summary,

    /// <summary>A file under rules/automation.</summary>
    Automation,

    /// <summary>A file under rules/tests.</summary>
    Tests,

    /// <summary>Another YAML file under rules/, which its writer takes for a spec.</summary>
    Stray,

    /// <summary>A file that is read nowhere, and may all the same be taken for a spec by its writer: its text tells.</summary>
    Beside,
}

/// <summary>What a file is, by its path.</summary>
internal static class SpecRole
{
    private static readonly (string Folder, SpecKind Kind)[] Folders =
    [
        ("rules/detections/", SpecKind.Detection),
        ("rules/hunts/", SpecKind.Detection),
        ("rules/watchlists/", SpecKind.Watchlist),
        ("rules/workbooks/", SpecKind.Workbook),
        ("rules/summaries/", SpecKind.Summary),
        ("rules/automation/", SpecKind.Automation),
        ("rules/tests/", SpecKind.Tests),
        ("templates/workbooks/", SpecKind.Panel),
    ];

    /// <summary>What the file at a path inside a pack or project is; .yml is as good as .yaml.</summary>
    public static SpecKind Of(string packPath)
    {
        if (MayBeMisplaced(packPath))
        {
            return SpecKind.Beside;
        }

        if (!IsYaml(packPath))
        {
            return SpecKind.None;
        }

        switch (packPath[..packPath.LastIndexOf('.')])
        {
            case "kit":
                return SpecKind.Kit;
            case "rules/mapping":
                return SpecKind.Mapping;
            case "rules/simulation":
                return SpecKind.Simulation;
        }

        foreach (var (folder, kind) in Folders)
        {
            if (packPath.StartsWith(folder, StringComparison.Ordinal))
            {
                return kind;
            }
        }

        return packPath.StartsWith("rules/", StringComparison.Ordinal) ? SpecKind.Stray : SpecKind.None;
    }

    /// <summary>Whether nothing reads the file although it is where a person may expect it: with another ending in a folder of specs, or YAML
    /// outside of rules/, beside kit.yaml or in a folder of a name that belongs there.</summary>
    public static bool MayBeMisplaced(string packPath)
    {
        var parts = packPath.Split('/');
        return IsYaml(packPath)
            ? parts[0] is not ("kit.yaml" or "kit.yml") && (parts.Length == 1 || IsNameOfFolder(parts[0]))
            : !packPath.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && Folders.Any(known => packPath.StartsWith(known.Folder, StringComparison.Ordinal));
    }

    /// <summary>Whether a folder of a project has the name of one that belongs in rules/, or that of rules/ in another letter case.</summary>
    public static bool IsNameOfFolder(string name) =>
        name != "rules" && (name.Equals("rules", StringComparison.OrdinalIgnoreCase) || Folders.Any(known => $"rules/{name}/".Equals(known.Folder, StringComparison.OrdinalIgnoreCase)));

    /// <summary>" Did you mean "rules/hunts/..."?" for a misspelt folder, or nothing.</summary>
    public static string Hint(string packPath)
    {
        var folder = packPath.LastIndexOf('/');
        return folder < 0 ? "" : Nearest.Hint(packPath[..(folder + 1)], Folders.Select(known => known.Folder));
    }

    private static bool IsYaml(string path) =>
        path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
}
