using System.CommandLine;
using System.CommandLine.Invocation;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Cli;

/// <summary>csk --version: the kit's version, then the libraries that it was built with: Kusto.Language and the way to it, and Scriban. Starts nothing.</summary>
internal sealed class VersionAction(Terminal terminal) : SynchronousCommandLineAction
{
    /// <summary>The kit's own, X.Y.Z.</summary>
    public static string Version { get; } = typeof(Compiler).Assembly.GetName().Version?.ToString(3) ?? "";

    public override int Invoke(ParseResult parseResult)
    {
        var host = LanguageServices.Describe();
        var libraries = host.Libraries.IsEmpty ? "its files are missing" : string.Join(", ", host.Libraries.Select(library => $"{library.Name} {library.Version}"));
        terminal.Out.WriteLine($"csk {Version}");
        terminal.Out.WriteLine($"language host: {host.Name} ({libraries})");
        terminal.Out.WriteLine($"templates: Scriban {TemplateEngine.Version}");
        return ExitCodes.Clean;
    }
}
