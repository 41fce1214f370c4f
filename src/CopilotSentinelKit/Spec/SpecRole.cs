
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

    /// <summary>A file under rules/detections or rules/hunts.</summary>
    Detection,

    /// <summary>A file under rules/watchlists.</summary>
    Watchlist,

    /// <summary>A file under rules/workbooks.</summary>
    Workbook,

    /// <summary>A file under rules/tests.</summary>
    Tests,

    /// <summary>Another YAML file under rules/, which its writer takes for a spec.</summary>
    Stray,
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
        ("rules/tests/", SpecKind.Tests),
    ];

    /// <summary>What the file at a path inside a pack or project is; .yml is as good as .yaml.</summary>
    public static SpecKind Of(string packPath)
    {
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

    /// <summary>" Did you mean "rules/hunts/..."?" for a misspelt folder, or nothing.</summary>
    public static string Hint(string packPath)
    {
        var folder = packPath.LastIndexOf('/');
        return folder < 0 ? "" : Nearest.Hint(packPath[..(folder + 1)], Folders.Select(known => known.Folder));
    }

    private static bool IsYaml(string path) =>
        path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
}
