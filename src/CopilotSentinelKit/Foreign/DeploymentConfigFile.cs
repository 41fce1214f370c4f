using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>sentinel-deployment.config as people wrote it: Sentinel's repositories deployment reads it without a word about what it does not understand.</summary>
internal static class DeploymentConfigFile
{
    /// <summary>Its name in the root of the repository.</summary>
    public const string FileName = "sentinel-deployment.config";

    /// <summary>The key of the files that are deployed first.</summary>
    public const string First = "prioritizedcontentfiles";

    /// <summary>The key of the files and folders that are not deployed.</summary>
    public const string Never = "excludecontentfiles";

    private const string Mappings = "parameterfilemappings";

    private static readonly string[] Lists = [First, Never];

    private static readonly string[] Keys = [.. Lists, Mappings];

    /// <summary>Whether a path is that of such a file.</summary>
    public static bool Is(string path) => path[(path.LastIndexOf('/') + 1)..].Equals(FileName, StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong in the file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="paths">The files of the run, among which those that it names should be.</param>
    public static IEnumerable<Finding> Check(SourceFile source, IReadOnlyCollection<string> paths)
    {
        var findings = new List<Finding>();
        if (JsonReader.Read(source, ArmFindings.Json, findings) is not { } root)
        {
            return findings;
        }

        if (root is not YamlMap map)
        {
            return [ArmFindings.WrongShape(root.FirstLine(), FileName, "an object")];
        }

        var folder = source.Path[..^FileName.Length];
        return [.. findings, .. map.Entries.SelectMany(Shape), .. Named(map).Where(path => IsGone(path.Value, folder, paths)).Select(path => ArmParameterFindings.NoSuchFile(path.FirstLine(), path.Value))];
    }

    private static IEnumerable<Finding> Shape(YamlEntry entry)
    {
        var isList = Lists.Contains(entry.Key.Value, StringComparer.OrdinalIgnoreCase);
        if (!isList && !entry.Key.Value.Equals(Mappings, StringComparison.OrdinalIgnoreCase))
        {
            yield return ArmParameterFindings.UnknownKeyOfConfig(entry.Key.Span, entry.Key.Value, Nearest.Find(entry.Key.Value, Keys) is { } near ? $" Did you mean \"{near}\"?" : $" It knows {string.Join(", ", Keys)}.");
        }
        else if (isList && (entry.Value as YamlList)?.Items.All(item => item is YamlText) != true)
        {
            yield return ArmFindings.WrongShape(entry.Value.FirstLine(), entry.Key.Value, "a list of paths");
        }
        else if (!isList && entry.Value is not YamlMap)
        {
            yield return ArmFindings.WrongShape(entry.Value.FirstLine(), entry.Key.Value, "an object of paths");
        }
    }

    private static IEnumerable<YamlText> Named(YamlMap map) =>
        map.Entries.Where(entry => Keys.Contains(entry.Key.Value, StringComparer.OrdinalIgnoreCase)).SelectMany(entry => YamlTexts.Of(entry.Value, _ => true));

    // Only of files that the run would have read is it known that they are not there; a folder may be named as well.
    private static bool IsGone(string named, string folder, IReadOnlyCollection<string> paths)
    {
        var path = folder + named.Replace('\\', '/').TrimStart('/').TrimEnd('/');
        return !named.Contains('*', StringComparison.Ordinal) && ContentReader.MayRead(path) && !paths.Any(file => file.Equals(path, StringComparison.OrdinalIgnoreCase) || file.StartsWith(path + "/", StringComparison.OrdinalIgnoreCase));
    }
}
