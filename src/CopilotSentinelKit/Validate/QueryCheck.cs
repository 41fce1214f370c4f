using CopilotSentinelKit.Content;
using CopilotSentinelKit.Diagnostics;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Validate;

/// <summary>A query is there, returns rows, and is short enough for a rule.</summary>
internal static class QueryCheck
{
    // The limit is the rule's; saved searches (hunts and parsers) have none that is documented.
    private const int RuleLimit = 10_000;

    public static IEnumerable<Diagnostic> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item.GetQuery() is not { } query)
        {
            yield break;
        }

        if (string.IsNullOrWhiteSpace(query.Text))
        {
            if (item.Origin == ContentOrigin.Spec)
            {
                yield return KqlDiagnostics.EmptyQuery(query.Fallback);
            }

            yield break;
        }

        if (item is AnalyticsRule && query.Text.Length > RuleLimit)
        {
            yield return KqlDiagnostics.QueryTooLong(query.Fallback, query.Text.Length, RuleLimit);
        }

        // A function of others may return a single value.
        if (analysis is { Columns: null, IsOpen: false, UnknownNames.IsEmpty: true } && !analysis.HasErrors() && (item.Origin == ContentOrigin.Spec || item is not ParserFunction))
        {
            yield return KqlDiagnostics.NotTabular(query.Fallback);
        }
    }
}
