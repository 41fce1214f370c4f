
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>A result without TimeGenerated, by which Sentinel puts rows on the timeline of an entity.</summary>
internal static class TimeGeneratedLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        if (query.Item is AnalyticsRule or HuntingQuery && query.Item.GetEntities().Length > 0 && query.Result is { Operators: [.., var last] }
            && query.Analysis.GetSoundColumns() is { IsEmpty: false } columns && !columns.Any(column => column.Name == "TimeGenerated"))
        {
            yield return LintFindings.NoTimeGenerated(query.At(last.Children[0]));
        }
    }
}
