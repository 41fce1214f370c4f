
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>What a rule's result has no use for: an order, a chart, a cut at some number of rows.</summary>
internal static class ResultOrderLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        if (query.Item is not AnalyticsRule rule || query.Result is not { } result)
        {
            yield break;
        }

        SyntaxNode? before = null;
        foreach (var step in result.Operators)
        {
            var isLast = step == result.Operators[^1];
            if (step.Kind is "TakeOperator" or "SampleOperator" or "SampleDistinctOperator" && before?.Kind != "SortOperator")
            {
                yield return LintFindings.CutsRows(query.At(step), step.Children[0].Text!);
            }
            else if (step.Kind == "RenderOperator")
            {
                yield return LintFindings.RenderInRule(query.At(step)) with { Fix = isLast ? query.FixByRemoving("Remove \"render\"", step) : null };
            }
            else if (step.Kind == "SortOperator" && isLast && !ShowsFirstRow(rule))
            {
                yield return LintFindings.SortedResult(query.At(step)) with { Fix = query.FixByRemoving("Remove the sort", step) };
            }

            before = step;
        }
    }

    // One alert for all rows takes the values of its name and description from the first of them.
    private static bool ShowsFirstRow(AnalyticsRule rule) => rule.AlertDetails is not null && rule.EventGrouping?.Value != EventGrouping.AlertPerResult;
}
