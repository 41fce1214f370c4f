using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.NodeHost;

/// <summary>Finds what the host consists of on this machine.</summary>
internal static class LanguageHostFiles
{
    private const string Main = "host.js";
    private const string Snapshot = "kusto.blob";

    // The libraries are larger, and named by package.json.
    private const int LargestOwnFile = 32 * 1024;

    private const string Package = "@kusto/language-service-next";

    private static readonly string[] Required =
        [Main, "package.json", "bridge.min.js", "Kusto.Language.Bridge.min.js"];

    /// <summary>Whether the build made a startup snapshot, which a Node of another version refuses.</summary>
    public static bool HasSnapshot(LanguageHostOptions options) => File.Exists(Path.Combine(options.Directory, Snapshot));

    /// <summary>The libraries that package.json pins; none when it is missing or damaged.</summary>
    public static ImmutableArray<LanguageLibrary> Libraries(LanguageHostOptions options)
    {
        try
        {
            using var package = JsonDocument.Parse(File.ReadAllText(Path.Combine(options.Directory, "package.json")));
            var versions = package.RootElement.GetProperty("dependencies");
            return [new("Kusto.Language", versions.GetProperty(Package).GetString() ?? "")];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [];
        }
    }

    /// <summary>The text of package.json, which pins the libraries, and of the host's own files.</summary>
    public static string Key(LanguageHostOptions options) => Directory.Exists(options.Directory)
        ? string.Concat(Directory.EnumerateFiles(options.Directory, "*.js*")
            .Where(path => new FileInfo(path).Length < LargestOwnFile)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText))
        : "";

    /// <summary>The command that starts the host.</summary>
    /// <exception cref="LanguageServiceException">Node or a file of the host is missing.</exception>
    public static ProcessStartInfo Command(LanguageHostOptions options, bool useSnapshot)
    {
        var directory = Path.GetFullPath(options.Directory);
        if (Array.Find(Required, name => !File.Exists(Path.Combine(directory, name))) is { } missing)
        {
            throw LanguageServiceErrors.FilesMissing(Path.Combine(directory, missing));
        }

        var command = new ProcessStartInfo(FindNode(options.Node))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };

        // Options of the user's own Node programs (--inspect, --require) could write to stdout or break the snapshot.
        command.Environment.Remove("NODE_OPTIONS");
        if (useSnapshot)
        {
            command.ArgumentList.Add("--snapshot-blob");
            command.ArgumentList.Add(Path.Combine(directory, Snapshot));
        }

        command.ArgumentList.Add(Path.Combine(directory, Main));
        return command;
    }

    // What is named by a path is taken as it is, so it must not depend on the folder that somebody stands in.
    private static string FindNode(string node) =>
        (Path.GetFileName(node) == node ? ProgramPath.Find(node) : Path.IsPathFullyQualified(node) ? node : null)
        ?? throw LanguageServiceErrors.NodeNotFound(node);
}
