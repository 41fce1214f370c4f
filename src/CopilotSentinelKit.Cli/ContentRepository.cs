using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli;

/// <summary>The repository that Sentinel deploys from: the clone that the output folder is in. Outside of a clone it is the project, or the
/// output folder where that is elsewhere.</summary>
internal sealed class ContentRepository
{
    // What a project keeps beside kit.yaml. On the deployment's machine names that start with a dot are no exception.
    private static readonly string[] Folders = ["rules", "templates", ".vscode", ".config"];

    private readonly string _root;
    private readonly RepositoryPlace _place;

    private ContentRepository(string root, RepositoryPlace place) => (_root, _place) = (root, place);

    private string Config => Path.Combine(_root, DeploymentConfig.FileName);

    /// <summary>The configuration's path as a person would type it.</summary>
    public string Shown => PackFolder.Shown(Config);

    /// <summary>Finds it, and what of the project Sentinel must not take for content.</summary>
    /// <param name="output">The output folder.</param>
    /// <param name="project">The project's folder.</param>
    /// <param name="others">Output folders of the project's environments: for other workspaces than the one that the repository is connected to.</param>
    public static ContentRepository Of(string output, string project, IEnumerable<string> others)
    {
        var root = OutputFolder.RootOf(output) ?? (Inside(project, output) is null ? output : project);
        var sources = Inside(root, project) is { } below ? Folders.Select(name => $"{below}{name}/").ToImmutableArray() : [];
        var elsewhere = others.Select(other => Inside(root, other)).OfType<string>().Where(other => other.Length > 0).Order(StringComparer.Ordinal);
        return new(root, new(Inside(root, output)!, sources, [.. sources.SelectMany(source => NoContent(root, source)), .. elsewhere]));
    }

    /// <summary>The configuration as it is and as it should be.</summary>
    /// <param name="order">What this run's output needs.</param>
    public (string? Before, string? After, ImmutableArray<Finding> Findings) Plan(DeploymentOrder order)
    {
        var file = new FileInfo(Config);
        if (Links.IsLink(Config))
        {
            return (null, null, [OutputFindings.LinkInTheWay(new(new SourceFile(Shown, ""), 0, 0), Shown)]);
        }

        var before = file.Exists ? Encoding.UTF8.GetString(PackFolder.ReadBytes(Config).Span).TrimStart('\uFEFF') : null;
        var (after, findings) = DeploymentConfig.Update(before is null ? null : new(Shown, before), _place, order);
        return (before, after, findings);
    }

    /// <summary>Writes the configuration.</summary>
    /// <returns>What went wrong, if anything.</returns>
    public ImmutableArray<Finding> Write(string text)
    {
        try
        {
            SafeFile.Write(Config, text);
            return [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [OutputFindings.CannotWrite(new(new SourceFile(Shown, ""), 0, 0), fault.Message.TrimEnd('.') + ".")];
        }
    }

    // The folder where it holds JSON or Bicep of which nothing is a template; else each file that is none.
    private static IEnumerable<string> NoContent(string root, string source)
    {
        var folder = new DirectoryInfo(Path.Combine(root, source));
        var tried = folder is { Exists: true, LinkTarget: null }
            ? folder.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
                .Where(file => DeploymentOrder.IsTried(file.Name)).ToLookup(IsTemplate)
            : Enumerable.Empty<FileInfo>().ToLookup(_ => false);
        return tried[true].Any()
            ? tried[false].Select(file => Path.GetRelativePath(root, file.FullName).Replace('\\', '/')).Order(StringComparer.Ordinal)
            : tried[false].Any() ? [source] : [];
    }

    private static bool IsTemplate(FileInfo file) =>
        file.Extension.Equals(".bicep", StringComparison.OrdinalIgnoreCase)
        || Encoding.UTF8.GetString(PackFolder.ReadBytes(file.FullName).Span).Contains("deploymentTemplate.json", StringComparison.OrdinalIgnoreCase);

    // A folder's path from another that it is in, with a final slash, empty for that folder itself; null where it is elsewhere.
    private static string? Inside(string above, string folder) =>
        !Links.IsIn(above, folder) ? null
        : Path.GetRelativePath(above, folder) is "." ? ""
        : Path.GetRelativePath(above, folder).Replace('\\', '/') + "/";
}
