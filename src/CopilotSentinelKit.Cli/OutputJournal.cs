using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Emit;

namespace CopilotSentinelKit.Cli;

/// <summary>How an output folder becomes the new one, written down in it once every new file lies beside its place. From then on nothing can
/// fail but the disk, and whoever finds the journal of a killed run takes its steps again: those that were taken change nothing.</summary>
/// <param name="Steps">What is done, in order; the lock file comes last.</param>
internal sealed record OutputJournal(ImmutableArray<OutputJournal.Step> Steps)
{
    /// <summary>Its name in the output folder. It starts with a dot, so that no deployment takes it for content.</summary>
    public const string Name = ".csk-journal";

    private const string Head = "csk-journal 1";
    private const string Nothing = "-";

    /// <summary>A file that is replaced or deleted.</summary>
    /// <param name="Path">Its path in the output folder.</param>
    /// <param name="Before">The hash of what is there, or null where nothing is.</param>
    /// <param name="After">The hash of the new file, or null for a file that goes.</param>
    /// <param name="Staged">The name of the new file, which lies in the same folder; null for a file that goes.</param>
    public sealed record Step(string Path, string? Before, string? After, string? Staged);

    /// <summary>The text that <see cref="Read"/> reads: a line for each step.</summary>
    public string ToText() => string.Concat(Steps
        .Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Before ?? Nothing} {step.After ?? Nothing} {step.Staged ?? Nothing} {step.Path}\n"))
        .Prepend(Head + "\n"));

    /// <summary>The journal of a text, or null when it is none. No path of it leaves the folder, whoever wrote it.</summary>
    public static OutputJournal? Read(string text)
    {
        var lines = text.Split('\n');
        if (lines is not [Head, .. var rest, ""])
        {
            return null;
        }

        var steps = rest.Select(line => line.Split(' ')).ToList();
        return steps.TrueForAll(words => words is [_, _, var staged, var path] && Artifact.IsSafePath(path) && (staged == Nothing || SafeFile.IsStaged(staged)))
            ? new([.. steps.Select(words => new Step(words[3], Known(words[0]), Known(words[1]), Known(words[2])))])
            : null;
    }

    /// <summary>Takes the steps. What somebody edited since is left as it is.</summary>
    /// <param name="root">The output folder.</param>
    /// <returns>The path in the output folder that comes next, before anything is done to it.</returns>
    public IEnumerable<string> Take(string root)
    {
        foreach (var step in Steps)
        {
            yield return step.Path;
            if (Links.Below(root, Path.Combine(root, step.Path)) is null)
            {
                Take(root, step);
            }
        }
    }

    /// <summary>Removes the folder of a file that is gone, and those above it, where nothing is left in them.</summary>
    public static void RemoveEmptyFolders(string root, string path)
    {
        var emptied = Path.GetDirectoryName(Path.Combine(root, path))!;
        while (emptied.Length > root.Length && Directory.Exists(emptied) && !Directory.EnumerateFileSystemEntries(emptied).Any())
        {
            Directory.Delete(emptied);
            emptied = Path.GetDirectoryName(emptied)!;
        }
    }

    private static void Take(string root, Step step)
    {
        var full = Path.Combine(root, step.Path);
        var isAsBefore = HashOf(full) is var there && there == step.Before;
        if (step.Staged is null)
        {
            if (isAsBefore)
            {
                File.Delete(full);
                RemoveEmptyFolders(root, step.Path);
            }

            return;
        }

        var staged = Path.Combine(Path.GetDirectoryName(full)!, step.Staged);
        if (HashOf(staged) is not { } written)
        {
            return;
        }

        if (written == step.After && (isAsBefore || there is null || there == step.After))
        {
            File.Move(staged, full, overwrite: true);
        }
        else
        {
            File.Delete(staged);
        }
    }

    /// <summary>The hash of a file as the lock file has it; null when there is none.</summary>
    public static string? HashOf(string path)
    {
        try
        {
            return Links.IsLink(path) ? null : LockFile.HashOf(File.ReadAllBytes(path));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string? Known(string word) => word == Nothing ? null : word;
}
