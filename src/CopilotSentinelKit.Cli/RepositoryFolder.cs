namespace CopilotSentinelKit.Cli;

/// <summary>Finds the repository that the output is committed to.</summary>
internal static class RepositoryFolder
{
    /// <summary>The output folder's path from the root of its git repository, with forward slashes and a final one; only its own name
    /// when it is in none. Empty when it is the root.</summary>
    public static string PrefixOf(DirectoryInfo output)
    {
        for (var folder = output; folder is not null; folder = folder.Parent)
        {
            // A worktree has a file of this name.
            if (Path.Exists(Path.Combine(folder.FullName, ".git")))
            {
                var relative = Path.GetRelativePath(folder.FullName, output.FullName).Replace('\\', '/');
                return relative == "." ? "" : relative + "/";
            }
        }

        return output.Name + "/";
    }
}
