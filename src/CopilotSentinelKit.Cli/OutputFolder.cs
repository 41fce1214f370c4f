namespace CopilotSentinelKit.Cli;

/// <summary>What can be said of an output folder before anything is written.</summary>
internal static class OutputFolder
{
    private static readonly string[] Sources = ["rules", "templates"];

    /// <summary>Why content cannot go there, and what to do; null when it can.</summary>
    public static string? Fault(string folder, string project)
    {
        var shown = PackFolder.Shown(folder);
        if (File.Exists(folder))
        {
            return $"\"{shown}\" is a file, and the output needs a folder. Choose another one with --out.";
        }

        foreach (var source in Sources.Select(name => Path.Combine(project, name)))
        {
            var inside = Path.GetRelativePath(source, folder);
            if (inside == "." || !(inside == ".." || inside.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.IsPathRooted(inside)))
            {
                return $"\"{shown}\" is where the project's own files are, and the next run would read the output as such. Choose another folder with --out.";
            }
        }

        return null;
    }

    /// <summary>A folder's path from the root of the git repository that it is in, with forward slashes; null outside of one.</summary>
    public static string? InRepository(string folder)
    {
        for (var above = new DirectoryInfo(folder); above is not null; above = above.Parent)
        {
            if (Path.Exists(Path.Combine(above.FullName, ".git")))
            {
                return Path.GetRelativePath(above.FullName, folder).Replace('\\', '/');
            }
        }

        return null;
    }
}
