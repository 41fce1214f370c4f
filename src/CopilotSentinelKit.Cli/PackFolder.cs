using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli;

/// <summary>Reads the files of a pack or project: kit.yaml, rules/** and templates/**.</summary>
internal static class PackFolder
{
    /// <summary>The folder of the shipped pack: where rules/ and templates/ are beside the program, or above it in a source checkout.</summary>
    public static string Shipped()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "rules", "mapping.yaml")) && Directory.Exists(Path.Combine(folder.FullName, "templates")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The shipped pack (rules/ and templates/) is not beside the program. Install the kit again.");
    }

    /// <summary>The files of a folder in ordinal order of their path; shown as a person in the current directory would type them.</summary>
    public static IEnumerable<SpecFile> Read(string folder)
    {
        var kit = Path.Combine(folder, "kit.yaml");
        var files = (File.Exists(kit) ? [kit] : Enumerable.Empty<string>())
            .Concat(In("rules"))
            .Concat(In("templates"))
            .Select(path => (Path: path, Name: Path.GetRelativePath(folder, path).Replace('\\', '/')));
        return files
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => new SpecFile(file.Name, Shown(file.Path), File.ReadAllBytes(file.Path)));

        IEnumerable<string> In(string name) =>
            Directory.Exists(Path.Combine(folder, name))
                ? Directory.EnumerateFiles(Path.Combine(folder, name), "*", SearchOption.AllDirectories)
                : [];
    }

    public static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return (relative.StartsWith("..", StringComparison.Ordinal) ? path : relative).Replace('\\', '/');
    }
}
