
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>How long a rule stays silent after an alert.</summary>
internal static class SuppressionCheck
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not AnalyticsRule { Suppression: { } suppression } rule)
        {
            yield break;
        }

        if (suppression.Value > Longest)
        {
            yield return ScheduleFindings.SuppressionTooLong(suppression.Span, suppression.Value, Longest);
        }
        else if (rule.Schedule is { Frequency: var frequency } && suppression.Value < frequency.Value)
        {
            yield return ScheduleFindings.SuppressionShorterThanFrequency(suppression.Span, suppression.Value, frequency.Value);
        }
        else if (suppression.Value < Shortest)
        {
            yield return ScheduleFindings.SuppressionTooShort(suppression.Span, suppression.Value, Shortest);
        }
    }
}
