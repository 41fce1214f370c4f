using CopilotSentinelKit.Content;
using CopilotSentinelKit.Diagnostics;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Validate;

/// <summary>Frequency, period and trigger: there for scheduled rules alone, and within Sentinel's ranges.</summary>
internal static class ScheduleCheck
{
    private const int ThresholdLimit = 10_000;
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(14);
    private static readonly TimeSpan LongPeriod = TimeSpan.FromDays(2);
    private static readonly TimeSpan LongPeriodFrequency = TimeSpan.FromHours(1);

    public static IEnumerable<Diagnostic> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context) => item switch
    {
        AnalyticsRule { Kind.Value: RuleKind.Nrt } rule => CheckNrt(rule),
        AnalyticsRule rule => CheckSchedule(rule).Concat(CheckTrigger(rule)),
        _ => [],
    };

    private static IEnumerable<Diagnostic> CheckNrt(AnalyticsRule rule)
    {
        // Converters leave these keys of community YAML out.
        var isForgiven = rule.Origin == ContentOrigin.CommunityYaml;
        if (rule.Schedule is { } schedule)
        {
            yield return isForgiven ? ScheduleDiagnostics.NrtIgnores(schedule.Frequency.Span, "schedule") : ScheduleDiagnostics.NrtSchedule(schedule.Frequency.Span);
        }

        if (rule.Trigger is { } trigger)
        {
            yield return isForgiven ? ScheduleDiagnostics.NrtIgnores(trigger.Operator.Span, "trigger") : ScheduleDiagnostics.NrtTrigger(trigger.Operator.Span);
        }
    }

    private static IEnumerable<Diagnostic> CheckSchedule(AnalyticsRule rule)
    {
        if (rule.Schedule is not { } schedule)
        {
            if (rule.Origin == ContentOrigin.Spec)
            {
                yield return ScheduleDiagnostics.NoSchedule(rule.Kind.Span);
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
            yield return ScheduleDiagnostics.FrequencyRange(frequency.Span, frequency.Value, Shortest, Longest);
        }

        if (period.Value < Shortest || period.Value > Longest)
        {
            yield return ScheduleDiagnostics.PeriodRange(period.Span, period.Value, Shortest, Longest);
        }
        else if (period.Value < frequency.Value)
        {
            yield return ScheduleDiagnostics.PeriodShorterThanFrequency(period.Span, period.Value, frequency.Value);
        }
        else if (period.Value >= LongPeriod && frequency.Value < LongPeriodFrequency)
        {
            yield return ScheduleDiagnostics.LongPeriodAtHighFrequency(frequency.Span, period.Value, frequency.Value);
        }
    }

    private static IEnumerable<Diagnostic> CheckTrigger(AnalyticsRule rule)
    {
        if (rule.Trigger is not { } trigger)
        {
            if (rule.Origin == ContentOrigin.Spec)
            {
                yield return ScheduleDiagnostics.NoTrigger(rule.Kind.Span);
            }
        }
        else if (trigger.Threshold.Value is < 0 or > ThresholdLimit)
        {
            yield return ScheduleDiagnostics.ThresholdRange(trigger.Threshold.Span, trigger.Threshold.Value, ThresholdLimit);
        }
    }
}
