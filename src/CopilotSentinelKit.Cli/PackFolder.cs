using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Cli.Scaffold;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Cli;

/// <summary>Reads the files of a pack or project: kit.yaml, rules/** and templates/**.</summary>
internal static class PackFolder
{
    private static readonly string[] KitNames = ["kit.yaml", "kit.yml"];
    private static readonly string[] EventTypes = [".json", ".jsonl", ".ndjson", ".csv"];

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

    /// <summary>The kit.yaml of a folder; more than one is a finding of the reader.</summary>
    public static IEnumerable<string> KitFiles(string folder) =>
        KitNames.Select(name => Path.Combine(folder, name)).Where(Path.Exists);

    /// <summary>The files of a folder in ordinal order of their path; shown as a person in the current directory would type them. Names
    /// that start with a dot belong to editors and version control and are passed over.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="withEvents">Whether the sample events in rules/events are wanted: they may be large, and only tests read them.</param>
    /// <exception cref="IOException">A file cannot be read; the message says what to do.</exception>
    public static IEnumerable<SpecFile> Read(string folder, bool withEvents = false) =>
        KitFiles(folder)
            .Concat(Below(Path.Combine(folder, "rules")).Where(path => IsYaml(path) || SpecFile.MayBeMisplaced(Name(folder, path))))
            .Concat(Beside(folder))
            .Concat(withEvents ? Below(Path.Combine(folder, "rules", "events")).Where(HasEvents) : [])
            .Concat(Below(Path.Combine(folder, "templates")))
            .Select(path => (Path: path, Name: Name(folder, path)))
            .Where(file => !ScaffoldTemplates.Holds(file.Name))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => new SpecFile(file.Name, Shown(file.Path), ReadOwn(folder, file.Path, HasEvents(file.Name) ? EventText.MaxBytes : SpecText.MaxBytes)));

    /// <summary>The bytes of a file of a project.</summary>
    /// <exception cref="IOException">It leads out of the folder, or cannot be read; the message says what to do.</exception>
    public static ReadOnlyMemory<byte> ReadOwn(string folder, string path, int limit = SpecText.MaxBytes) => Links.LeadsOut(folder, path)
        ? throw new IOException($"\"{Shown(path)}\" is, or is behind, a link that leads out of \"{Shown(folder)}\", and what is there is not read. Put the file itself there.")
        : ReadBytes(path, limit);

    /// <summary>A path as a person in the current directory would type it.</summary>
    public static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        var shown = (relative.StartsWith("..", StringComparison.Ordinal) ? path : relative).Replace('\\', '/');

        // Findings start with it, and systems that run builds take lines that start so for commands.
        return shown is [':' or '#', ..] ? "./" + shown : shown;
    }

    /// <summary>Whether a path inside a project, with forward slashes, is one that <see cref="Read"/> reads; sample events are not.</summary>
    public static bool Reads(string path) =>
        KitNames.Contains(path)
        || (!path.Split('/').Any(part => part.StartsWith('.'))
            && ((path.StartsWith("rules/", StringComparison.Ordinal) && IsYaml(path))
                || (path.StartsWith("templates/", StringComparison.Ordinal) && !ScaffoldTemplates.Holds(path))));

    /// <summary>Whether a path inside a project is its kit.yaml.</summary>
    public static bool IsKit(string path) => KitNames.Contains(path);

    private static string Name(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    // YAML beside kit.yaml and in folders that belong in rules/: where somebody put a spec there, the reader says that it is not read.
    private static IEnumerable<string> Beside(string folder) => KitFiles(folder).Any() ? new DirectoryInfo(folder).EnumerateFileSystemInfos()
        .Where(entry => entry is FileInfo || !Links.IsLink(entry.FullName))
        .SelectMany(entry => entry is FileInfo ? [entry.FullName] : SpecFile.IsFolderOfSpecs(entry.Name) ? Below(entry.FullName) : [])
        .Where(path => SpecFile.MayBeMisplaced(Name(folder, path)) && !Links.IsLink(path)) : [];

    private static bool IsYaml(string path) => Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML";

    private static bool HasEvents(string path) => EventTypes.Contains(Path.GetExtension(path).ToLowerInvariant());

    private static IEnumerable<string> Below(string folder)
    {
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        // It could lead out of the project, or round in a circle.
        if (Links.IsLink(folder))
        {
            throw new IOException($"\"{Shown(folder)}\" is a link to a folder, and links are not followed. Put the files themselves there.");
        }

        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith('.')))
        {
            foreach (var path in entry is DirectoryInfo ? Below(entry.FullName) : [entry.FullName])
            {
                yield return path;
            }
        }
    }

    /// <summary>A file's bytes, no more of them than show that it is too large: it may be anything that someone left there.</summary>
    public static ReadOnlyMemory<byte> ReadBytes(string path, int limit = SpecText.MaxBytes)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"\"{Shown(path)}\" is a folder, and a file is expected there. Rename or remove it.");
        }

        try
        {
            // A pipe, which is empty by its length, would never end.
            if (new FileInfo(path) is { Exists: true, Length: 0 })
            {
                return default;
            }

            using var stream = File.OpenRead(path);
            var bytes = new byte[Math.Clamp(stream.Length, 0, limit) + 1];
            return bytes.AsMemory(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"\"{Shown(path)}\" cannot be read: {fault.Message.TrimEnd('.')}. Make it readable or remove it.", fault);
        }
    }
}
