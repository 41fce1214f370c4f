using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Findings.ScheduleFindings;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about what a query and its rule's schedule mean together (CSK0450 to CSK0459).</summary>
internal static class ScheduleMeaningFindings
{
    public static Finding BeyondPeriod(SourceSpan span, TimeSpan reads, TimeSpan period) => Finding.Error("CSK0450", span,
        $"The query reads back {Text(reads)}, but Sentinel gives it only the period of {Text(period)} and says nothing of the rest. Lengthen the period (at most 14d), or read back less.");

    public static Finding RepeatsPeriod(SourceSpan span, TimeSpan period) => Finding.Information("CSK0451", span,
        $"This repeats the period of {Text(period)}, which Sentinel applies by itself, and goes wrong when only one of them is changed. Leave it out.");

    public static Finding NoOverlap(SourceSpan span, TimeSpan period, string table) => Finding.Information("CSK0452", span,
        $"The period and the frequency are both {Text(period)}, but rows of {table} arrive minutes to hours late: those that arrive after their run are never seen. Lengthen the period and select by ingestion_time() what is new.");

    public static Finding WindowBeyondOverlap(SourceSpan span, TimeSpan window, TimeSpan period, TimeSpan frequency) => Finding.Warning("CSK0453", span,
        $"The query relates events within {Text(window)}, but runs overlap by {Text(period - frequency)} only (period {Text(period)}, frequency {Text(frequency)}), so what straddles two runs is missed. Lengthen the period by the window.");

    public static Finding Repeats(SourceSpan span, TimeSpan period, TimeSpan frequency) => Finding.Information("CSK0454", span,
        $"The period of {Text(period)} is longer than the frequency of {Text(frequency)} and the query neither selects by ingestion_time() nor groups, so a row raises an alert in each run that sees it. Select what is new, or group.");

    public static Finding BinBeyondPeriod(SourceSpan span, TimeSpan bin, TimeSpan period) => Finding.Warning("CSK0455", span,
        $"Bins of {Text(bin)} are wider than the period of {Text(period)}, so none is ever whole. Use narrower bins, or lengthen the period.");

    public static Finding BeforePeriod(SourceSpan span, TimeSpan until, TimeSpan period) => Finding.Error("CSK0458", span,
        $"This selects events older than {Text(until)}, but Sentinel gives the query only the period of {Text(period)}: there are none. Lengthen the period (at most 14d), or select later ones.");
}
