using System.Collections.Immutable;
using CopilotSentinelKit.Diagnostics.Reporters;
namespace CopilotSentinelKit.Testing;
/// <summary>x</summary>
public sealed record TestReport(ImmutableArray<TestResult> Results)
{
    /// <summary>x</summary>
    public string ToText(bool colour) => string.Concat(Results.Where(r => r.Outcome != TestOutcome.Passed).Select(r => $"{r.Span}: {r.Outcome}: {r.Target}/{r.Name} on {r.Source}\n" + string.Concat(r.Explanation.Select(l => "    " + l + "\n"))));
    /// <summary>x</summary>
    public string Write(ReportFormat format) => Results.Length + format.ToString();
}
