using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli;

/// <summary>The files that a person names to have them checked.</summary>
/// <param name="Paths">Files that may hold content, each once, in ordinal order.</param>
internal sealed record ContentFiles(IReadOnlyList<string> Paths)
{
    /// <summary>Finds the files of folders and files. In folders, names that start with a dot, links and node_modules are passed over.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="withKql">Whether files of KQL alone are wanted too.</param>
    /// <exception cref="IOException">A path does not exist or is no file of these sorts; the message says what to do.</exception>
    public static ContentFiles Find(IEnumerable<string> paths, bool withKql = false) => new(
        [.. paths.SelectMany(path => FindOne(path, withKql)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    /// <summary>Reads the files one after the other, as they are asked for.</summary>
    /// <exception cref="IOException">A file cannot be read; the message says what to do.</exception>
    public IEnumerable<SpecFile> Read() =>
        Paths.Select(path => new SpecFile(PackFolder.Shown(path), PackFolder.Shown(path), PackFolder.ReadBytes(path, ContentReader.MaxBytes)));

    private static IEnumerable<string> FindOne(string path, bool withKql)
    {
        var full = Path.GetFullPath(path);
        if (Links.LeadsOut(full))
        {
            throw new IOException($"\"{path}\" is, or is behind, a link that leads out of this folder, and what is there is not read. Name what it leads to.");
        }

        if (Directory.Exists(full))
        {
            return Below(new(full), withKql);
        }

        if (!File.Exists(full))
        {
            throw new FileNotFoundException($"There is no file or folder \"{path}\". Name rules, hunting queries, parsers or ARM templates that exist, or folders of them.");
        }

        return IsContent(full) || (withKql && IsKql(full))
            ? [full]
            : throw new IOException($"\"{path}\" is of no form that is checked. Name files that end in .yaml, .yml, .json, .workbook, .kql, .txt or .md.");
    }

    private static IEnumerable<string> Below(DirectoryInfo folder, bool withKql)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            // A link could lead out of the folder, or round in a circle.
            if (entry.Name.StartsWith('.') || entry.Name == "node_modules" || entry.LinkTarget is not null)
            {
                continue;
            }

            if (entry is DirectoryInfo inner)
            {
                foreach (var path in Below(inner, withKql))
                {
                    yield return path;
                }
            }
            else if (IsContent(entry.Name) || (withKql && IsKql(entry.Name)))
            {
                yield return entry.FullName;
            }
        }
    }

    private static bool IsKql(string path) => Path.GetExtension(path).Equals(".kql", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file may hold content, by its name.</summary>
    public static bool IsContent(string path) => ContentReader.MayRead(path);
}
