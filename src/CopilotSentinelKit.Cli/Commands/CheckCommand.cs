using System.CommandLine;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk check: everything that generate finds, without writing.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = new CompileRun(terminal);
        var command = new Command("check", "Finds everything that generate would find in the mapping, the detections and every query, and writes nothing.");
        run.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (await run.CompileAsync(parsed, cancellation) is not { } compilation)
            {
                return ExitCodes.Usage;
            }

            if (run.Fails(parsed, compilation.Findings))
            {
                await terminal.Error.WriteLineAsync("Correct the findings above and run \"csk check\" again.");
                return run.Report(parsed, compilation, [], ExitCodes.Findings);
            }

            await run.Results(parsed).WriteLineAsync($"Checked {Summary.Of(compilation.Items)}. Next: \"csk generate\" writes them.");
            return run.Report(parsed, compilation, [], ExitCodes.Clean);
        });
        return command;
    }
}
