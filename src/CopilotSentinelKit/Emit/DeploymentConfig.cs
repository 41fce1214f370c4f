using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>sentinel-deployment.config: tells the Sentinel repositories deployment to start with the parsers, which rules need to exist before
/// they validate, and to pass over JSON files that it cannot deploy. Its paths start at the root of the repository, and that deployment reads
/// it from the root only: see <see cref="NextStep"/>.</summary>
public static class DeploymentConfig
{
    /// <summary>Where the kit writes it, in the output folder.</summary>
    public const string Path = "arm/sentinel-deployment.config";

    private const string FileName = "sentinel-deployment.config";

    /// <summary>What a person must do with it, for the summary of a run.</summary>
    /// <param name="repositoryPrefix">As given to <see cref="ContentEmitter.Emit"/>.</param>
    public static string NextStep(string repositoryPrefix) =>
        $"Copy {repositoryPrefix}{Path} to the root of the repository, and again whenever it changes: Sentinel reads {FileName} from there only.";

    /// <summary>What a person must do with watchlists, for the summary of a run that wrote some.</summary>
    /// <param name="repositoryPrefix">As given to <see cref="ContentEmitter.Emit"/>.</param>
    public static string WatchlistStep(string repositoryPrefix) =>
        $"Deploy each file of {repositoryPrefix}arm/Watchlists yourself, since Sentinel's repository connections take no watchlists: "
        + $"az deployment group create --resource-group GROUP --template-file FILE --parameters {ArmTemplate.Workspace}=NAME";

    /// <summary>The file for these items.</summary>
    /// <param name="items">Parsers in the order they must be deployed.</param>
    /// <param name="artifacts">Every other file of the run.</param>
    /// <param name="repositoryPrefix">What stands before a path of the output folder.</param>
    internal static Artifact Create(ImmutableArray<ContentItem> items, IEnumerable<Artifact> artifacts, string repositoryPrefix)
    {
        var deployed = items.Where(item => ContentKind.Of(item).InRepositories).Select(ContentEmitter.ArmPath).ToHashSet(StringComparer.Ordinal);

        // That deployment tries every *.json below its folder, the lock file too, and takes an entry of this list as the start of a path:
        // whole file names keep it from meaning more than it says.
        var excluded = artifacts.Select(artifact => artifact.Path)
            .Where(path => path.EndsWith(".json", StringComparison.Ordinal) && !deployed.Contains(path))
            .Append(LockFile.Path)
            .Order(StringComparer.Ordinal);

        return new(Path, JsonText.Write(OutputMap.Of(
            ("prioritizedcontentfiles", Paths(items.OfType<ParserFunction>().Select(ContentEmitter.ArmPath), repositoryPrefix)),
            ("excludecontentfiles", Paths(excluded, repositoryPrefix)),
            ("parameterfilemappings", OutputMap.Of()))));
    }

    private static OutputList Paths(IEnumerable<string> paths, string prefix) => OutputList.Of(paths.Select(path => prefix + path));
}
