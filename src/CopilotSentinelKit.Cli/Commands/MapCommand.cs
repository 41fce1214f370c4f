using System.CommandLine;
using System.Globalization;
using CopilotSentinelKit.Discover.Lines;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk map: audit records as lines of CEF or LEEF, to try the mapping's names on real events.</summary>
internal sealed class MapCommand(Terminal terminal)
{
    private readonly CompileRun _run = new(terminal);

    private readonly Argument<string[]> _events = new("EVENTS")
    {
        Description = "Files with audit records, in every form that csk discover reads.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _to = new("--to")
    {
        Description = "The format: cef (Common Event Format, which Sentinel's CommonSecurityLog reads too) or leef (QRadar's).",
        Required = true,
        CustomParser = Choice.One(("cef", "cef"), ("leef", "leef")),
        HelpName = "FORMAT",
    };

    public static Command Create(Terminal terminal) => new MapCommand(terminal).Create();

    private Command Create()
    {
        var command = new Command("map", "Writes audit records as lines of CEF or LEEF, by the names that the mapping has for them under \"maps\".") { _events, _to, _run.Project };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            if (_run.Load(parsed) is not { } pack)
            {
                return ExitCodes.Findings;
            }

            return await WriteAsync(parsed, EventLine.Of(parsed.GetRequiredValue(_to), pack.Mapping), cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return await terminal.FailAsync(fault.Message);
        }
    }

    private async Task<int> WriteAsync(ParseResult parsed, EventLine line, CancellationToken cancellation)
    {
        var (records, faults) = (0L, 0L);
        foreach (var path in parsed.GetRequiredValue(_events))
        {
            var shown = PackFolder.Shown(Path.GetFullPath(path));
            using var reader = EventFileText.Open(path);
            foreach (var part in RecordParts.Read(shown, reader))
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var (_, record) in part.Records)
                {
                    records++;
                    await terminal.Out.WriteAsync(line.Write(record) + "\n");
                }

                foreach (var (number, finding) in part.Faults.Where(fault => fault.Finding.Severity == FindingSeverity.Error))
                {
                    faults++;
                    await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{shown}:{number}: error {finding.Code}: {finding.Message}"));
                }
            }
        }

        await terminal.Error.WriteLineAsync($"{Counted.Of(records, "record")} written; {Counted.Of(faults, "line")} could not be read. Next: \"csk generate --format siem\" writes the same names for Splunk, QRadar, Elastic and OCSF.");
        return faults == 0 ? ExitCodes.Clean : ExitCodes.Findings;
    }
}
