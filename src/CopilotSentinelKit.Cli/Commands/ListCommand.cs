using System.CommandLine;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk list: what the project compiles, without compiling it.</summary>
internal static class ListCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = new CompileRun(terminal);
        var command = new Command("list", "Lists the parsers, detections, watchlists and workbooks that generate would compile, as kit.yaml changes them; needs no Node.js.");
        command.Options.Add(run.Project);
        command.SetAction(async (parsed, _) =>
        {
            var findings = new List<Finding>();
            ResolvedPack? pack;
            try
            {
                var files = run.ReadProject(parsed);
                pack = Compiler.Load(files.Shipped, files.Own, findings);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await terminal.Error.WriteLineAsync("csk: error: " + e.Message);
                return ExitCodes.Usage;
            }

            run.Print(parsed, findings.Sorted());
            if (pack is not null)
            {
                await terminal.Out.WriteAsync(Table([.. Rows(pack)]));
            }

            return findings.Exists(finding => finding.Severity == FindingSeverity.Error) ? ExitCodes.Findings : ExitCodes.Clean;
        });
        return command;
    }

    private static IEnumerable<string[]> Rows(ResolvedPack pack)
    {
        yield return ["KIND", "ID", "VERSION", "SEVERITY", "NAME"];
        foreach (var parser in pack.Mapping.Parsers)
        {
            yield return ["parser", parser.Name.Value, pack.Mapping.Version.Value, "", parser.Description.Value];
        }

        foreach (var spec in pack.Detections.Select(detection => detection.Spec))
        {
            var severity = spec.Severity is { } alert ? alert.Value.ToString() : "";
            yield return [spec.Kind.Value.ToString().ToLowerInvariant(), spec.Id.Value, spec.Version.Value, severity, spec.Name.Value];
        }

        foreach (var spec in pack.Watchlists.Select(watchlist => watchlist.Spec))
        {
            yield return ["watchlist", spec.Alias.Value, spec.Version.Value, "", spec.Name.Value];
        }

        foreach (var spec in pack.Workbooks.Select(workbook => workbook.Spec))
        {
            yield return ["workbook", spec.Id.Value, spec.Version.Value, "", spec.Name.Value];
        }
    }

    private static string Table(string[][] rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length)).ToArray();
        return string.Concat(rows.Select(row =>
            string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd() + "\n"));
    }
}
