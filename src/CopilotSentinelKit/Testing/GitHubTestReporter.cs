using System.Globalization;
using System.Text;
using CopilotSentinelKit.Findings.Reporters;

namespace CopilotSentinelKit.Testing;

/// <summary>Tests that did not pass as workflow commands, which GitHub Actions shows beside the test in a pull request. The last line has the counts.</summary>
internal static class GitHubTestReporter
{
    public static string Write(TestReport report)
    {
        var text = new StringBuilder();
        var failed = report.Ordered.RemoveAll(result => result.Outcome == TestOutcome.Passed);
        foreach (var result in failed)
        {
            var outcome = result.Outcome == TestOutcome.Failed ? "failed" : "cannot run";
            WorkflowCommand.Append(
                text, "error", report.FromRoot(result.Span.File.Path), result.Span, $"{result.Target}: {TestReport.NameOf(result)} {outcome}", string.Join('\n', result.Explanation));
        }

        text.Append(report.Summary);
        if (failed.Length > WorkflowCommand.ShownOfEach)
        {
            text.Append(CultureInfo.InvariantCulture, $"; GitHub shows at most {WorkflowCommand.ShownOfEach} of them beside the code");
        }

        return text.Append(".\n").ToString();
    }
}
