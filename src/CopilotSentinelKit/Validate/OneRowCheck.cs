using CopilotSentinelKit.Content;
using CopilotSentinelKit.Diagnostics;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Validate;

/// <summary>A rule that alerts on any row has a query that can return none.</summary>
internal static class OneRowCheck
{
    public static IEnumerable<Diagnostic> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not AnalyticsRule { Trigger: { Operator.Value: TriggerOperator.GreaterThan, Threshold.Value: 0 } } rule
            || rule.GetQuery() is not { } query || analysis.GetSoundColumns() is null || analysis?.Tree?.Result() is not { } result)
        {
            yield break;
        }

        // Operators that keep the number of rows; a summarize with "by", or anything that may drop the row, stops the search.
        foreach (var step in Pipeline.Of(result).Operators.Reverse())
        {
            if (step.Kind is "CountOperator" || (step.Kind == "SummarizeOperator" && step["ByClause"] is null))
            {
                yield return ScheduleMeaningDiagnostics.AlwaysOneRow(query.Locate(step.Start, step.Length));
                yield break;
            }

            if (step.Kind is not ("ExtendOperator" or "ProjectOperator" or "ProjectAwayOperator" or "ProjectRenameOperator" or "ProjectReorderOperator"
                or "ProjectKeepOperator" or "SortOperator" or "SerializeOperator"))
            {
                yield break;
            }
        }
    }
}
