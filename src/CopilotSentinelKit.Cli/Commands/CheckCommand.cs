using System.CommandLine;
using CopilotSentinelKit.Diagnostics;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk check: everything that generate finds, without writing any content.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = new CompileRun(terminal);
        var fixes = new FixOptions(terminal);
        var since = new SinceOption();
        var command = new Command("check", "Finds everything that generate would find in the mapping, the detections and every query, and writes no content.");
        run.AddTo(command);
        fixes.AddTo(command);
        command.Options.Add(since.Revision);
        command.SetAction(async (parsed, cancellation) =>
        {
            FixResult? fixedFiles = null;
            var compilation = await run.WorkAsync(
                parsed,
                async bench =>
                {
                    var project = parsed.GetRequiredValue(run.Project).FullName;
                    var first = await bench.CompileAsync();
                    fixedFiles = await fixes.ApplyAsync(parsed, EditableFiles.OfProject(project), first.Findings, async texts => (await bench.CompileAsync(texts)).Findings);
                    var last = fixedFiles is null || parsed.GetValue(fixes.DryRun) ? first : await bench.CompileAsync(fixedFiles.Texts);
                    return last with { Findings = [.. last.Findings, .. await since.FindAsync(parsed, project, bench, last)] };
                },
                cancellation);
            if (compilation is null)
            {
                return ExitCodes.Usage;
            }

            fixes.Print(parsed, fixedFiles);
            run.Print(compilation.Findings);
            if (run.Fails(parsed, compilation.Findings))
            {
                await terminal.Error.WriteLineAsync("Correct the findings above and run \"csk check\" again.");
                return ExitCodes.Findings;
            }

            await terminal.Out.WriteLineAsync($"Checked {Summary.Of(compilation.Items)}. Next: \"csk generate\" writes them.");
            return ExitCodes.Clean;
        });
        return command;
    }
}
