using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Reporters;

/// <summary>Findings as SARIF 2.1.0 (OASIS), with what GitHub code scanning asks for besides: descriptions and a help text for each rule, and
/// a hash of the place. No time, no machine: the same findings give the same bytes. GitHub takes 25,000 results of a run and shows 5,000.</summary>
internal static partial class SarifReporter
{
    public static string Write(FindingReport report)
    {
        var findings = report.All;
        ImmutableArray<string> codes = [.. findings.Select(finding => finding.Code).Distinct().Order(StringComparer.Ordinal)];
        var places = new SarifPlaces(report.FromRoot);
        var fingerprints = new Fingerprints(report.FromRoot);
        return ReportText.Json(new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = "CopilotSentinelKit",
                        ["version"] = report.Version,
                        ["rules"] = new JsonArray([.. codes.Select(SarifRules.Of)]),
                    },
                },
                ["invocations"] = new JsonArray(new JsonObject { ["executionSuccessful"] = true }),
                ["originalUriBaseIds"] = new JsonObject
                {
                    [SarifPlaces.Root] = new JsonObject { ["description"] = Text("The root of the repository.") },
                },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = new JsonArray([.. findings.Select(finding => Result(finding, codes.IndexOf(finding.Code), places, fingerprints))]),
            }),
        });
    }

    /// <summary>A message. Digits in braces would be taken for an argument, so those braces are doubled, as SARIF demands.</summary>
    internal static JsonObject Text(string text) => new() { ["text"] = Placeholder().Replace(HarmlessText.Whole(text), "{{$1}}") };

    private static JsonObject Result(Finding finding, int rule, SarifPlaces places, Fingerprints fingerprints)
    {
        var result = new JsonObject
        {
            ["ruleId"] = finding.Code,
            ["ruleIndex"] = rule,
            ["level"] = finding.Severity.Word(),
            ["message"] = Text(finding.Message),
            ["locations"] = new JsonArray(places.Location(finding.Span)),
            ["partialFingerprints"] = fingerprints.Of(finding),
        };
        if (!finding.Related.IsEmpty)
        {
            result["relatedLocations"] = new JsonArray([.. finding.Related.Select(related => places.Location(related.Span, related.Message))]);
        }

        if (finding.Fix is { Edits.IsEmpty: false } fix)
        {
            result["fixes"] = new JsonArray(Fix(fix, places));
        }

        // For all results or for none: an empty list says that the result was looked at and counts.
        result["suppressions"] = finding.Suppression is { } suppression ? new JsonArray(Suppressed(suppression, places)) : new JsonArray();
        return result;
    }

    private static JsonObject Fix(TextFix fix, SarifPlaces places) => new()
    {
        ["description"] = Text(fix.Title),
        ["artifactChanges"] = new JsonArray(new JsonObject
        {
            ["artifactLocation"] = places.Artifact(fix.Edits[0].Span.File.Path),
            ["replacements"] = new JsonArray([.. fix.Edits.Select(edit => new JsonObject
            {
                ["deletedRegion"] = SarifPlaces.Region(edit.Span),
                ["insertedContent"] = new JsonObject { ["text"] = HarmlessText.Whole(edit.Text) },
            })]),
        }),
    };

    private static JsonObject Suppressed(Suppression suppression, SarifPlaces places) => new()
    {
        ["kind"] = suppression.Kind == SuppressionKind.InSource ? "inSource" : "external",
        ["status"] = "accepted",
        ["justification"] = HarmlessText.Whole(suppression.Reason),
        ["location"] = places.Location(suppression.Place),
        ["properties"] = new JsonObject { ["expires"] = suppression.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
    };

    [GeneratedRegex(@"\{(\d+)\}")]
    private static partial Regex Placeholder();
}
