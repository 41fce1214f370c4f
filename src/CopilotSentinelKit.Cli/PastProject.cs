namespace CopilotSentinelKit.Cli;

/// <summary>A project as it was in a revision.</summary>
internal static class PastProject
{
    /// <summary>Compiles it; nothing where the folder was no project then.</summary>
    /// <param name="git">The revision.</param>
    /// <param name="project">The project's folder, which is there today.</param>
    /// <param name="bench">The compiler.</param>
    public static async Task<Compilation> CompileAsync(GitRevision git, string project, Workbench bench)
    {
        var shipped = PackFolder.Shipped();
        var isShipped = Path.GetRelativePath(project, shipped) == ".";
        var own = isShipped ? [] : await git.ReadAsync(project, PackFolder.Reads);
        return isShipped || own.Any(file => PackFolder.IsKit(file.PackPath))
            ? await bench.CompileAsync(bench.Project with
            {
                Own = own,
                Shipped = await git.CoversAsync(shipped) ? await git.ReadAsync(shipped, PackFolder.Reads) : bench.Project.Shipped,
            })
            : new(null, [], []);
    }
}
