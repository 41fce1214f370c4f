using System.CommandLine;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Cli.Commands;

/// <summary>csk explain-rule: the values of a detection once all layers are applied, and which layer set each.</summary>
internal static class ExplainRuleCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = new CompileRun(terminal);
        var id = new Argument<string>("ID") { Description = "The id of a detection or hunt; \"csk list\" shows them." };
        var command = new Command("explain-rule", "Shows each value of a detection or hunt as it is compiled, where it was written, and which value of a lower layer it stands in place of; needs no Node.js.") { id, run.Project, run.Environment };
        command.SetAction(async (parsed, _) =>
        {
            try
            {
                return await RunAsync(terminal, run, parsed, parsed.GetRequiredValue(id));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return await terminal.FailAsync(e.Message);
            }
        });
        return command;
    }

    /// <summary>Key, value, place and what it stands in place of, for each value of a detection.</summary>
    public static IEnumerable<string[]> Rows(Detection detection, ILookup<string, DetectionSpec> layers) =>
        from value in ResolvedValue.Of(detection.Spec, layers[detection.Spec.Id.Value])
        select (string[])[value.Key, Text(value.Place), value.Place.ToString(), string.Join(", ", value.InsteadOf.Select(place => $"{Text(place)} ({place})"))];

    /// <summary>The specs of each id that layers put over each other, from the lowest up.</summary>
    /// <param name="files">The project.</param>
    /// <param name="inEnvironment">Whether what kit.yaml says for all is a layer below that of an environment.</param>
    public static ILookup<string, DetectionSpec> Layers(ProjectFolder files, bool inEnvironment)
    {
        var own = files.Own.IsEmpty ? [] : SpecReader.Read(files.Own).Detections;
        var forAll = inEnvironment ? Compiler.Load(files.Shipped, files.Own, [])?.Detections.Select(detection => detection.Spec) : null;
        return SpecReader.Read(files.Shipped).Detections.Concat(own).Concat(forAll ?? []).ToLookup(spec => spec.Id.Value);
    }

    private static async Task<int> RunAsync(Terminal terminal, CompileRun run, ParseResult parsed, string id)
    {
        var files = run.ReadProject(parsed);
        var findings = new List<Finding>();
        var pack = Compiler.Load(files.Shipped, files.Own, findings, parsed.GetValue(run.Environment));
        run.Print(parsed, findings.Sorted());
        if (pack?.LeftOut.Where(left => left.Value == id).ToList() is [var disabled, ..])
        {
            await terminal.Out.WriteLineAsync($"{id} is left out: {disabled.Span} disables it.");
            return ExitCodes.Clean;
        }

        if (pack?.Detections.FirstOrDefault(detection => detection.Spec.Id.Value == id) is not { } found)
        {
            var known = pack?.Detections.Select(detection => detection.Spec.Id.Value) ?? [];
            await terminal.Error.WriteLineAsync($"csk: error: There is no detection or hunt \"{id}\".{Nearest.Hint(id, known)} \"csk list\" shows them.");
            return ExitCodes.Usage;
        }

        await terminal.Out.WriteLineAsync($"{id}, of the pack {found.Pack}, from {found.Spec.Span.File.Path}");
        await terminal.Out.WriteLineAsync();
        await terminal.Out.WriteAsync(TextTable.Of([["KEY", "VALUE", "WRITTEN IN", "IN PLACE OF"], .. Rows(found, Layers(files, parsed.GetValue(run.Environment) is not null))]));
        await terminal.Out.WriteAsync($"\nNext:\n  - Change it in kit.yaml: detections: {{ {id}: {{ severity: Low }} }}\n  - csk diff shows what a change does.\n");
        return findings.Exists(finding => finding.Severity == FindingSeverity.Error) ? ExitCodes.Findings : ExitCodes.Clean;
    }

    // As written, in one line of a table.
    private static string Text(SourceSpan place)
    {
        const int Most = 60;
        var text = string.Join(' ', place.Text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length > Most ? text[..(Most - 3)] + "..." : text;
    }
}
