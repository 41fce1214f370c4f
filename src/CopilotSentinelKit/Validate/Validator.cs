using System.Collections.Immutable;
using CopilotSentinelKit.Diagnostics;

namespace CopilotSentinelKit.Validate;

/// <summary>Runs every check over content that is deployed together.</summary>
internal static class Validator
{
    /// <summary>All findings, by file, offset, code and message, whatever the order of the items; a finding that a loop in a template
    /// makes again at the same place is there once.</summary>
    public static ImmutableArray<Diagnostic> Run(ImmutableArray<AnalyzedContent> items, ValidationContext context)
    {
        var own = items.SelectMany(content => Checks.All.SelectMany(check => check(content.Item, content.Analysis, context)));
        var together = Checks.Pack.SelectMany(check => check(items));
        return [.. own.Concat(together)
            .DistinctBy(finding => (finding.Code, finding.Span.File.Path, finding.Span.Start, finding.Span.Length, finding.Message))
            .OrderBy(finding => finding.Span.File.Path, StringComparer.Ordinal)
            .ThenBy(finding => finding.Span.Start)
            .ThenBy(finding => finding.Code, StringComparer.Ordinal)
            .ThenBy(finding => finding.Message, StringComparer.Ordinal)];
    }
}
