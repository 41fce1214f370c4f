using System.Collections.Immutable;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>The order that findings are shown in.</summary>
public static class FindingOrder
{
    /// <summary>By file, place, code and message, whatever order they were made in; the same finding at the same place once.</summary>
    public static ImmutableArray<Finding> Sorted(this IEnumerable<Finding> findings) =>
    [
        .. findings
            .DistinctBy(finding => (finding.Code, finding.Span.File.Path, finding.Span.Start, finding.Span.Length, finding.Message))
            .OrderBy(finding => finding.Span.File.Path, StringComparer.Ordinal)
            .ThenBy(finding => finding.Span.Start)
            .ThenBy(finding => finding.Code, StringComparer.Ordinal)
            .ThenBy(finding => finding.Message, StringComparer.Ordinal),
    ];
}
