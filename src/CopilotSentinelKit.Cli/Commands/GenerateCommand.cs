using System.Collections.Immutable;
using System.CommandLine;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Diagnostics;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk generate: compiles and writes what changed; with --check it only says whether the output is current.</summary>
internal sealed class GenerateCommand(Terminal terminal)
{
    private readonly CompileRun _run = new(terminal);

    private readonly Option<DirectoryInfo> _out = new("--out")
    {
        Description = "Folder to write to; what kit.yaml says under \"output\" when left out, or \"content\" in the project.",
        HelpName = "DIR",
    };

    private readonly Option<OutputFormat[]> _formats = new("--format")
    {
        Description = "Formats to write: yaml, arm. All that kit.yaml names when left out; files of other formats stay as they are.",
        HelpName = "FORMAT",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _check = new("--check")
    {
        Description = "Write nothing; exit with 1 when the output is not what generate would write.",
    };

    private readonly Option<bool> _overwrite = new("--overwrite")
    {
        Description = "Replace files that were edited by hand, or that something else wrote.",
    };

    public static Command Create(Terminal terminal) => new GenerateCommand(terminal).Create();

    private Command Create()
    {
        var command = new Command("generate", "Compiles the project and writes the Sentinel content that changed.") { _out, _formats, _check, _overwrite };
        _run.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (await _run.CompileAsync(parsed, cancellation) is not { } compilation)
        {
            return ExitCodes.Usage;
        }

        if (compilation.Pack is not { } pack || _run.Fails(parsed, compilation.Findings) || compilation.HasErrors)
        {
            await terminal.Error.WriteLineAsync("Nothing was written. Correct the findings above and run \"csk generate\" again.");
            return ExitCodes.Findings;
        }

        var folder = parsed.GetValue(_out) ?? new(Path.Combine(parsed.GetRequiredValue(_run.Project).FullName, pack.Output));
        var chosen = parsed.GetValue(_formats) is { Length: > 0 } formats ? formats.Distinct().ToImmutableArray() : pack.Formats;
        var emission = ContentEmitter.Emit(compilation.Items, chosen, pack.Output + "/");
        var writer = new OutputWriter(folder.FullName, PackFolder.Shown(folder.FullName));
        var plan = OutputPlan.Create(
            emission,
            writer.Read(emission.Artifacts),
            parsed.GetValue(_overwrite),
            [.. pack.Formats.Except(chosen).Select(format => format.ToString().ToLowerInvariant() + "/")]);
        _run.Print(plan.Findings.Sorted());
        if (plan.HasErrors || _run.Fails(parsed, plan.Findings))
        {
            await terminal.Error.WriteLineAsync("Nothing was written.");
            return ExitCodes.Findings;
        }

        return parsed.GetValue(_check)
            ? Check(plan, folder)
            : Write(writer, plan, folder, compilation, NextSteps(PackFolder.Shown(folder.FullName) + "/", chosen, compilation.Items));
    }

    private int Check(OutputPlan plan, DirectoryInfo folder)
    {
        if (plan.IsUpToDate)
        {
            terminal.Out.WriteLine($"{PackFolder.Shown(folder.FullName)} is current: {Counted.Of(plan.Unchanged.Length, "file")}.");
            return ExitCodes.Clean;
        }

        foreach (var path in plan.Write.Select(artifact => "would write   " + artifact.Path).Concat(plan.Delete.Select(path => "would remove  " + path)))
        {
            terminal.Out.WriteLine(path);
        }

        terminal.Error.WriteLine($"{PackFolder.Shown(folder.FullName)} is stale. Run \"csk generate\" and commit what it writes.");
        return ExitCodes.Findings;
    }

    private int Write(OutputWriter writer, OutputPlan plan, DirectoryInfo folder, Compilation compilation, IEnumerable<string> nextSteps)
    {
        var faults = writer.Apply(plan);
        if (!faults.IsEmpty)
        {
            _run.Print(faults);
            return ExitCodes.Usage;
        }

        var shown = PackFolder.Shown(folder.FullName);
        terminal.Out.WriteLine($"{Summary.Of(compilation.Items)} in {shown}");
        terminal.Out.WriteLine(plan.IsUpToDate
            ? $"Nothing changed: {Counted.Of(plan.Unchanged.Length, "file")} are current."
            : $"{Counted.Of(plan.Write.Length, "file")} written, {plan.Delete.Length} removed, {plan.Unchanged.Length} unchanged.");
        terminal.Out.WriteLine("Next:");
        foreach (var step in plan.IsUpToDate ? ["Customise the mapping and the detections in YAML, and generate again."] : nextSteps.Prepend($"Review and commit {shown}."))
        {
            terminal.Out.WriteLine("  - " + step);
        }

        return ExitCodes.Clean;
    }

    private static IEnumerable<string> NextSteps(string folder, ImmutableArray<OutputFormat> formats, ImmutableArray<ContentItem> items)
    {
        if (formats.Contains(OutputFormat.Arm))
        {
            yield return DeploymentConfig.NextStep(folder);
            if (items.OfType<Watchlist>().Any())
            {
                yield return DeploymentConfig.WatchlistStep(folder);
            }
        }
    }
}
