using System.Text.Json.Nodes;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing;

/// <summary>Test results as JSON for scripts, in a fixed order. Lines and columns count from 1, columns in UTF-16 units; an end is behind the last
/// character. Outcomes are passed, failed and notRunnable. A member is never left out: what is not there is null or an empty list. Members may be
/// added; when one changes or goes, "version" rises.</summary>
internal static class JsonTestReporter
{
    private const int Version = 1;

    public static string Write(TestReport report) => ReportText.Json(new JsonObject
    {
        ["version"] = Version,
        ["tool"] = new JsonObject { ["name"] = "CopilotSentinelKit", ["version"] = report.Version },
        ["summary"] = new JsonObject
        {
            ["tests"] = report.Results.Length,
            ["passed"] = report.Count(TestOutcome.Passed),
            ["failed"] = report.Count(TestOutcome.Failed),
            ["notRunnable"] = report.Count(TestOutcome.NotRunnable),
        },
        ["tests"] = new JsonArray([.. report.Ordered.Select(Test)]),
    });

    private static JsonObject Test(TestResult result)
    {
        var node = new JsonObject
        {
            ["target"] = HarmlessText.Whole(result.Target),
            ["name"] = HarmlessText.Whole(result.Name),
            ["source"] = result.Source.Length == 0 ? null : HarmlessText.Whole(result.Source),
            ["outcome"] = result.Outcome switch { TestOutcome.Passed => "passed", TestOutcome.Failed => "failed", _ => "notRunnable" },
        };
        JsonReporter.Add(node, result.Span);
        node["explanation"] = new JsonArray([.. result.Explanation.Select(line => JsonValue.Create(HarmlessText.Whole(line)))]);
        return node;
    }
}
