using CopilotSentinelKit.Content;
using CopilotSentinelKit.Diagnostics;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Validate;

/// <summary>Kusto.Language's errors and warnings, at the place in the YAML they come from; its suggestions are matters of style and stay out.</summary>
internal static class KustoCheck
{
    public static IEnumerable<Diagnostic> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context) =>
        analysis is null || item.GetQuery() is not { } query || string.IsNullOrWhiteSpace(query.Text) ? [] : Of(query, analysis, context);

    /// <summary>The findings about one query.</summary>
    public static IEnumerable<Diagnostic> Of(Query query, KqlAnalysis analysis, ValidationContext context)
    {
        foreach (var finding in analysis.Diagnostics)
        {
            if (finding.Severity is "Error" or "Warning")
            {
                var severity = finding.Severity == "Error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
                var hint = UnknownNameHint.For(finding, query.Text, analysis, context.Schema);
                var found = KqlDiagnostics.FromKusto(finding, severity, query.Locate(finding.Start, finding.Length), hint);
                yield return found.Span.File == query.Fallback.File ? found : found.With(query.Fallback, "rendered for this");
            }
        }
    }
}
