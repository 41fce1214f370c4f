using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing;

/// <summary>Results of mutation tests in the JSON that mutation testing tools have in common (mutation-testing-report-schema, version 2), for viewers such as mutation-testing-elements.</summary>
public static class MutationReport
{
    /// <summary>The share of noticed mistakes that viewers show as good, in percent.</summary>
    public const int Good = 95;

    private const int Poor = 80;

    /// <summary>The report as text with LF line ends and a final one.</summary>
    /// <param name="results">The results.</param>
    /// <param name="fromRoot">From a path as findings show it to one from the root of the repository.</param>
    public static string Write(ImmutableArray<MutationResult> results, Func<string, string> fromRoot) => ReportText.Json(new JsonObject
    {
        ["schemaVersion"] = "2",
        ["thresholds"] = new JsonObject { ["high"] = Good, ["low"] = Poor },
        ["files"] = new JsonObject(results.GroupBy(result => result.Place.File).OrderBy(file => file.Key.Path, StringComparer.Ordinal).DistinctBy(file => file.Key.Path)
            .Select(file => KeyValuePair.Create(fromRoot(file.Key.Path), (JsonNode?)File(file.Key, [.. file])))),
    });

    private static JsonObject File(SourceFile source, ImmutableArray<MutationResult> results) => new()
    {
        ["language"] = Path.GetExtension(source.Path).TrimStart('.'),
        ["source"] = source.Text,
        ["mutants"] = new JsonArray([.. results.Select(Mutant)]),
    };

    private static JsonObject Mutant(MutationResult result, int index) => new()
    {
        ["id"] = string.Create(CultureInfo.InvariantCulture, $"{result.Target}-{index}"),
        ["mutatorName"] = result.Kind,
        ["replacement"] = result.Replacement,
        ["description"] = $"{result.Original} becomes {(result.Replacement.Length == 0 ? "nothing" : result.Replacement)}",
        ["location"] = new JsonObject { ["start"] = Position(result.Place, 0), ["end"] = Position(result.Place, result.Place.Length) },
        ["status"] = result.Outcome switch { MutationOutcome.Killed => "Killed", MutationOutcome.Survived => "Survived", _ => "CompileError" },
        ["statusReason"] = result.KilledBy.Length == 0 ? null : "Noticed by: " + result.KilledBy,
    };

    private static JsonObject Position(SourceSpan span, int offset)
    {
        var (line, column) = span.File.GetPosition(span.Start + offset);
        return new() { ["line"] = line, ["column"] = column };
    }
}
