using System.Globalization;
using System.Text;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Reporters;

/// <summary>Findings as workflow commands, which GitHub Actions shows beside the lines of a pull request. GitHub keeps 10 errors, 10 warnings
/// and 10 notices of a step; the log holds all. Suppressed findings are not among them.</summary>
internal static class GitHubReporter
{
    public static string Write(FindingReport report)
    {
        var text = new StringBuilder();
        foreach (var finding in report.Findings.Sorted())
        {
            Append(text, report, finding);
        }

        if (report.Findings.CountBy(finding => finding.Severity).Any(count => count.Value > WorkflowCommand.ShownOfEach))
        {
            text.Append(CultureInfo.InvariantCulture, $"{SeverityWords.Count(report.Findings, 0)}; GitHub shows at most {WorkflowCommand.ShownOfEach} of each severity beside the code.\n");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, FindingReport report, Finding finding)
    {
        var level = finding.Severity switch
        {
            FindingSeverity.Error => "error",
            FindingSeverity.Warning => "warning",
            _ => "notice",
        };
        var title = finding.Code + (FindingPages.Find(finding.Code) is { } page ? " " + page.Title : "");
        var fix = finding.Fix is { } known ? $"\nFix: {known.Title}" : "";
        WorkflowCommand.Append(text, level, report.FromRoot(finding.Span.File.Path), finding.Span, title, finding.Message + fix);
    }
}
