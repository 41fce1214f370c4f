using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli;

/// <summary>csk --version: the kit's version and commit, then what it is made of: pack, language host, libraries, runtime. Starts nothing.</summary>
internal sealed class VersionAction(Terminal terminal) : SynchronousCommandLineAction
{
    private const string Package = "package:";

    /// <summary>The kit's own, X.Y.Z.</summary>
    public static string Version { get; } = typeof(Compiler).Assembly.GetName().Version?.ToString(3) ?? "";

    public override int Invoke(ParseResult parseResult)
    {
        var host = LanguageServices.Describe();
        var libraries = host.Libraries.IsEmpty ? "its files are missing" : string.Join(", ", host.Libraries.Select(library => $"{library.Name} {library.Version}"));
        terminal.Out.WriteLine($"csk {Version}{Commit()}");
        terminal.Out.WriteLine($"pack: {Pack()}");
        terminal.Out.WriteLine($"language host: {host.Name} ({libraries})");
        terminal.Out.WriteLine($"templates: Scriban {TemplateEngine.Version}");
        terminal.Out.WriteLine($"libraries: {string.Join(", ", Libraries())}");
        terminal.Out.WriteLine($"runtime: {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}{(RuntimeFeature.IsDynamicCodeSupported ? "" : ", compiled ahead of time")}");
        return ExitCodes.Clean;
    }

    // "0.1.0+1234abcd...": a build outside of a git repository knows no commit.
    private static string Commit() =>
        typeof(Compiler).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, { Length: > 0 } commit]
            ? $" (commit {commit[..Math.Min(commit.Length, 12)]})"
            : "";

    private static string Pack()
    {
        try
        {
            var findings = new List<Finding>();
            if (Compiler.Load([.. PackFolder.Read(PackFolder.Shipped())], [], findings) is not { } pack)
            {
                return "it cannot be read";
            }

            var carried = Directory.Exists(CacheFolder.Carried) ? ", analysed when this csk was built" : "";
            return $"copilot ({Counted.Of(pack.Detections.Length, "detection")}, mapping {pack.Mapping.Version.Value}{carried})";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "its files are missing";
        }
    }

    private static IEnumerable<string> Libraries() => typeof(VersionAction).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(note => note.Key.StartsWith(Package, StringComparison.Ordinal) && !note.Key.EndsWith("Scriban.Signed", StringComparison.Ordinal) && !note.Key.EndsWith("Kusto.Language", StringComparison.Ordinal))
        .Select(note => $"{note.Key[Package.Length..]} {note.Value}")
        .Order(StringComparer.Ordinal);
}
