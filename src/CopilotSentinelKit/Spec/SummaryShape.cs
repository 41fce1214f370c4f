using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Spec.Key;
using static CopilotSentinelKit.Spec.SharedShapes;

namespace CopilotSentinelKit.Spec;

/// <summary>The keys of a summary rule.</summary>
internal static class SummaryShape
{
    public static Choices<TimeSpan> Bins { get; } = new([.. SummaryRule.BinSizes.Select(size => (DurationText.Short(size), size))]);

    public static MapShape Shape { get; } = new("a summary rule",
    [
        Required("id", Id, "Lower-case words joined by hyphens, unique among the summary rules."),
        Override("summary rule"),
        Required("version", SharedShapes.Version, "Three numbers such as 1.0.0, to be raised with each change."),
        Required("name", Line, "The name that Azure shows."),
        Required("description", Lines, "What it keeps and what for."),
        Required("table", new TextShape(Forms.CustomTable), "The custom table that its rows go to, which Azure makes with the first of them."),
        Required("bin", Bins.Shape, "The span of time that each run summarizes."),
        Optional("delay", Duration, "How long to wait for late records before a bin is summarized, at most 1d; some minutes when left out."),
        Optional("start", new TextShape(Forms.WholeHour), "When the first bin starts, such as 2026-12-01T00:00:00Z; the next one when left out."),
        Required("query", KqlText, "The KQL, which sees the records of one bin and names no time of its own; parsers that it calls are put into it."),
        Required("columns", Columns("the table"), "The columns that the query returns, and their types: the table keeps those of its first rows."),
        Optional("tests", TestShape.Tests, "What happened, and which rows the query must then return."),
    ]);
}
