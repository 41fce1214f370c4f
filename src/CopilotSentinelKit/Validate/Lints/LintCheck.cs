
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Runs the lints of <see cref="Checks.Lints"/> over a query's tree.</summary>
internal static class LintCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (analysis is not { Tree: { } root } || item.GetQuery() is not { } query)
        {
            yield break;
        }

        var linted = new LintedQuery(item, query, analysis, root, context);
        foreach (var finding in (HasSyntaxErrors(analysis) ? [LookAlikeLint.Run] : Checks.Lints).SelectMany(lint => lint(linted)))
        {
            yield return finding.Span.File == query.Fallback.File ? finding : finding.With(query.Fallback, "rendered for this");
        }
    }

    // What Kusto.Language could not read makes a tree that says little: its own finding comes first. Its codes up to KS099 are those.
    private static bool HasSyntaxErrors(KqlAnalysis analysis) => analysis.Diagnostics.Any(finding =>
        finding.Severity == "Error" && string.CompareOrdinal(finding.Code, "KS100") < 0);
}
