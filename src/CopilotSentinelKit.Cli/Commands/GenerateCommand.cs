using System.Collections.Immutable;
using System.CommandLine;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk generate: compiles and writes what changed; with --check it only says whether the output is current.</summary>
internal sealed class GenerateCommand(Terminal terminal)
{
    private readonly CompileRun _run = new(terminal, "--report");

    private readonly Option<DirectoryInfo> _out = new("--out")
    {
        Description = "Folder to write to. Left out: the one that kit.yaml names under \"output\", or else \"content\", in the project.",
        CustomParser = Choice.Folder,
        HelpName = "DIR",
    };

    private readonly Option<string[]> _formats = new("--format")
    {
        Description = "Formats to write: yaml (as in Microsoft's Sentinel repository), arm (templates to deploy), solution (Content Hub), defender (custom detections of Defender XDR), or a folder of templates/output, such as bicep. Files of other formats stay as they are. Left out: those that kit.yaml names, or else yaml and arm.",
        CustomParser = argument => [.. argument.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
        Arity = ArgumentArity.OneOrMore,
        HelpName = "FORMAT",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _check = new("--check")
    {
        Description = "Write nothing. List what generate would change, and exit with 1 when that is anything: for CI.",
    };

    private readonly Option<bool> _overwrite = new("--overwrite")
    {
        Description = "Replace files in the output folder that were edited by hand or that the kit did not write, instead of stopping there.",
    };

    private readonly Option<bool> _watch = new("--watch")
    {
        Description = "Go on after the first run: write again after each change of kit.yaml, rules/ and templates/, until Ctrl+C.",
    };

    public static Command Create(Terminal terminal) => new GenerateCommand(terminal).Create();

    private Command Create()
    {
        var command = new Command("generate", "Compiles the project and writes the Sentinel content that changed; removes what is no longer produced.") { _out, _formats, _check, _overwrite, _watch };
        _run.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_watch) && result.GetValue(_check))
            {
                result.GetResult(_watch)!.AddError("--watch writes and --check does not: leave out one of them.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_watch))
        {
            return await WatchAsync(parsed, cancellation);
        }

        return await _run.CompileAsync(parsed, cancellation, FormatsOf(parsed)) is { } compilation ? await EmitAsync(parsed, compilation) : ExitCodes.Usage;
    }

    /// <summary>Compiles and writes after each change; the language services stay up between. The exit code is that of the last run.</summary>
    private async Task<int> WatchAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var project = parsed.GetRequiredValue(_run.Project).FullName;
        ProjectChanges? changes = null;
        try
        {
            var last = await _run.WorkAsync(parsed, () => (Read(), null), WorkAsync, cancellation, quiet: true);
            return last?.Item1 ?? ExitCodes.Usage;
        }
        finally
        {
            changes?.Dispose();
        }

        // What is saved while files are read, or compiled, is a change too.
        ProjectFolder Read()
        {
            changes?.Dispose();
            changes = new(project, PackFolder.Shipped());
            return _run.ReadProject(parsed);
        }

        async Task<Tuple<int>> WorkAsync(Workbench bench)
        {
            var code = await RunAsync(bench);
            while (true)
            {
                await terminal.Error.WriteLineAsync(FormattableString.Invariant($"{DateTime.Now:HH:mm:ss} Waiting for changes in {PackFolder.Shown(project)}; Ctrl+C ends it."));
                if (!await changes!.NextAsync(cancellation))
                {
                    return Tuple.Create(code);
                }

                try
                {
                    code = await RunAsync(bench with { Project = Read() });
                }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
                {
                    code = await terminal.FailAsync(fault.Message);
                }
            }
        }

        async Task<int> RunAsync(Workbench bench)
        {
            var compilation = await bench.CompileAsync(FormatsOf(parsed));
            _run.Print(parsed, compilation.Findings, compilation.Suppressed.Length);
            return await EmitAsync(parsed, compilation);
        }
    }

    private async Task<int> EmitAsync(ParseResult parsed, Compilation compilation)
    {
        var later = new List<Finding>();
        try
        {
            var code = await EmitAsync(parsed, compilation, later);
            return _run.Report(parsed, compilation, later, code);
        }
        catch (IOException fault)
        {
            return await terminal.FailAsync(fault.Message);
        }
    }

    /// <summary>Writes what was compiled, or says why not; findings about the output go to <paramref name="later"/> too.</summary>
    private async Task<int> EmitAsync(ParseResult parsed, Compilation compilation, List<Finding> later)
    {
        if (compilation.Pack is not { } pack || _run.Fails(parsed, compilation.Findings) || compilation.HasErrors)
        {
            await terminal.Error.WriteLineAsync(parsed.GetValue(_watch) ? "Nothing was written." : "Nothing was written. Correct the findings above and run \"csk generate\" again.");
            return ExitCodes.Findings;
        }

        var project = parsed.GetRequiredValue(_run.Project).FullName;
        var folder = parsed.GetValue(_out) ?? new(Path.Combine(project, pack.Output));
        if (OutputFolder.Fault(folder.FullName, project) is { } fault)
        {
            return await terminal.FailAsync(fault);
        }

        var formats = FormatsOf(parsed);
        if (OutputFormats.In(pack.Templates) is var known && formats.FirstOrDefault(format => !known.Contains(format)) is { } unknown)
        {
            var names = known.Select(format => format.Name).ToArray();
            await terminal.Error.WriteLineAsync($"csk: error: --format: \"{unknown.Name}\" is none of {string.Join(", ", names)}.{Nearest.Hint(unknown.Name, names)}");
            await terminal.Error.WriteLineAsync("Run \"csk generate --help\" for what it takes.");
            return ExitCodes.Usage;
        }

        var emission = Compiler.Emit(compilation, formats);
        using var writer = new OutputWriter(folder.FullName, PackFolder.Shown(folder.FullName));
        if (!parsed.GetValue(_check))
        {
            writer.Claim();
        }

        var plan = Compiler.Plan(compilation, emission, writer.Read(emission.Artifacts), parsed.GetValue(_overwrite));
        var repository = ContentRepository.Of(folder.FullName, project, pack.Outputs.Where(output => output != pack.Output).Select(output => Path.Combine(project, output)));

        // Where this run leaves ARM alone, that of an earlier one is still deployed. A connection deploys what is for no environment.
        var deploys = pack.Output == pack.Outputs[0] && (emission.Formats.Contains(OutputFormat.Arm) || !pack.Formats.Contains(OutputFormat.Arm));
        var (before, after, broken) = deploys ? repository.Plan(emission.Deployment) : (null, null, []);
        later.AddRange([.. plan.Findings, .. broken, .. plan.Suppressed]);
        _run.Print(parsed, plan.Findings.AddRange(broken), plan.Suppressed.Length);
        if (plan.HasErrors || !broken.IsEmpty || _run.Fails(parsed, plan.Findings))
        {
            await terminal.Error.WriteLineAsync("Nothing was written.");
            return ExitCodes.Findings;
        }

        var config = after is null || after == before ? null : after;
        return parsed.GetValue(_check)
            ? Check(parsed, plan, folder, config is null ? null : repository)
            : Write(parsed, writer, plan, folder, Summary.Of(compilation.Items), repository, config, later);
    }

    private ImmutableArray<OutputFormat> FormatsOf(ParseResult parsed) => [.. (parsed.GetValue(_formats) ?? []).Select(name => new OutputFormat(name.ToLowerInvariant())).Distinct()];

    private int Check(ParseResult parsed, OutputPlan plan, DirectoryInfo folder, ContentRepository? staleConfig)
    {
        var results = _run.Results(parsed);
        if (plan.IsUpToDate && staleConfig is null)
        {
            results.WriteLine($"{PackFolder.Shown(folder.FullName)} is current: {Counted.Of(plan.Unchanged.Length, "file")}.");
            return ExitCodes.Clean;
        }

        var changes = plan.Write.Select(artifact => "would write   " + artifact.Path)
            .Concat(plan.Delete.Select(path => "would remove  " + path))
            .Concat(plan.LockChanged ? ["would write   " + LockFile.Path] : [])
            .Concat(staleConfig is null ? [] : ["would write   " + staleConfig.Shown]);
        foreach (var path in changes)
        {
            results.WriteLine(path);
        }

        terminal.Error.WriteLine($"{(plan.IsUpToDate ? staleConfig!.Shown : PackFolder.Shown(folder.FullName))} is stale. Run \"csk generate\" and commit what it writes.");
        return ExitCodes.Findings;
    }

    private int Write(
        ParseResult parsed, OutputWriter writer, OutputPlan plan, DirectoryInfo folder, string summary, ContentRepository repository, string? config, List<Finding> later)
    {
        var faults = writer.Apply(plan);
        if (faults.IsEmpty && config is not null)
        {
            faults = repository.Write(config);
        }

        if (!faults.IsEmpty)
        {
            later.AddRange(faults);
            _run.Print(parsed, faults);
            return ExitCodes.Usage;
        }

        var results = _run.Results(parsed);
        var shown = PackFolder.Shown(folder.FullName);
        results.WriteLine($"{summary} in {shown}");
        results.WriteLine(Summary.Of(plan) + ".");
        if (parsed.GetValue(_watch))
        {
            return ExitCodes.Clean;
        }

        results.WriteLine("Next:");
        foreach (var step in plan.IsUpToDate && config is null ? ["Customise the mapping and the detections in YAML, and generate again."] : NextSteps(shown, repository, config is not null))
        {
            results.WriteLine("  - " + step);
        }

        return ExitCodes.Clean;
    }

    private static IEnumerable<string> NextSteps(string shown, ContentRepository repository, bool wroteConfig)
    {
        yield return wroteConfig ? $"Review and commit {shown} and {repository.Shown}." : $"Review and commit {shown}.";
        if (wroteConfig)
        {
            yield return "A repository connection of Sentinel deploys it on a push, watchlists and parsers first: choose all of its content types.";
        }
    }
}
