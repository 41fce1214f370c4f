using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Reporters;

/// <summary>What a run found, for reports that programs read.</summary>
/// <param name="Findings">Findings that count.</param>
/// <param name="Suppressed">Findings that do not, each with its <see cref="Finding.Suppression"/>.</param>
public sealed record FindingReport(ImmutableArray<Finding> Findings, ImmutableArray<Finding> Suppressed)
{
    /// <summary>Paths of the files that were checked, as findings show them.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>The version of the kit.</summary>
    public string Version { get; init; } = "";

    /// <summary>The least severity of a finding that makes the run fail.</summary>
    public FindingSeverity FailOn { get; init; } = FindingSeverity.Error;

    /// <summary>From a path as findings show it to one from the root of the repository, with forward slashes; a file elsewhere keeps its full path.</summary>
    public Func<string, string> FromRoot { get; init; } = path => path;

    /// <summary>All findings in order.</summary>
    public ImmutableArray<Finding> All => Findings.Concat(Suppressed).Sorted();
}

/// <summary>The forms of a report.</summary>
public enum ReportFormat
{
    /// <summary>For people: place, message, source line, underline.</summary>
    Text,

    /// <summary>The kit's own JSON.</summary>
    Json,

    /// <summary>SARIF 2.1.0, for code scanning.</summary>
    Sarif,

    /// <summary>Workflow commands of GitHub Actions.</summary>
    GitHub,

    /// <summary>JUnit's XML, for the test page of a CI server.</summary>
    JUnit,
}

/// <summary>Writes reports.</summary>
public static class FindingReports
{
    /// <summary>The report as text with LF line ends and a final one; empty text is possible for text and GitHub alone.</summary>
    public static string Write(ReportFormat format, FindingReport report) => format switch
    {
        ReportFormat.Json => JsonReporter.Write(report),
        ReportFormat.Sarif => SarifReporter.Write(report),
        ReportFormat.GitHub => GitHubReporter.Write(report),
        ReportFormat.JUnit => JUnitReporter.Write(report),
        _ => TextReporter.Write(report),
    };
}
