using System.Collections.Immutable;
using System.CommandLine;
using CopilotSentinelKit.Cli.Cache;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli;

/// <summary>What every command that compiles has in common: its options, and one compilation with progress and findings shown.</summary>
/// <param name="terminal">Where findings go.</param>
/// <param name="reportOption">The name of the option for reports.</param>
internal sealed class CompileRun(Terminal terminal, string reportOption = "--format")
{
    // Nobody reads more, and a file can be wrong at every character.
    private const int MostShown = 500;

    private readonly ReportOptions _reports = new(terminal, reportOption);
    private ImmutableArray<string> _files = [];

    public Option<DirectoryInfo> Project { get; } = new("--project")
    {
        Description = "Folder of the project: kit.yaml, rules/ and templates/. Without a kit.yaml in it, the content that comes with the kit is compiled as it stands.",
        DefaultValueFactory = _ => new("."),
        CustomParser = Choice.Folder,
        HelpName = "DIR",
    };

    public Option<FindingSeverity?> FailOn { get; } = new("--fail-on")
    {
        Description = "The least severity of a finding that makes the exit code 1, and keeps anything from being written: error, warning or note. Left out: error.",
        CustomParser = Choice.One(
            ("error", (FindingSeverity?)FindingSeverity.Error), ("warning", FindingSeverity.Warning), ("note", FindingSeverity.Information)),
        HelpName = "SEVERITY",
    };

    public Option<string?> Environment { get; } = new("--environment")
    {
        Description = "The workspace to compile for: a name from \"environments\" in kit.yaml. Left out: what kit.yaml says for all.",
        HelpName = "NAME",
    };

    public Option<bool> NoCache { get; } = new("--no-cache")
    {
        Description = "Analyse every query again instead of using the results of earlier runs.",
    };

    public Option<bool> Portal { get; } = new("--portal")
    {
        Description = "Say too what changes for each rule when Sentinel leaves the Azure portal (2027-03-31): grouping that decides nothing, alerts that nobody sees, names of accounts, tags of correlation, and whether it can become a custom detection of Defender.",
    };

    /// <summary>Paths of the files that are compiled or checked, as findings show them.</summary>
    public ImmutableArray<string> Files => _files;

    /// <summary>Gives a command these options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="inEnvironments">Whether what it does can differ by workspace.</param>
    public void AddTo(Command command, bool inEnvironments = true)
    {
        command.Options.Add(Project);
        if (inEnvironments)
        {
            command.Options.Add(Environment);
        }

        command.Options.Add(FailOn);
        command.Options.Add(NoCache);
        _reports.AddTo(command);
    }

    /// <summary>Compiles and prints the findings, or null after an error of the machine, which has been printed.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="formats">Formats that will be written beside those of kit.yaml.</param>
    public async Task<Compilation?> CompileAsync(ParseResult parsed, CancellationToken cancellation, params ImmutableArray<OutputFormat> formats)
    {
        var compilation = await WorkAsync(parsed, () => (ReadProject(parsed), null), bench => bench.CompileAsync(formats), cancellation);
        Print(parsed, compilation?.Findings ?? [], compilation?.Suppressed.Length ?? 0);
        return compilation;
    }

    /// <summary>Reads files and does work that compiles or checks them, with progress shown; null after an error of the machine, which has
    /// been printed.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="read">The project, and the content to check in its place, if any.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="quiet">Whether no progress is shown, for work that waits for something.</param>
    public async Task<T?> WorkAsync<T>(
        ParseResult parsed, Func<(ProjectFolder Project, ContentFiles? Content)> read, Func<Workbench, Task<T>> work, CancellationToken cancellation, bool quiet = false)
        where T : class
    {
        try
        {
            var (project, content) = read();
            _files = content is not null
                ? [.. content.Paths.Select(PackFolder.Shown)]
                : [.. (project.Own.IsEmpty ? project.Shipped : project.Own).Select(file => file.ShownPath)];
            await using var host = LanguageServices.Open();
            var cache = parsed.GetValue(NoCache) ? new(null, "") : CacheFolder.Open();
            var compiler = new Compiler(
                new CachedKqlAnalyzer(host.Kql, cache),
                KitData.LoadTables(),
                DateOnly.FromDateTime(DateTime.UtcNow))
            {
                ForPortal = parsed.GetValue(Portal),
                Environment = parsed.GetValue(Environment),
            };
            var bench = new Workbench(project, content, compiler, null, cancellation);
            var result = quiet ? await work(bench) : await Progress.ShowAsync(terminal, progress => work(bench with { Progress = progress }));
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
    /// <param name="parsed">The command line.</param>
    /// <param name="withEvents">Whether sample events are wanted.</param>
    /// <exception cref="IOException">One cannot be read.</exception>
    public ProjectFolder ReadProject(ParseResult parsed, bool withEvents = false)
    {
        var project = ProjectFolder.Read(parsed.GetRequiredValue(Project).FullName, withEvents);
        if (project.Hint is { } hint)
        {
            terminal.Error.WriteLine("csk: note: " + hint);
        }

        if (OutputFolder.Recover(parsed.GetRequiredValue(Project).FullName, project) is { } recovered)
        {
            terminal.Error.WriteLine("csk: note: " + recovered);
        }

        return project;
    }

    /// <summary>The project with every name resolved and nothing compiled; null after its errors, which have been printed.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public ResolvedPack? Load(ParseResult parsed)
    {
        var files = ReadProject(parsed);
        var findings = new List<Finding>();
        if (Compiler.Load(files.Shipped, files.Own, findings, parsed.GetValue(Environment)) is { } pack && !findings.Exists(finding => finding.Severity == FindingSeverity.Error))
        {
            return pack;
        }

        Print(parsed, findings.Sorted());
        return null;
    }

    /// <summary>Prints findings, unless only other forms were asked for, and a line that counts them.</summary>
    public void Print(ParseResult parsed, ImmutableArray<Finding> findings, int suppressed = 0)
    {
        if (_reports.ShowsText(parsed))
        {
            var reporter = new TextReporter(terminal.Interactive);
            foreach (var finding in findings.Length <= MostShown ? findings : [.. findings.OrderByDescending(finding => finding.Severity).Take(MostShown)])
            {
                terminal.Error.Write(reporter.Format(finding));
            }

            if (findings.Length > MostShown)
            {
                terminal.Error.WriteLine(FormattableString.Invariant($"{findings.Length - MostShown} more findings are not shown; the most severe come first. \"{_reports.Name} json=FILE\" writes all."));
            }
        }

        if (SeverityWords.Count(findings, suppressed) is { Length: > 0 } count)
        {
            terminal.Error.WriteLine(count);
        }
    }

    /// <summary>Where a command says what it did.</summary>
    public TextWriter Results(ParseResult parsed) => _reports.Results(parsed);

    /// <summary>Writes the reports that were asked for; the exit code, or 2 when one cannot be written.</summary>
    public int Report(ParseResult parsed, Compilation compilation, IEnumerable<Finding> later, int code)
    {
        var all = compilation.Findings.AddRange(later).ToLookup(finding => finding.Suppression is not null);
        try
        {
            var report = new FindingReport(all[false].Sorted(), compilation.Suppressed.AddRange(all[true]))
            {
                Files = _files,
                Version = VersionAction.Version,
                FailOn = parsed.GetValue(FailOn) ?? FindingSeverity.Error,
                FromRoot = OutputFolder.FromRepository(Directory.GetCurrentDirectory()),
            };
            _reports.Write(parsed, format => FindingReports.Write(format, report));
            return code;
        }
        catch (IOException fault)
        {
            terminal.Error.WriteLine("csk: error: " + fault.Message);
            return ExitCodes.Usage;
        }
    }

    /// <summary>Whether any finding is at or above --fail-on.</summary>
    public bool Fails(ParseResult parsed, IEnumerable<Finding> findings) =>
        findings.Any(finding => finding.Severity >= (parsed.GetValue(FailOn) ?? FindingSeverity.Error));
}
