using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about when a rule runs, when it alerts and how alerts become incidents (CSK0550 to CSK0569).</summary>
internal static class ScheduleFindings
{
    public static Finding NoSchedule(SourceSpan span) => Finding.Error("CSK0550", span,
        "A scheduled rule needs a schedule. Write \"schedule: { every: 1h, lookback: 1h }\", or make it an NRT rule.");

    public static Finding NoTrigger(SourceSpan span) => Finding.Error("CSK0551", span,
        "A scheduled rule needs a trigger: how many rows raise an alert. Write \"trigger: { operator: gt, threshold: 0 }\".");

    public static Finding NrtSchedule(SourceSpan span) => Finding.Error("CSK0552", span,
        "An NRT rule runs every minute and takes no schedule. Remove it, or make the rule scheduled.");

    public static Finding NrtTrigger(SourceSpan span) => Finding.Error("CSK0553", span,
        "An NRT rule alerts on any row and takes no trigger. Remove it and filter in the query, or make the rule scheduled.");

    public static Finding NrtIgnores(SourceSpan span, string what) => Finding.Warning("CSK0819", span,
        $"An NRT rule runs every minute and alerts on any row, so its {what} is lost. Remove it, or make the rule scheduled.");

    public static Finding FrequencyRange(SourceSpan span, TimeSpan frequency, TimeSpan from, TimeSpan to) => Finding.Error("CSK0554", span,
        $"The rule runs every {Text(frequency)}; Sentinel takes {Text(from)} to {Text(to)}. Choose a frequency in that range.");

    public static Finding PeriodRange(SourceSpan span, TimeSpan period, TimeSpan from, TimeSpan to) => Finding.Error("CSK0555", span,
        $"The rule looks back {Text(period)}; Sentinel takes {Text(from)} to {Text(to)}. Choose a period in that range.");

    public static Finding PeriodShorterThanFrequency(SourceSpan span, TimeSpan period, TimeSpan frequency) => Finding.Error("CSK0556", span,
        $"The rule looks back {Text(period)} but runs every {Text(frequency)}, so it would miss events in between, and Sentinel refuses it. Look back at least as long.");

    public static Finding LongPeriodAtHighFrequency(SourceSpan span, TimeSpan period, TimeSpan frequency) => Finding.Warning("CSK0557", span,
        $"The rule looks back {Text(period)} every {Text(frequency)}; for two days or more Sentinel asks for a frequency of one hour or more. Run it less often, or look back less.");

    public static Finding ThresholdRange(SourceSpan span, int threshold, int limit) => Finding.Error("CSK0558", span,
        Invariant($"The threshold is {threshold}; Sentinel takes 0 to {limit}. Choose one in that range."));

    public static Finding SuppressionTooLong(SourceSpan span, TimeSpan suppression, TimeSpan to) => Finding.Error("CSK0559", span,
        $"The rule stays silent for {Text(suppression)}; Sentinel takes at most {Text(to)}. Shorten the suppression.");

    public static Finding SuppressionTooShort(SourceSpan span, TimeSpan suppression, TimeSpan from) => Finding.Warning("CSK0560", span,
        $"The rule stays silent for {Text(suppression)}; Sentinel may refuse less than {Text(from)}. Lengthen the suppression.");

    public static Finding SuppressionShorterThanFrequency(SourceSpan span, TimeSpan suppression, TimeSpan frequency) => Finding.Error("CSK0561", span,
        $"The rule stays silent for {Text(suppression)} but runs every {Text(frequency)}; Sentinel refuses a suppression shorter than the frequency. Lengthen it.");

    public static Finding GroupingLookbackRange(SourceSpan span, TimeSpan lookback, TimeSpan from, TimeSpan to) => Finding.Error("CSK0562", span,
        $"An incident takes alerts for {Text(lookback)}; Sentinel takes {Text(from)} to {Text(to)}. Choose a lookback in that range.");

    public static Finding NothingSelected(SourceSpan span) => Finding.Error("CSK0563", span,
        "Grouping by Selected needs what to group by. List entities, alertDetails or customDetails, or group by AllEntities.");

    public static Finding SelectionIgnored(SourceSpan span, string matching) => Finding.Warning("CSK0564", span,
        $"Grouping by {matching} ignores this list. Group by Selected, or remove the list.");

    public static Finding GroupingEntityNotMapped(SourceSpan span, string type, IEnumerable<string> mapped) => Finding.Error("CSK0565", span,
        $"Incidents are grouped by \"{type}\", an entity that the rule does not map.{Nearest.Hint(type, mapped)} Map it, or group by another.").FixedBy(Fixes.LetterCase(span, type, mapped));

    public static Finding GroupingDetailUnknown(SourceSpan span, string key, IEnumerable<string> keys) => Finding.Error("CSK0566", span,
        $"Incidents are grouped by \"{key}\", a custom detail that the rule does not have.{Nearest.Hint(key, keys)} Add it, or group by another.").FixedBy(Fixes.LetterCase(span, key, keys));

    public static Finding GroupingAlertDetailUnknown(SourceSpan span, string detail, IEnumerable<string> details) => Finding.Error("CSK0567", span,
        $"Incidents cannot be grouped by the alert detail \"{detail}\".{Nearest.Hint(detail, details)} Use one of: {string.Join(", ", details)}.").FixedBy(Fixes.LetterCase(span, detail, details));

    /// <summary>As people write it: 90m, 5h, 14d; anything finer in .NET's own form.</summary>
    internal static string Text(TimeSpan time) => time switch
    {
        { Ticks: 0 } => "0m",
        _ when time.Ticks % TimeSpan.TicksPerDay == 0 => Invariant($"{time.Ticks / TimeSpan.TicksPerDay}d"),
        _ when time.Ticks % TimeSpan.TicksPerHour == 0 => Invariant($"{time.Ticks / TimeSpan.TicksPerHour}h"),
        _ when time.Ticks % TimeSpan.TicksPerMinute == 0 => Invariant($"{time.Ticks / TimeSpan.TicksPerMinute}m"),
        _ => Invariant($"{time:c}"),
    };
}
