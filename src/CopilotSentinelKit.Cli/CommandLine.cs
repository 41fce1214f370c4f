using System.CommandLine;
using CopilotSentinelKit.Cli.Commands;

namespace CopilotSentinelKit.Cli;

/// <summary>The command line: reads the arguments and runs one command.</summary>
internal static class CommandLine
{
    /// <summary>0 clean; 1 findings at or above --fail-on, or stale output; 2 wrong usage or something that cannot be read.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellation)
    {
        var root = new RootCommand(
            "Compiles a field mapping and detection specs (YAML) into Microsoft Sentinel content: parser functions, analytics rules, hunting queries, workbooks and watchlists for Microsoft 365 Copilot audit events.")
        {
            GenerateCommand.Create(terminal),
            CheckCommand.Create(terminal),
            ListCommand.Create(terminal),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await terminal.Error.WriteLineAsync("csk: " + error.Message);
            }

            var path = parsed.CommandResult.Command == root ? "csk" : "csk " + parsed.CommandResult.Command.Name;
            await terminal.Error.WriteLineAsync($"Run \"{path} --help\" for what it takes.");
            return ExitCodes.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new() { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false }, cancellation);
        }
        catch (Exception fault) when (Environment.GetEnvironmentVariable("CSK_DEBUG") is null or "")
        {
            // A mistake of the kit, not of its user, who can do nothing with a stack trace.
            await terminal.Error.WriteLineAsync(
                $"csk: internal error: {fault.Message} Nothing more was done. Please report it; with CSK_DEBUG=1 it shows where.");
            return ExitCodes.Usage;
        }
    }
}
