using System.Diagnostics;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Architecture;

/// <summary>The text files under version control.</summary>
internal static class SourceFiles
{
    private static readonly Lazy<string[]> All = new(List);

    /// <summary>Paths from the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Committed => All.Value;

    public static IEnumerable<string> CSharp(string under) =>
        Committed.Where(path => path.StartsWith(under, StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal));

    public static string Read(string path) => Repository.Read(path.Split('/'));

    private static string[] List()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "-z"]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(path => !path.EndsWith(".png", StringComparison.Ordinal) && File.Exists(Repository.PathOf(path.Split('/'))))];
    }
}
