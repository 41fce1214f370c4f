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
            """
            Compiles a field mapping and detection specs (YAML) into Microsoft Sentinel content: parser functions, analytics rules, hunting queries, workbooks and watchlists for Microsoft 365 Copilot audit events.

            Start with "csk init", which makes a folder a project of yours, or with "csk generate", which writes the content that comes with the kit to the folder content.

            Exit codes: 0 clean; 1 findings, a test that did not pass, or output that is not current; 2 wrong usage, something that cannot be read, or no Node.js.
            Environment: CSK_NODE names the Node.js to use, CSK_HOST_PATIENCE the seconds that it may be silent (300), CSK_CACHE the folder for results of earlier runs; NO_COLOR switches colour off.
            """)
        {
            InitCommand.Create(terminal),
            NewCommand.Create(terminal),
            ImportCommand.Create(terminal),
            ConvertCommand.Create(terminal),
            GenerateCommand.Create(terminal),
            CheckCommand.Create(terminal),
            FormatCommand.Create(terminal),
            TestCommand.Create(terminal),
            DiffCommand.Create(terminal),
            PlanCommand.Create(terminal),
            DocsCommand.Create(terminal),
            ListCommand.Create(terminal),
            ExplainRuleCommand.Create(terminal),
            ExplainCommand.Create(terminal),
            SchemaCommand.Create(terminal),
            BacktestCommand.Create(terminal),
            DiscoverCommand.Create(terminal),
            MapCommand.Create(terminal),
            SimulateCommand.Create(terminal),
        };
        foreach (var version in root.Options.OfType<VersionOption>())
        {
            version.Action = new VersionAction(terminal);
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 || UsageErrors.TakenForPaths(parsed).Any())
        {
            var mistakes = UsageErrors.Of(parsed).ToList();
            if (mistakes.Count == 0)
            {
                await root.Parse("--help").InvokeAsync(new() { Output = terminal.Error, Error = terminal.Error }, cancellation);
                return ExitCodes.Usage;
            }

            foreach (var mistake in mistakes)
            {
                await terminal.Error.WriteLineAsync("csk: error: " + mistake);
            }

            var path = parsed.CommandResult.Command == root ? "csk" : "csk " + parsed.CommandResult.Command.Name;
            await terminal.Error.WriteLineAsync($"Run \"{path} --help\" for what it takes.");
            return ExitCodes.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new() { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await terminal.Error.WriteLineAsync("csk: interrupted.");
            return ExitCodes.Usage;
        }
        catch (Exception fault) when (Environment.GetEnvironmentVariable("CSK_DEBUG") is null or "")
        {
            // A mistake of the kit, not of its user, who can do nothing with a stack trace.
            await terminal.Error.WriteLineAsync(
                $"csk: internal error: {fault.Message.TrimEnd('.')}. Nothing more was done. Please report it; with CSK_DEBUG=1 it shows where.");
            return ExitCodes.Usage;
        }
    }
}
