using System.Globalization;
using System.Text.Json.Nodes;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Reporters;

/// <summary>Findings as JSON for scripts. Lines and columns count from 1, columns in UTF-16 units; an end is behind the last character. Paths
/// are those that the text report shows. A member is never left out: what is not there is null or an empty list. Members may be added; when
/// one changes or goes, "version" rises.</summary>
internal static class JsonReporter
{
    private const int Version = 1;

    public static string Write(FindingReport report) => ReportText.Json(new JsonObject
    {
        ["version"] = Version,
        ["tool"] = new JsonObject { ["name"] = "CopilotSentinelKit", ["version"] = report.Version },
        ["summary"] = new JsonObject
        {
            ["files"] = report.Files.Length,
            ["errors"] = Count(report, FindingSeverity.Error),
            ["warnings"] = Count(report, FindingSeverity.Warning),
            ["notes"] = Count(report, FindingSeverity.Information),
            ["suppressed"] = report.Suppressed.Length,
        },
        ["findings"] = new JsonArray([.. report.All.Select(Finding)]),
    });

    private static int Count(FindingReport report, FindingSeverity severity) => report.Findings.Count(finding => finding.Severity == severity);

    private static JsonObject Finding(Finding finding)
    {
        var node = new JsonObject
        {
            ["code"] = finding.Code,
            ["severity"] = finding.Severity.Word(),
            ["message"] = HarmlessText.Whole(finding.Message),
        };
        Add(node, finding.Span);
        node["related"] = new JsonArray([.. finding.Related.Select(related => Add(new() { ["message"] = HarmlessText.Whole(related.Message) }, related.Span))]);
        node["fix"] = finding.Fix is { } fix ? Fix(fix) : null;
        node["suppressed"] = finding.Suppression is { } suppression ? Suppressed(suppression) : null;
        return node;
    }

    private static JsonObject Fix(TextFix fix) => new()
    {
        ["title"] = HarmlessText.Whole(fix.Title),
        ["edits"] = new JsonArray([.. fix.Edits.Select(edit => Add(new() { ["text"] = HarmlessText.Whole(edit.Text) }, edit.Span))]),
    };

    private static JsonObject Suppressed(Suppression suppression) => Add(
        new()
        {
            ["by"] = suppression.Kind switch { SuppressionKind.InSource => "comment", SuppressionKind.Baseline => "baseline", _ => "kit.yaml" },
            ["reason"] = HarmlessText.Whole(suppression.Reason),
            ["expires"] = suppression.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        },
        suppression.Place);

    /// <summary>Adds the members that say where.</summary>
    public static JsonObject Add(JsonObject node, SourceSpan span)
    {
        node["path"] = HarmlessText.Whole(span.File.Path);
        node["start"] = Position(span.Position);
        node["end"] = Position(span.End());
        return node;
    }

    private static JsonObject Position((int Line, int Column) position) => new() { ["line"] = position.Line, ["column"] = position.Column };
}
