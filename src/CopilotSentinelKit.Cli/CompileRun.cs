using System.Collections.Immutable;
using System.CommandLine;
using CopilotSentinelKit.Cache;
using CopilotSentinelKit.Diagnostics;
using CopilotSentinelKit.Kql;
using CopilotSentinelKit.Templates;

namespace CopilotSentinelKit.Cli;

/// <summary>What every command that compiles has in common: its options, and one compilation with progress and findings shown.</summary>
internal sealed class CompileRun(Terminal terminal)
{
    public Option<DirectoryInfo> Project { get; } = new("--project")
    {
        Description = "Folder of the project: kit.yaml, rules/ and templates/. Without a kit.yaml in it, the content that comes with the kit is compiled as it stands.",
        DefaultValueFactory = _ => new("."),
        CustomParser = Choice.Folder,
        HelpName = "DIR",
    };

    public Option<DiagnosticSeverity?> FailOn { get; } = new("--fail-on")
    {
        Description = "The least severity of a finding that makes the exit code 1, and keeps anything from being written: error, warning or note. Left out: error.",
        CustomParser = Choice.One(
            ("error", (DiagnosticSeverity?)DiagnosticSeverity.Error), ("warning", DiagnosticSeverity.Warning), ("note", DiagnosticSeverity.Information)),
        HelpName = "SEVERITY",
    };

    public Option<bool> NoCache { get; } = new("--no-cache")
    {
        Description = "Render and analyse every query again instead of using the results of earlier runs.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Project);
        command.Options.Add(FailOn);
        command.Options.Add(NoCache);
    }

    /// <summary>Compiles and prints the findings, or null after an error of the machine, which has been printed.</summary>
    public async Task<Compilation?> CompileAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var compilation = await RunAsync(
            parsed,
            () => ReadProject(parsed),
            (compiler, files, progress) => compiler.CompileAsync(files.Shipped, files.Own, progress, cancellation));
        if (compilation is not null)
        {
            Print(compilation.Findings);
        }

        return compilation;
    }

    /// <summary>Reads files and has them compiled or checked, with progress shown; null after an error of the machine, which has been printed.</summary>
    public async Task<TResult?> RunAsync<TFiles, TResult>(
        ParseResult parsed, Func<TFiles> read, Func<Compiler, TFiles, IProgress<CompilerProgress>?, Task<TResult>> work)
        where TResult : class
    {
        try
        {
            var files = read();
            await using var host = new LanguageHost(LanguageHostOptions.ForApplication());
            var cache = parsed.GetValue(NoCache) ? new(null, "") : CacheFolder.Open();
            var compiler = new Compiler(
                new CachedKqlAnalyzer(new HostKqlAnalyzer(host), cache),
                new CachedTemplateEngine(new HostTemplateEngine(host), cache),
                TableCatalog.Load());
            var result = await Progress.ShowAsync(terminal, progress => work(compiler, files, progress));
            cache.Prune();
            return result;
        }
        catch (LanguageServiceException e)
        {
            await terminal.Error.WriteLineAsync($"csk: error {e.Code}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync("csk: error: " + e.Message);
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("csk: interrupted; nothing was written.");
        }

        return null;
    }

    /// <summary>Reads the files to compile, and says so when some of the folder's are left out.</summary>
    /// <exception cref="IOException">One cannot be read.</exception>
    public ProjectFolder ReadProject(ParseResult parsed)
    {
        var project = ProjectFolder.Read(parsed.GetRequiredValue(Project).FullName);
        if (project.Hint is { } hint)
        {
            terminal.Error.WriteLine("csk: note: " + hint);
        }

        return project;
    }

    /// <summary>Prints findings and a line that counts them.</summary>
    public void Print(ImmutableArray<Diagnostic> findings)
    {
        var reporter = new TextReporter(terminal.Interactive);
        foreach (var finding in findings)
        {
            terminal.Error.Write(reporter.Format(finding));
        }

        if (!findings.IsEmpty)
        {
            terminal.Error.WriteLine(Count(findings));
        }
    }

    /// <summary>Whether any finding is at or above --fail-on.</summary>
    public bool Fails(ParseResult parsed, IEnumerable<Diagnostic> findings) =>
        findings.Any(finding => finding.Severity >= (parsed.GetValue(FailOn) ?? DiagnosticSeverity.Error));

    private static string Count(ImmutableArray<Diagnostic> findings) => string.Join(", ",
        from severity in Enum.GetValues<DiagnosticSeverity>().Reverse()
        let count = findings.Count(finding => finding.Severity == severity)
        where count > 0
        select Counted.Of(count, severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "note",
        }));
}
