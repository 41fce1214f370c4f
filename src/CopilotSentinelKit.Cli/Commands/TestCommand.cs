using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using CopilotSentinelKit.Backtest;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Testing;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk test: what the tests in specs expect, against what the emitted KQL returns; offline.</summary>
internal sealed class TestCommand(Terminal terminal)
{
    private readonly CompileRun _run = new(terminal, "--report");
    private readonly ReportOptions _reports = new(terminal, "--format", ofTests: true);

    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Files or folders of specs whose tests to run, or of tests beside existing rules, hunts, parsers, templates, workbooks and .kql files. Left out: all tests of the project.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _filter = new("--filter")
    {
        Description = "Run only tests whose target and name, as in copilot-jailbreak-attempt/an ordinary prompt, contain this text.",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _source = new("--source")
    {
        Description = "Run the tests on this source of the mapping only, such as CopilotActivity.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _schedule = new("--schedule")
    {
        Description = "Replay the events of each test through its rule's schedule, run by run, and find alerts that are missed or doubled at the borders of windows.",
    };

    private readonly Option<bool> _mutate = new("--mutate")
    {
        Description = "Make small mistakes in each tested query, one at a time (comparisons, conditions, thresholds, windows, joins, keys), and list those that no test notices.",
    };

    private readonly Option<string?> _mutationReport = new("--mutation-report")
    {
        Description = "With --mutate: a file for all mistakes and what became of them, in the JSON that viewers of mutation tests read.",
        CustomParser = ReportTarget.ParseFile,
        HelpName = "FILE",
    };

    private readonly Option<KustoAddress?> _engine = new("--engine")
    {
        Description = "Run the queries on a Kusto endpoint instead, with all that they read as literals: the emulator (http://localhost:8080) or Azure Data Explorer (https://CLUSTER/DATABASE), where you sign in as Azure.Identity finds you.",
        CustomParser = ParseEngine,
        HelpName = "URL",
    };

    private readonly Option<TimeSpan?> _patience = WorkspaceOptions.PatienceOption("4m");

    public static Command Create(Terminal terminal) => new TestCommand(terminal).Create();

    private Command Create()
    {
        var command = new Command("test", "Runs the tests of detections, hunts and parsers: the KQL that generate would emit, over their sample events, on this machine alone unless --engine names another.") { _paths, _filter, _source, _schedule, _mutate, _mutationReport, _engine, _patience };
        _run.AddTo(command);
        _reports.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var choice = new TestChoice(parsed.GetValue(_filter), parsed.GetValue(_source), parsed.GetValue(_schedule)) { Mutate = parsed.GetValue(_mutate), Paths = [.. (parsed.GetValue(_paths) ?? []).Select(path => PackFolder.Shown(Path.GetFullPath(path)))] };
        var address = parsed.GetValue(_engine);
        using var http = address is null ? null : WorkspaceOptions.Client();
        IQueryEngine engine = address is null ? new LocalEngine() : new KustoEndpoint(address, http!, TimeProvider.System, address.NeedsToken ? SignIn.Tokens(address.Scope) : null, parsed.GetValue(_patience) is { } patience ? new() { Timeout = patience } : null);
        var run = await _run.WorkAsync(
            parsed,
            () => (_run.ReadProject(parsed, withEvents: true), null),
            bench => TestAsync(bench, parsed.GetValue(_paths) ?? [], choice, engine),
            cancellation);
        if (run is null)
        {
            return ExitCodes.Usage;
        }

        _run.Print(parsed, run.Compilation.Findings, run.Compilation.Suppressed.Length);
        if (Mistake(run, choice) is { } mistake)
        {
            return await terminal.FailAsync(mistake);
        }

        var report = new TestReport(run.Results)
        {
            Version = VersionAction.Version,
            FromRoot = OutputFolder.FromRepository(Directory.GetCurrentDirectory()),
        };
        var reporter = new TextTestReporter(terminal.Interactive);
        foreach (var result in _reports.ShowsText(parsed) ? report.Ordered.Where(result => result.Outcome != TestOutcome.Passed) : [])
        {
            await terminal.Error.WriteAsync(reporter.Format(result));
        }

        var passed = !run.Compilation.HasErrors && run.Results.All(result => result.Outcome == TestOutcome.Passed);
        await _reports.Results(parsed).WriteLineAsync(Summarise(run, passed));
        if (choice.Mutate && !run.Results.IsEmpty)
        {
            await _reports.Results(parsed).WriteAsync(MutationText.Of(run.Mutations));
        }

        try
        {
            if (parsed.GetValue(_mutationReport) is { } file)
            {
                ReportFile.Write(file, MutationReport.Write(run.Mutations, report.FromRoot));
            }

            _reports.Write(parsed, format => TestReports.Write(format, report));
        }
        catch (IOException fault)
        {
            return await terminal.FailAsync(fault.Message);
        }

        return _run.Report(parsed, run.Compilation, [], passed && !_run.Fails(parsed, run.Compilation.Findings) ? ExitCodes.Clean : ExitCodes.Findings);
    }

    /// <summary>The tests beside existing content that the paths name, and those of the project where they name any of its files.</summary>
    private static async Task<TestRun> TestAsync(Workbench bench, string[] paths, TestChoice choice, IQueryEngine engine)
    {
        var (project, cancellation) = (bench.Project, bench.Cancellation);
        var specs = project.Shipped.Concat(project.Own).Select(file => file.ShownPath).ToHashSet(StringComparer.Ordinal);
        var repository = paths.Length == 0 ? null : RepositoryFolder.Open(paths);
        ImmutableArray<string> tests = repository is null ? [] : [.. Compiler.FindTests(repository.Files, repository.Named).Where(path => !specs.Contains(repository.Files.Read(path).ShownPath))];
        if (tests.IsEmpty)
        {
            return await bench.Compiler.TestAsync(project.Shipped, project.Own, choice, engine, bench.Progress, cancellation);
        }

        var beside = await bench.Compiler.TestContentAsync(project.Shipped, project.Own, repository!.Files, tests, choice, engine, bench.Progress, cancellation);
        if (!project.Own.Any(file => choice.TakesFile(file.ShownPath)))
        {
            return beside;
        }

        var own = await bench.Compiler.TestAsync(project.Shipped, project.Own, choice, engine, bench.Progress, cancellation);
        return new(own.Compilation.With(beside.Compilation.Findings), own.Results.AddRange(beside.Results)) { Mutations = own.Mutations.AddRange(beside.Mutations) };
    }

    private static KustoAddress? ParseEngine(ArgumentResult argument)
    {
        var address = KustoAddress.TryParse(argument.Tokens[0].Value);
        if (address is null)
        {
            argument.AddError($"\"{argument.Tokens[0].Value}\" is no address of a Kusto endpoint such as http://localhost:8080 or https://CLUSTER/DATABASE.");
        }

        return address;
    }

    /// <summary>Why nothing can have been tested though nothing is wrong with the specs; null otherwise.</summary>
    private static string? Mistake(TestRun run, TestChoice choice)
    {
        if (run.Compilation.HasErrors || run.Compilation.Pack is not { } pack || !run.Results.IsEmpty)
        {
            return null;
        }

        return choice.Source is { } source && !pack.Mapping.Sources.Any(known => known.Name.Value == source)
            ? $"\"{source}\" is no source that is enabled. They are {string.Join(", ", pack.Mapping.Sources.Select(known => known.Name.Value))}."
            : "No test ran: none fits the paths, --filter and --source. Run \"csk test\" without them for all tests.";
    }

    private static string Summarise(TestRun run, bool passed)
    {
        if (run.Compilation.HasErrors && run.Results.IsEmpty)
        {
            return "No test ran. Correct the errors above and run \"csk test\" again.";
        }

        var failed = run.Results.Count(result => result.Outcome == TestOutcome.Failed);
        var notRunnable = run.Results.Count(result => result.Outcome == TestOutcome.NotRunnable);
        var targets = run.Results.Select(result => result.Target).ToHashSet(StringComparer.Ordinal);
        var kinds = run.Compilation.Items.Any(item => item is SummaryRule && targets.Contains(item.Id.Value)) ? "detections, hunts, parsers and summary rules" : "detections, hunts and parsers";
        var counts = $"{Counted.Of(run.Results.Length - failed - notRunnable, "test")} passed, {failed} failed{(notRunnable > 0 ? $", {notRunnable} not runnable" : "")}, of {targets.Count} {kinds}.{(run.Compilation.HasErrors ? " Tests with the errors above did not run." : "")}";
        return passed
            ? counts + " Next: \"csk test --schedule\" replays the rules run by run; \"csk generate\" writes what was tested."
            : counts + " A difference shows rows that are missing with - and rows too many with +; --filter runs one test alone.";
    }
}
