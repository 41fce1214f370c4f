using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Emit;

/// <summary>Everything a run produces.</summary>
/// <param name="Artifacts">Every file but the lock file, in ordinal order of paths.</param>
/// <param name="Content">An entry for each item, for the lock file.</param>
public sealed record Emission(ImmutableArray<Artifact> Artifacts, ImmutableArray<ContentEntry> Content)
{
    /// <summary>The formats that it has; files of others stay as they are.</summary>
    public ImmutableArray<OutputFormat> Formats { get; init; } = [];

    /// <summary>What Sentinel's repositories deployment must know of its files.</summary>
    public DeploymentOrder Deployment { get; init; } = DeploymentOrder.None;

    /// <summary>What is wrong with templates of output; with an error among them nothing may be written.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];
}

/// <summary>Content to files.</summary>
public static class ContentEmitter
{
    /// <summary>Writes each item in each format. The same items give the same bytes everywhere.</summary>
    /// <param name="items">The content; parsers in an order in which each comes after those it calls.</param>
    /// <param name="formats">The formats wanted.</param>
    /// <param name="others">Files of other formats.</param>
    /// <exception cref="ArgumentException">A file name that is not plain letters, digits and underscores: a mistake of the caller.</exception>
    public static Emission Emit(ImmutableArray<ContentItem> items, ImmutableArray<OutputFormat> formats, params ReadOnlySpan<Artifact> others)
    {
        List<Artifact> artifacts = [.. others];
        if (formats.Contains(OutputFormat.Yaml))
        {
            artifacts.AddRange(items.SelectMany(Yaml));
        }

        if (formats.Contains(OutputFormat.Arm))
        {
            artifacts.AddRange(items.Select(Arm));
            artifacts.Add(new(ArmWhole.Path, ArmWhole.Write(items)));
        }

        return new(
            [.. artifacts.OrderBy(artifact => artifact.Path, StringComparer.Ordinal)],
            [.. items.Select(ContentEntry.Of)])
        {
            Formats = formats,
            Deployment = DeploymentOrder.Of(items, artifacts),
        };
    }

    /// <summary>The ARM file of an item.</summary>
    internal static string ArmPath(ContentItem item)
    {
        var kind = ContentKind.Of(item);
        return Artifact.PathOf($"arm/{kind.Folder}", item.FileName, kind.ArmExtension);
    }

    private static Artifact Arm(ContentItem item) =>
        new(ArmPath(item), ArmTemplate.Write(item), item.Id.Span);

    private static IEnumerable<Artifact> Yaml(ContentItem item)
    {
        var kind = ContentKind.Of(item);
        var folder = $"yaml/{kind.Folder}";
        yield return kind.IsJson
            ? new(Artifact.PathOf(folder, item.FileName, ".json"), JsonText.Write(kind.Yaml(item)), item.Id.Span)
            : new(Artifact.PathOf(folder, item.FileName, ".yaml"), YamlOutput.Write(kind.Yaml(item)), item.Id.Span);
        if (kind.Companion?.Invoke(item) is { } companion)
        {
            yield return new(Artifact.PathOf(folder, item.FileName, companion.Extension), companion.Text, item.Id.Span);
        }
    }
}
