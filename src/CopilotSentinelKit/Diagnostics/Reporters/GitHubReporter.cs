using System.Globalization;
using System.Text;

namespace CopilotSentinelKit.Diagnostics.Reporters;

/// <summary>Findings as workflow commands, which GitHub Actions shows beside the lines of a pull request. GitHub keeps 10 errors, 10 warnings
/// and 10 notices of a step; the log holds all. Suppressed findings are not among them.</summary>
internal static class GitHubReporter
{
    private const int ShownOfEach = 10;

    public static string Write(FindingReport report)
    {
        var text = new StringBuilder();
        foreach (var finding in report.Findings.Sorted())
        {
            Append(text, report, finding);
        }

        if (report.Findings.CountBy(finding => finding.Severity).Any(count => count.Value > ShownOfEach))
        {
            text.Append(CultureInfo.InvariantCulture, $"{SeverityWords.Count(report.Findings, 0)}; GitHub shows at most {ShownOfEach} of each severity beside the code.\n");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, FindingReport report, Diagnostic finding)
    {
        var level = finding.Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "notice",
        };
        var (line, column) = finding.Span.Position;
        var (endLine, endColumn) = finding.Span.End();
        text.Append(CultureInfo.InvariantCulture, $"::{level} file={Property(report.FromRoot(finding.Span.File.Path))},line={line},endLine={endLine}");

        // GitHub takes columns only for what starts and ends on one line.
        if (line == endLine)
        {
            text.Append(CultureInfo.InvariantCulture, $",col={column},endColumn={endColumn}");
        }

        var title = finding.Code + (FindingPages.Find(finding.Code) is { } page ? " " + page.Title : "");
        var fix = finding.Fix is { } known ? $"\nFix: {known.Title}" : "";
        text.Append(CultureInfo.InvariantCulture, $",title={Property(title)}::{Data(finding.Message + fix)}\n");
    }

    private static string Data(string text) => ReportText.Whole(text)
        .Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
