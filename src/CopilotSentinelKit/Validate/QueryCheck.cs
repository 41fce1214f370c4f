
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>A query is there, returns rows, and is short enough for a rule.</summary>
internal static class QueryCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item.GetQuery() is not { } query)
        {
            yield break;
        }

        if (string.IsNullOrWhiteSpace(query.Text))
        {
            if (item.Origin == ContentOrigin.Spec)
            {
                yield return KqlFindings.EmptyQuery(query.Fallback);
            }

            yield break;
        }

        if (item is AnalyticsRule && query.Text.Length > AnalyticsRule.MaxQueryLength)
        {
            yield return KqlFindings.QueryTooLong(query.Fallback, query.Text.Length, AnalyticsRule.MaxQueryLength);
        }

        // A function of others may return a single value, and a page of text may show a declaration.
        if (analysis is { Columns: null, IsOpen: false, UnknownNames.IsEmpty: true } && !analysis.HasErrors() && (item.Origin == ContentOrigin.Spec || (item is not ParserFunction && item.Origin != ContentOrigin.Kql)))
        {
            yield return KqlFindings.NotTabular(query.Fallback);
        }
    }
}
