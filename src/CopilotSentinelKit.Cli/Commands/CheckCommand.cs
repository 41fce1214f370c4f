using System.CommandLine;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk check: everything that generate finds, without writing.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = new CompileRun(terminal);
        var files = new CheckFiles(terminal, run);
        var command = new Command("check", "Finds everything that generate would find in the mapping, the detections and every query, and writes nothing. With a PATH, it checks content that you already have.");
        command.Arguments.Add(files.Paths);
        run.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(files.Paths) is { Length: > 0 } paths)
            {
                return await files.RunAsync(parsed, paths, cancellation);
            }

            if (await run.CompileAsync(parsed, cancellation) is not { } compilation)
            {
                return ExitCodes.Usage;
            }

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
