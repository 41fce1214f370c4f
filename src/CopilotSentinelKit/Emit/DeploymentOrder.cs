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
    private const string BicepFolder = "bicep-repositories/";

    /// <summary>Nothing to deploy.</summary>
    public static DeploymentOrder None { get; } = new([], [], []);

    /// <summary>Whether nothing is deployed.</summary>
    public bool IsEmpty => Files.IsEmpty;

    /// <summary>The order of a run's files: ARM templates, or Bicep where there are none. Nothing where there is neither.</summary>
    /// <param name="items">Content; parsers in the order they must be deployed.</param>
    /// <param name="artifacts">Every file of the run.</param>
    internal static DeploymentOrder Of(ImmutableArray<ContentItem> items, IReadOnlyCollection<Artifact> artifacts)
    {
        var paths = artifacts.Select(artifact => artifact.Path).ToList();
        if (Array.Find([ArmFolder, BicepFolder], folder => paths.Exists(path => path.StartsWith(folder, StringComparison.Ordinal))) is not { } deployed)
        {
            return None;
        }

        // Folders, not files: any change of this list makes Sentinel deploy everything again.
        var others = paths
            .Where(path => !path.StartsWith(deployed, StringComparison.Ordinal) && IsTried(path))
            .Select(path => path[..(path.IndexOf('/', StringComparison.Ordinal) + 1)]);
        Func<ContentItem, string> pathOf = deployed == ArmFolder ? ContentEmitter.ArmPath : item => $"{BicepFolder}{ContentKind.Of(item).Folder}/{item.FileName}.bicep";
        return new(
            [.. items.OfType<Watchlist>().Concat<ContentItem>(items.OfType<ParserFunction>()).Select(pathOf)],
            [.. others.Append(LockFile.Path).Concat(deployed == ArmFolder ? [ArmWhole.Path] : []).Concat(Array.FindAll([IngestionArm.Folder, SummaryArm.Folder], folder => paths.Exists(path => path.StartsWith(folder, StringComparison.Ordinal)))).Distinct().Order(StringComparer.Ordinal)],
            [.. items.Where(item => item is not SummaryRule).Select(pathOf)]);
    }

    /// <summary>Whether a path is one that the kit writes, or once wrote.</summary>
    internal static bool IsKitPath(string path) =>
        path is LockFile.Path or ArmWhole.Path or IngestionArm.Folder or SummaryArm.Folder
        || path.IndexOf('/', StringComparison.Ordinal) == path.Length - 1
        || ContentKind.All.Any(kind =>
            (path.StartsWith($"{ArmFolder}{kind.Folder}/", StringComparison.Ordinal) && path.EndsWith(kind.ArmExtension, StringComparison.Ordinal))
            || (path.StartsWith($"{BicepFolder}{kind.Folder}/", StringComparison.Ordinal) && path.EndsWith(".bicep", StringComparison.Ordinal)));

    /// <summary>Whether that deployment tries a file of this name.</summary>
    public static bool IsTried(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".bicep", StringComparison.OrdinalIgnoreCase);
}
