using System.Collections.Immutable;
using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Cli;

/// <summary>The repository that tests beside existing content are in: its root, and which of its files the command line names.</summary>
/// <param name="Root">Its folder, an absolute path.</param>
/// <param name="Files">All its files.</param>
/// <param name="Named">Those that are named, or are in folders that are.</param>
internal sealed record RepositoryFolder(string Root, RepositoryFiles Files, ImmutableArray<string> Named)
{
    /// <summary>Finds the files. Names that start with a dot, links and node_modules are passed over.</summary>
    /// <param name="paths">Files and folders, at least one.</param>
    /// <exception cref="IOException">A path does not exist, or a folder cannot be read; the message says what to do.</exception>
    public static RepositoryFolder Open(IReadOnlyList<string> paths)
    {
        var named = paths.Select(Path.GetFullPath).ToList();
        if (paths.FirstOrDefault(path => !Path.Exists(path)) is { } missing)
        {
            throw new FileNotFoundException($"There is no file or folder \"{missing}\". Name test files that exist, or folders of them.");
        }

        var root = RootOf(named[0]);
        var files = new RepositoryFiles(
            Below(new(root)).Select(path => Path.GetRelativePath(root, path).Replace('\\', '/')),
            path => new(path, PackFolder.Shown(Path.Combine(root, path)), PackFolder.ReadBytes(Path.Combine(root, path), EventText.MaxBytes)));
        return new(root, files, [.. files.Paths.Where(path => named.Any(name => Links.IsIn(name, Path.Combine(root, path))))]);
    }

    /// <summary>A file of the repository that need not be there yet, without its bytes.</summary>
    public SpecFile FileAt(string path) => new(Path.GetRelativePath(Root, path).Replace('\\', '/'), PackFolder.Shown(path), default);

    // The clone; without one, where the person stands, or the folder that is named.
    private static string RootOf(string path)
    {
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(path)!;
        for (var above = new DirectoryInfo(folder); above is not null; above = above.Parent)
        {
            if (Path.Exists(Path.Combine(above.FullName, ".git")))
            {
                return above.FullName;
            }
        }

        return Links.IsIn(Directory.GetCurrentDirectory(), folder) ? Directory.GetCurrentDirectory() : folder;
    }

    private static IEnumerable<string> Below(DirectoryInfo folder)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            if (entry.Name.StartsWith('.') || entry.Name == "node_modules" || entry.LinkTarget is not null)
            {
                continue;
            }

            foreach (var path in entry is DirectoryInfo inner ? Below(inner) : [entry.FullName])
            {
                yield return path;
            }
        }
    }
}
