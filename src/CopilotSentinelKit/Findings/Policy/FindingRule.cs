using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings.Policy;

/// <summary>What kit.yaml says of a code under "findings".</summary>
/// <param name="Code">The code, which need not exist.</param>
/// <param name="Severity">Another severity, or null.</param>
/// <param name="Ignore">Whether the findings do not count.</param>
/// <param name="In">Ids and paths that it is for; empty for all.</param>
/// <param name="Reason">Why, or null when it was left out.</param>
/// <param name="Expires">The last day, as written, or null when it was left out.</param>
public sealed record FindingRule(
    Spanned<string> Code,
    FindingSeverity? Severity,
    bool Ignore,
    ImmutableArray<Spanned<string>> In,
    Spanned<string>? Reason,
    Spanned<string>? Expires);

/// <summary>A file whose findings are judged.</summary>
/// <param name="Path">Its path from the folder of kit.yaml, with forward slashes.</param>
/// <param name="Text">Its text, under the path that findings show.</param>
public sealed record JudgedFile(string Path, SourceFile Text)
{
    /// <summary>The id of the content that the file holds, or null when it holds none, or several pieces.</summary>
    public string? Id { get; init; }

    /// <summary>Whether everything in it was checked, so that a suppression that met no finding does nothing.</summary>
    public bool IsChecked { get; init; } = true;
}

/// <summary>Findings after the policy.</summary>
/// <param name="Findings">Those that count.</param>
/// <param name="Suppressed">Those that do not, each with its <see cref="Finding.Suppression"/>.</param>
public sealed record JudgedFindings(ImmutableArray<Finding> Findings, ImmutableArray<Finding> Suppressed)
{
    /// <summary>Whether one that counts is an error.</summary>
    public bool HasErrors => Findings.Any(finding => finding.Severity == FindingSeverity.Error);
}
