using System.Collections.Immutable;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli;

/// <summary>The files that a run compiles.</summary>
/// <param name="Shipped">Those of the shipped pack.</param>
/// <param name="Own">Those of the project, none without a kit.yaml.</param>
/// <param name="Hint">What a person who expected more than the shipped pack should know, or null.</param>
internal sealed record ProjectFolder(ImmutableArray<SpecFile> Shipped, ImmutableArray<SpecFile> Own, string? Hint)
{
    /// <summary>Whether there are rules that are not read, for want of a kit.yaml.</summary>
    public bool MissesRules { get; init; }

    /// <param name="folder">The project's folder.</param>
    /// <param name="withEvents">Whether sample events are wanted.</param>
    /// <exception cref="IOException">It does not exist, or a file in it cannot be read; the message says what to do.</exception>
    public static ProjectFolder Read(string folder, bool withEvents = false)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(File.Exists(folder)
                ? $"\"{PackFolder.Shown(folder)}\" is a file. Name the folder that it is in with --project."
                : $"There is no folder \"{PackFolder.Shown(folder)}\". Name an existing one with --project.");
        }

        var shipped = PackFolder.Shipped();
        var isProject = PackFolder.KitFiles(folder).Any();
        return new(
            [.. PackFolder.Read(shipped, withEvents)],
            isProject ? [.. PackFolder.Read(folder, withEvents)] : [],
            isProject || Same(folder, shipped) ? null : MissingKit(folder))
        {
            MissesRules = !isProject && !Same(folder, shipped) && Directory.Exists(Path.Combine(folder, "rules")),
        };
    }

    private static string? MissingKit(string folder)
    {
        if (Array.Find(["rules", "templates"], name => Directory.Exists(Path.Combine(folder, name))) is { } own)
        {
            return $"\"{PackFolder.Shown(Path.Combine(folder, own))}\" is not read, because there is no kit.yaml beside it: this is the shipped pack alone. "
                + $"To use your own files, create {PackFolder.Shown(Path.Combine(folder, "kit.yaml"))} with the keys \"name\" and \"publisher\".";
        }

        for (var above = Directory.GetParent(folder); above is not null && !Same(above.FullName, PackFolder.Shipped()); above = above.Parent)
        {
            if (PackFolder.KitFiles(above.FullName).Any())
            {
                return $"There is no kit.yaml in this folder: this is the shipped pack alone. For the project above it, pass --project {PackFolder.Shown(above.FullName)}";
            }
        }

        return null;
    }

    private static bool Same(string folder, string other) =>
        Path.GetRelativePath(folder, other) == ".";
}
