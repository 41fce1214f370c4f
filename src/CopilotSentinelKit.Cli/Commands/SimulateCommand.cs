using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Simulate;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk simulate: audit records of a tenant that does not exist.</summary>
internal sealed class SimulateCommand(Terminal terminal)
{
    private const string All = "all";

    private readonly CompileRun _run = new(terminal);

    private readonly Option<int> _people = new("--people")
    {
        Description = "How many people the tenant has.",
        DefaultValueFactory = _ => 100,
        CustomParser = argument => Whole(argument, 1, 20_000),
        HelpName = "NUMBER",
    };

    private readonly Option<int> _days = new("--days")
    {
        Description = "How many days.",
        DefaultValueFactory = _ => 30,
        CustomParser = argument => Whole(argument, 1, 400),
        HelpName = "NUMBER",
    };

    private readonly Option<DateOnly> _start = new("--start")
    {
        Description = "The first day, UTC.",
        DefaultValueFactory = _ => new(2026, 1, 5),
        CustomParser = ParseDay,
        HelpName = "DAY",
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Another number gives another tenant; the same gives the same records everywhere.",
        DefaultValueFactory = _ => 1,
        CustomParser = argument => Whole(argument, 0, int.MaxValue),
        HelpName = "NUMBER",
    };

    private readonly Option<string[]> _attacks = new("--attack")
    {
        Description = "Attacks to place: an id of rules/simulation.yaml, at its own time on the last day, or at one that is given, as in mass-read@2026-01-28T10:00:00Z; all for every attack.",
        HelpName = "ID[@TIME]",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _table = new("--table")
    {
        Description = "Write the rows of this table, a source's or one beside them such as SigninLogs, as files of tables in tests have them. Left out: the records, as the Office 365 Management Activity API gives them.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _judge = new("--run")
    {
        Description = "Write no records: run the project's rules over them, each at its schedule, and show the alerts a day of ordinary life and which attacks are found by the rules that are for them.",
    };

    private readonly Option<int> _history = new("--history")
    {
        Description = "With --run: the days before the rules begin to run, which they look back on.",
        DefaultValueFactory = _ => 14,
        CustomParser = argument => Whole(argument, 0, 400),
        HelpName = "DAYS",
    };

    private readonly Option<string?> _filter = new("--filter")
    {
        Description = "With --run: run only rules whose id contains this text.",
        HelpName = "TEXT",
    };

    public static Command Create(Terminal terminal) => new SimulateCommand(terminal).Create();

    private Command Create()
    {
        var command = new Command("simulate", "Makes up the audit records of a tenant at work, as rules/simulation.yaml describes it, one a line: for tests, for csk discover, and to try a pack on.") { _people, _days, _start, _seed, _attacks, _table, _judge, _history, _filter, _run.Project, _run.NoCache };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            var files = _run.ReadProject(parsed, withEvents: true);
            var findings = new List<Finding>();
            if (Compiler.Load(files.Shipped, files.Own, findings) is not { } pack || findings.Exists(finding => finding.Severity == FindingSeverity.Error))
            {
                _run.Print(parsed, findings.Sorted());
                return ExitCodes.Findings;
            }

            var options = new SimulationOptions(parsed.GetValue(_people), parsed.GetValue(_start), parsed.GetValue(_days), parsed.GetValue(_seed));
            if (Placed(parsed.GetValue(_attacks) ?? [], pack, options, out var mistake) is not { } attacks)
            {
                return await terminal.FailAsync(mistake!);
            }

            if (parsed.GetValue(_judge))
            {
                return await JudgeAsync(parsed, options with { Attacks = attacks }, files, cancellation);
            }

            if (pack.Simulation is not { } spec || Simulation.Of(spec, options with { Attacks = attacks }, files.Shipped, files.Own, findings) is not { } simulation)
            {
                _run.Print(parsed, findings.Sorted());
                return ExitCodes.Findings;
            }

            return await WriteAsync(parsed, pack, spec, simulation, cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return await terminal.FailAsync(fault.Message);
        }
    }

    private async Task<int> JudgeAsync(ParseResult parsed, SimulationOptions options, ProjectFolder files, CancellationToken cancellation)
    {
        if (parsed.GetValue(_history) >= options.Days)
        {
            return await terminal.FailAsync("--history: No day is left on which rules run. Ask for more --days.");
        }

        try
        {
            var run = await _run.WorkAsync(
                parsed,
                () => (files, null),
                async bench => Tuple.Create(await bench.Compiler.SimulateAsync(files.Shipped, files.Own, options, parsed.GetValue(_history), parsed.GetValue(_filter), bench.Progress, bench.Cancellation)),
                cancellation);
            if (run is null)
            {
                return ExitCodes.Usage;
            }

            var (compilation, report) = run.Item1;
            if (report is null)
            {
                _run.Print(parsed, compilation.Findings);
                return ExitCodes.Findings;
            }

            await terminal.Out.WriteAsync(report.ToText());
            return report.Attacks.All(attack => attack.IsFound) ? ExitCodes.Clean : ExitCodes.Findings;
        }
        catch (EvaluationException fault)
        {
            return await terminal.FailAsync(fault.Message);
        }
    }

    private async Task<int> WriteAsync(ParseResult parsed, ResolvedPack pack, Spec.SimulationSpec spec, Simulation simulation, CancellationToken cancellation)
    {
        var catalog = KitData.LoadTables();
        var table = parsed.GetValue(_table);
        var findings = new List<Finding>();
        var tables = SimulatedTables.Of(spec, parsed.GetValue(_seed), pack.Mapping, name => pack.Mapping.DeclaredTables.FirstOrDefault(declared => declared.Name == name)?.Columns ?? catalog.Find(name) ?? [], findings);
        var written = 0L;
        foreach (var made in simulation.Events())
        {
            cancellation.ThrowIfCancellationRequested();
            var lines = table is null
                ? [ValueText.Json(Value.Of(made.Record.Members))]
                : made.Rows.Where(row => row.Table == table).Select(row => ValueText.Json(Value.Of(row.Values))).Concat(tables.Rows(made).Where(row => row.Table == table).Select(Line));
            foreach (var line in lines)
            {
                await terminal.Data.WriteAsync(line + "\n");
                written++;
            }
        }

        _run.Print(parsed, findings.Sorted());
        await terminal.Error.WriteLineAsync(table is not null && written == 0
            ? $"No row: the simulation has none of a table \"{table}\" in these days."
            : FormattableString.Invariant($"{Counted.Of(written, table is null ? "record" : "row")} of {parsed.GetValue(_people)} people in {Counted.Of(parsed.GetValue(_days), "day")}."));
        return ExitCodes.Clean;
    }

    private static string Line(ArrivingRow row) =>
        ValueText.Json(Value.Of(DynamicBag.From(row.Columns.Zip(row.Values).Where(cell => !cell.Second.IsNull).Select(cell => KeyValuePair.Create(cell.First.Name, cell.Second)))));

    private static ImmutableArray<PlacedAttack>? Placed(string[] given, ResolvedPack pack, SimulationOptions options, out string? mistake)
    {
        mistake = null;
        var known = pack.Simulation?.Attacks ?? [];
        var placed = ImmutableArray.CreateBuilder<PlacedAttack>();
        foreach (var text in given)
        {
            var parts = text.Split('@', 2);
            var attacks = parts[0] == All ? known : [.. known.Where(attack => attack.Id.Value == parts[0])];
            if (attacks.IsEmpty)
            {
                mistake = $"--attack: There is no attack \"{parts[0]}\".{Nearest.Hint(parts[0], known.Select(attack => attack.Id.Value))}";
                return null;
            }

            DateTime? at = null;
            if (parts.Length == 2)
            {
                if (Testing.Events.EventTime.TryReadAbsolute(parts[1]) is not { } time)
                {
                    mistake = $"--attack: \"{parts[1]}\" is no time such as 2026-01-28T10:00:00Z.";
                    return null;
                }

                at = time;
            }

            placed.AddRange(attacks.Select(attack => new PlacedAttack(attack.Id.Value, at ?? (options.To.AddDays(-1) + attack.At))));
        }

        return placed.ToImmutable();
    }

    private static int Whole(ArgumentResult argument, int least, int most)
    {
        if (int.TryParse(argument.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        argument.AddError(string.Create(CultureInfo.InvariantCulture, $"{argument.Argument.Name}: \"{argument.Tokens[0].Value}\" is no whole number from {least} to {most}."));
        return least;
    }

    private static DateOnly ParseDay(ArgumentResult argument)
    {
        if (DateOnly.TryParseExact(argument.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        argument.AddError($"\"{argument.Tokens[0].Value}\" is no day such as 2026-01-05.");
        return default;
    }
}
