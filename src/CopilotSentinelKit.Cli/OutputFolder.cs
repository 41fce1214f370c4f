using System.Collections.Immutable;
using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Spec;

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

        if ((Links.IsIn(project, folder) ? Links.Below(project, folder) : Links.InTheWay(folder)) is { } link)
        {
            return $"\"{PackFolder.Shown(link)}\" is a link, and links are not followed: the output could go anywhere. Put a folder there, or choose another one with --out.";
        }

        foreach (var source in Sources.Select(name => Path.Combine(project, name)))
        {
            if (Links.IsIn(source, folder))
            {
                return $"\"{shown}\" is where the project's own files are, and the next run would read the output as such. Choose another folder with --out.";
            }
        }

        return null;
    }

    /// <summary>Brings the project's output to one side when a run was killed while it wrote there, whatever is to be done now.</summary>
    /// <param name="folder">The project's folder.</param>
    /// <param name="project">Its files.</param>
    /// <returns>What was done, or why it could not be; null when there was nothing to do.</returns>
    public static string? Recover(string folder, ProjectFolder project)
    {
        var kit = project.Own.Where(file => PackFolder.IsKit(file.PackPath)).ToImmutableArray();
        if (SpecReader.Read(kit) is not { Findings.IsEmpty: true } read)
        {
            return null;
        }

        return string.Join(' ', (read.Kit?.Outputs ?? [KitSpec.UsualOutput]).Select(output => RecoverOutput(Path.Combine(folder, output), folder)).OfType<string>()) is { Length: > 0 } done ? done : null;
    }

    private static string? RecoverOutput(string output, string folder)
    {
        var shown = PackFolder.Shown(output);
        try
        {
            using var writer = new OutputWriter(output, shown);
            return Fault(output, folder) is null && writer.Recover(attempts: 1)
                ? $"An earlier run was cut short while it wrote to \"{shown}\". What it had begun there is done now, or undone where it had only begun to prepare."
                : null;
        }
        catch (ClaimedException)
        {
            // Somebody is at it.
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"An earlier run was cut short while it wrote to \"{shown}\", and it cannot be completed: {fault.Message.TrimEnd('.')}. Run \"csk generate\" where you may write there.";
        }
    }

    /// <summary>From a path that a person in a folder would type to the one from the root of the folder's git repository, or from the folder
    /// itself outside of one; with forward slashes. What is elsewhere keeps its full path.</summary>
    public static Func<string, string> FromRepository(string folder)
    {
        var inside = InRepository(folder) ?? ".";
        var root = inside.Split('/').Aggregate(folder, (above, part) => part == "." ? above : Path.GetDirectoryName(above)!);
        return path =>
        {
            var full = Path.GetFullPath(path, folder);
            return (Links.IsIn(root, full) ? Path.GetRelativePath(root, full) : full).Replace('\\', '/');
        };
    }

    /// <summary>A folder's path from the root of the git repository that it is in, with forward slashes; null outside of one.</summary>
    public static string? InRepository(string folder) => RootOf(folder) is { } root ? Path.GetRelativePath(root, folder).Replace('\\', '/') : null;

    /// <summary>The root of the git repository that a folder is in, which need not exist yet; null outside of one.</summary>
    public static string? RootOf(string folder)
    {
        for (var above = new DirectoryInfo(folder); above is not null; above = above.Parent)
        {
            if (Path.Exists(Path.Combine(above.FullName, ".git")))
            {
                return above.FullName;
            }
        }

        return null;
    }
}
