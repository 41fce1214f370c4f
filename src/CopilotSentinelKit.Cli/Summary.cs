
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;

namespace CopilotSentinelKit.Cli;

/// <summary>Content in a few words.</summary>
internal static class Summary
{
    /// <summary>"5 parsers, 16 analytics rules, ..."; kinds that are not there are left out.</summary>
    public static string Of(IEnumerable<ContentItem> items) => string.Join(", ",
        items.GroupBy(Kind).Select(group => Counted.Of(group.Count(), group.Key)));

    /// <summary>What a run did to a folder, without a full stop.</summary>
    public static string Of(OutputPlan plan) => plan.IsUpToDate
        ? $"Nothing changed in {Counted.Of(plan.Unchanged.Length, "file")}"
        : $"{Counted.Of(plan.Write.Length, "file")} written, {plan.Delete.Length} removed, {plan.Unchanged.Length} unchanged";

    /// <summary>What a piece of content is called.</summary>
    public static string Kind(ContentItem item) => item switch
    {
        ParserFunction => "parser",
        AnalyticsRule => "analytics rule",
        HuntingQuery => "hunting query",
        Watchlist => "watchlist",
        SummaryRule => "summary rule",
        AutomationRule => "automation rule",
        CustomTable => "table",
        DataCollectionRule => "data collection rule",
        _ => "workbook",
    };
}
