
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Name and description: not blank, and within Sentinel's limits.</summary>
internal static class NameCheck
{
    private const int NameLimit = 256;
    private const int DescriptionLimit = 5000;

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        // What others left out, their reader has reported.
        var isSpec = item.Origin == ContentOrigin.Spec;
        if (isSpec && string.IsNullOrWhiteSpace(item.Name.Value))
        {
            yield return ContentFindings.EmptyName(item.Name.Span);
        }
        // Of others the limit is known for rules only.
        else if (item.Name.Value.Length > NameLimit && (isSpec || item is AnalyticsRule))
        {
            yield return ContentFindings.NameTooLong(item.Name.Span, item.Name.Value.Length, NameLimit);
        }

        if (isSpec && item is (AnalyticsRule or HuntingQuery) && string.IsNullOrWhiteSpace(item.Description.Value))
        {
            yield return ContentFindings.EmptyDescription(item.Description.Span);
        }
        else if (LongestDescription(item) is > DescriptionLimit and var length && (isSpec || item is AnalyticsRule))
        {
            yield return ContentFindings.DescriptionTooLong(item.Description.Span, length, DescriptionLimit);
        }
    }

    // A rule's response, false positives and references stand behind its description, and behind that of its alerts; one that is too long by itself
    // is a finding of its own.
    private static int LongestDescription(ContentItem item) => item is not AnalyticsRule { Origin: ContentOrigin.Spec } rule ? item.Description.Value.Length
        : rule.AlertDetails?.DescriptionFormat is { Value.Length: > DescriptionLimit } ? ContentTexts.Whole(rule).Length
        : Math.Max(ContentTexts.Whole(rule).Length, ContentTexts.AlertDescription(rule)?.Length ?? 0);
}
