using System.Collections.Immutable;
using System.CommandLine;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk list: what the project compiles, without compiling it.</summary>
internal static class ListCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = new CompileRun(terminal);
        var command = new Command("list", "Lists the parsers, detections, watchlists, workbooks, summary rules and automation rules that generate would compile, as kit.yaml changes them; needs no Node.js but for --cost.");
        var resolved = new Option<bool>("--resolved")
        {
            Description = "For each detection and hunt show every value once all layers are applied, where it was written, and what it stands in place of.",
        };
        var cost = new Option<bool>("--cost")
        {
            Description = "For each analytics rule show what it scans, the most costly first: the tables and how often a run reads each, how far back, runs a day, days of data scanned a day, columns read of the tables, and the most columns that rows have on their way. Compiles the project.",
        };
        var format = new Option<string>("--format")
        {
            Description = "Form of --cost: text or json. Left out: text.",
            CustomParser = Choice.One(("text", "text"), ("json", "json")),
            HelpName = "FORMAT",
        };
        command.Options.Add(run.Project);
        command.Options.Add(run.Environment);
        command.Options.Add(resolved);
        command.Options.Add(cost);
        command.Options.Add(format);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(cost))
            {
                return await CostAsync(terminal, run, parsed, parsed.GetValue(format) == "json", cancellation);
            }

            var findings = new List<Finding>();
            ResolvedPack? pack;
            string[][] rows;
            try
            {
                var files = run.ReadProject(parsed);
                pack = Compiler.Load(files.Shipped, files.Own, findings, parsed.GetValue(run.Environment));
                rows = pack is null ? [] : parsed.GetValue(resolved) ? [.. Resolved(pack, ExplainRuleCommand.Layers(files, parsed.GetValue(run.Environment) is not null))] : [.. Rows(pack)];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return await terminal.FailAsync(e.Message);
            }

            run.Print(parsed, findings.Sorted());
            if (pack is not null)
            {
                await terminal.Out.WriteAsync(TextTable.Of(rows));
            }

            return findings.Exists(finding => finding.Severity == FindingSeverity.Error) ? ExitCodes.Findings : ExitCodes.Clean;
        });
        return command;
    }

    private static async Task<int> CostAsync(Terminal terminal, CompileRun run, ParseResult parsed, bool asJson, CancellationToken cancellation)
    {
        var compilation = await run.WorkAsync(parsed, () => (run.ReadProject(parsed), null), bench => bench.CompileAsync(), cancellation);
        if (compilation is null)
        {
            return ExitCodes.Usage;
        }

        var errors = compilation.Findings.Where(finding => finding.Severity == FindingSeverity.Error).ToImmutableArray();
        run.Print(parsed, errors);
        if (!errors.IsEmpty)
        {
            return ExitCodes.Findings;
        }

        var costs = Compiler.Costs(compilation);
        await terminal.Out.WriteAsync(asJson ? CostText.Json(costs) : TextTable.Of([.. CostText.Rows(costs)]));
        return ExitCodes.Clean;
    }

    private static IEnumerable<string[]> Resolved(ResolvedPack pack, ILookup<string, DetectionSpec> layers) =>
    [
        ["ID", "KEY", "VALUE", "WRITTEN IN", "IN PLACE OF"],
        .. pack.Detections.SelectMany(detection => ExplainRuleCommand.Rows(detection, layers).Select(row => (string[])[detection.Spec.Id.Value, .. row])),
    ];

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

        foreach (var spec in pack.Summaries.Select(summary => summary.Spec))
        {
            yield return ["summary", spec.Id.Value, spec.Version.Value, "", spec.Name.Value];
        }

        foreach (var spec in pack.Automation.Select(automation => automation.Spec))
        {
            yield return ["automation", spec.Id.Value, spec.Version.Value, "", spec.Name.Value];
        }
    }
}
