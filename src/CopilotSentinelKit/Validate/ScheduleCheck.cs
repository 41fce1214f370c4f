
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Frequency, period and trigger: there for scheduled rules alone, and within Sentinel's ranges.</summary>
internal static class ScheduleCheck
{
    private const int ThresholdLimit = 10_000;
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(14);
    private static readonly TimeSpan LongPeriod = TimeSpan.FromDays(2);
    private static readonly TimeSpan LongPeriodFrequency = TimeSpan.FromHours(1);

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context) => item switch
    {
        AnalyticsRule { Kind.Value: RuleKind.Nrt } rule => CheckNrt(rule),
        AnalyticsRule rule => CheckSchedule(rule).Concat(CheckTrigger(rule)),
        _ => [],
    };

    private static IEnumerable<Finding> CheckNrt(AnalyticsRule rule)
    {
        // Converters leave these keys of community YAML out.
        var isForgiven = rule.Origin == ContentOrigin.CommunityYaml;
        if (rule.Schedule is { } schedule)
        {
            yield return isForgiven ? ScheduleFindings.NrtIgnores(schedule.Frequency.Span, "schedule") : ScheduleFindings.NrtSchedule(schedule.Frequency.Span);
        }

        if (rule.Trigger is { } trigger)
        {
            yield return isForgiven ? ScheduleFindings.NrtIgnores(trigger.Operator.Span, "trigger") : ScheduleFindings.NrtTrigger(trigger.Operator.Span);
        }
    }

    private static IEnumerable<Finding> CheckSchedule(AnalyticsRule rule)
    {
        if (rule.Schedule is not { } schedule)
        {
            if (rule.Origin == ContentOrigin.Spec)
            {
                yield return ScheduleFindings.NoSchedule(rule.Kind.Span);
            }

            yield break;
        }

        var (frequency, period) = schedule;
        if (rule.Origin != ContentOrigin.Spec && (frequency.Value == TimeSpan.Zero || period.Value == TimeSpan.Zero))
        {
            yield break;
        }

        if (frequency.Value < Shortest || frequency.Value > Longest)
        {
            yield return ScheduleFindings.FrequencyRange(frequency.Span, frequency.Value, Shortest, Longest);
        }

        if (period.Value < Shortest || period.Value > Longest)
        {
            yield return ScheduleFindings.PeriodRange(period.Span, period.Value, Shortest, Longest);
        }
        else if (period.Value < frequency.Value)
        {
            yield return ScheduleFindings.PeriodShorterThanFrequency(period.Span, period.Value, frequency.Value);
        }
        else if (period.Value >= LongPeriod && frequency.Value < LongPeriodFrequency)
        {
            yield return ScheduleFindings.LongPeriodAtHighFrequency(frequency.Span, period.Value, frequency.Value);
        }
    }

    private static IEnumerable<Finding> CheckTrigger(AnalyticsRule rule)
    {
        if (rule.Trigger is not { } trigger)
        {
            if (rule.Origin == ContentOrigin.Spec)
            {
                yield return ScheduleFindings.NoTrigger(rule.Kind.Span);
            }
        }
        else if (trigger.Threshold.Value is < 0 or > ThresholdLimit)
        {
            yield return ScheduleFindings.ThresholdRange(trigger.Threshold.Span, trigger.Threshold.Value, ThresholdLimit);
        }
    }
}
