using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Discover;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk discover: what exported records have that the mapping does not know; and records without what identifies.</summary>
internal sealed class DiscoverCommand(Terminal terminal)
{
    private const int MostShownFaults = 20;

    private readonly CompileRun _run = new(terminal);

    private readonly Argument<string[]> _events = new("EVENTS")
    {
        Description = "Files with audit records, of any size: JSON of the Management Activity API or Graph (a record a line, an array, a page), or what Purview's audit search exports, as CSV or JSON.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _suggest = new("--suggest")
    {
        Description = "Print a rules/mapping.yaml with a field for each member that the mapping does not know; the report goes to the standard error.",
    };

    private readonly Option<string?> _anonymize = new("--anonymize")
    {
        Description = "Write the records to this file, one a line, with every identifying value replaced by the same other value each time. An existing file is not overwritten.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _replace = new("--replace")
    {
        Description = "With --anonymize: further fields of the mapping whose values are replaced, such as AgentName.",
        HelpName = "FIELD",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create(Terminal terminal) => new DiscoverCommand(terminal).Create();

    private Command Create()
    {
        var command = new Command("discover", "Reads exported audit records, and shows members that the mapping does not know, types that disagree, codes without a name, and fields that no record has. It shows no value of a record.") { _events, _suggest, _anonymize, _replace, _run.Project };
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

            if (Array.Find(parsed.GetValue(_replace) ?? [], name => !Fields(pack.Mapping).Contains(name)) is { } unknown)
            {
                return await terminal.FailAsync($"--replace: The mapping has no field \"{unknown}\".{Nearest.Hint(unknown, Fields(pack.Mapping))}");
            }

            return await ReadAsync(parsed, pack.Mapping, cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return await terminal.FailAsync(fault.Message);
        }
    }

    private async Task<int> ReadAsync(ParseResult parsed, Mapping mapping, CancellationToken cancellation)
    {
        var census = new MemberCensus(mapping);
        var anonymizer = new Anonymizer(mapping, parsed.GetValue(_replace) ?? []);
        var target = parsed.GetValue(_anonymize);
        if (target is not null && (Path.Exists(target) || Links.IsLink(target)))
        {
            return await terminal.FailAsync($"\"{target}\" is there already, and is not overwritten. Choose another file.");
        }

        var faults = 0L;
        var (staged, stream) = target is null ? (default(string), Stream.Null) : SafeFile.Open(target);
        try
        {
            await using var output = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\n" };
            foreach (var path in parsed.GetValue(_events)!)
            {
                var shown = PackFolder.Shown(Path.GetFullPath(path));
                using var reader = EventFileText.Open(path);
                foreach (var part in RecordParts.Read(shown, reader))
                {
                    cancellation.ThrowIfCancellationRequested();
                    foreach (var (line, record) in part.Records)
                    {
                        census.Add(record, shown, line);
                        if (target is not null)
                        {
                            await output.WriteLineAsync(ValueText.Json(Value.Of(anonymizer.Replace(record))));
                        }
                    }

                    foreach (var (line, finding) in part.Faults.Where(fault => fault.Finding.Severity == FindingSeverity.Error))
                    {
                        if (++faults <= MostShownFaults)
                        {
                            await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{shown}:{line}: error {finding.Code}: {finding.Message}"));
                        }
                    }
                }
            }

            await output.DisposeAsync();
            if (staged is not null)
            {
                SafeFile.Put(staged, target!, overwrite: false);
            }
        }
        finally
        {
            if (staged is not null)
            {
                File.Delete(staged);
            }
        }

        var discovery = census.ToDiscovery();
        var report = parsed.GetValue(_suggest) ? terminal.Error : terminal.Out;
        await report.WriteAsync(DiscoveryText.Of(discovery, parsed.GetValue(_events)!.Length, faults));
        if (target is not null)
        {
            await report.WriteAsync(DiscoveryText.OfAnonymized(target, anonymizer));
        }

        if (parsed.GetValue(_suggest))
        {
            await terminal.Data.WriteAsync(MappingSuggestion.Write(discovery, mapping));
        }

        return faults == 0 ? ExitCodes.Clean : ExitCodes.Findings;
    }

    private static ImmutableArray<string> Fields(Mapping mapping) =>
        [.. mapping.AllFields.Concat(mapping.Parsers.SelectMany(parser => parser.Fields)).Select(field => field.Name.Value).Distinct()];
}
