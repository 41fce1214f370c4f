using CopilotSentinelKit.Content;
using CopilotSentinelKit.Diagnostics;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Validate;

/// <summary>How long a rule stays silent after an alert.</summary>
internal static class SuppressionCheck
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public static IEnumerable<Diagnostic> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not AnalyticsRule { Suppression: { } suppression } rule)
        {
            yield break;
        }

        if (suppression.Value > Longest)
        {
            yield return ScheduleDiagnostics.SuppressionTooLong(suppression.Span, suppression.Value, Longest);
        }
        else if (rule.Schedule is { Frequency: var frequency } && suppression.Value < frequency.Value)
        {
            yield return ScheduleDiagnostics.SuppressionShorterThanFrequency(suppression.Span, suppression.Value, frequency.Value);
        }
        else if (suppression.Value < Shortest)
        {
            yield return ScheduleDiagnostics.SuppressionTooShort(suppression.Span, suppression.Value, Shortest);
        }
    }
}
