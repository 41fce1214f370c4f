using System.Diagnostics;
using System.Text;
using CopilotSentinelKit.Diagnostics;

namespace CopilotSentinelKit.Kql;

/// <summary>Finds what the host consists of on this machine.</summary>
internal static class LanguageHostFiles
{
    private const string Main = "host.js";
    private const string Snapshot = "kusto.blob";

    private static readonly string[] Required =
        [Main, "package.json", "bridge.min.js", "Kusto.Language.Bridge.min.js", "liquid.node.js"];

    /// <summary>Whether the build made a startup snapshot, which a Node of another version refuses.</summary>
    public static bool HasSnapshot(LanguageHostOptions options) => File.Exists(Path.Combine(options.Directory, Snapshot));

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

    // Process.Start would look into the current folder before PATH: a "node" in a project must not run.
    private static string FindNode(string node)
    {
        if (Path.GetFileName(node) != node)
        {
            return Path.GetFullPath(node);
        }

        var name = OperatingSystem.IsWindows() && !Path.HasExtension(node) ? node + ".exe" : node;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists) ?? throw LanguageServiceErrors.NodeNotFound(node);
    }
}
