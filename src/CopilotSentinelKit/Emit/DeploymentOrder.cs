using System.Collections.Immutable;
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Emit;

/// <summary>What Sentinel's repositories deployment must know of the output folder. Paths are relative to it.</summary>
/// <param name="First">Files to deploy before all others, in this order: a rule is refused while the function that it calls is not there.</param>
/// <param name="Never">What is no content: files, and folders with a final slash. That deployment tries every JSON file that it finds.</param>
/// <param name="Files">All that is deployed.</param>
public sealed record DeploymentOrder(ImmutableArray<string> First, ImmutableArray<string> Never, ImmutableArray<string> Files)
{
    private const string ArmFolder = "arm/";

    /// <summary>Nothing to deploy.</summary>
    public static DeploymentOrder None { get; } = new([], [], []);

    /// <summary>Whether nothing is deployed.</summary>
    public bool IsEmpty => Files.IsEmpty;

    /// <summary>The order of a run's files.</summary>
    /// <param name="items">Content; parsers in the order they must be deployed.</param>
    /// <param name="artifacts">Every file of the run.</param>
    internal static DeploymentOrder Of(ImmutableArray<ContentItem> items, IEnumerable<Artifact> artifacts)
    {
        // Folders, not files: any change of this list makes Sentinel deploy everything again.
        var others = artifacts.Select(artifact => artifact.Path)
            .Where(path => !path.StartsWith(ArmFolder, StringComparison.Ordinal) && IsTried(path))
            .Select(path => path[..(path.IndexOf('/', StringComparison.Ordinal) + 1)]);
        return new(
            [.. items.OfType<Watchlist>().Concat<ContentItem>(items.OfType<ParserFunction>()).Select(ContentEmitter.ArmPath)],
            [.. others.Append(LockFile.Path).Append(ArmWhole.Path).Distinct().Order(StringComparer.Ordinal)],
            [.. items.Select(ContentEmitter.ArmPath)]);
    }

    /// <summary>Whether a path is one that the kit writes, or once wrote.</summary>
    internal static bool IsKitPath(string path) =>
        path is LockFile.Path or ArmWhole.Path
        || path.IndexOf('/', StringComparison.Ordinal) == path.Length - 1
        || ContentKind.All.Any(kind => path.StartsWith($"{ArmFolder}{kind.Folder}/", StringComparison.Ordinal) && path.EndsWith(kind.ArmExtension, StringComparison.Ordinal));

    /// <summary>Whether that deployment tries a file of this name.</summary>
    public static bool IsTried(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".bicep", StringComparison.OrdinalIgnoreCase);
}
