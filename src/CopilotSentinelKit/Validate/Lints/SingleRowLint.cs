
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>A rule that counts rows of a result that always has exactly one.</summary>
internal static class SingleRowLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        if (query.Item is not AnalyticsRule rule || query.Result is not { } result)
        {
            yield break;
        }

        var shaping = result.Operators.LastOrDefault(step => step.Kind is not ("ExtendOperator" or "ProjectOperator" or "ProjectAwayOperator" or "ProjectKeepOperator"
            or "ProjectRenameOperator" or "ProjectReorderOperator" or "SortOperator" or "SerializeOperator" or "AsOperator" or "RenderOperator"));
        var isOneRow = shaping is { Kind: "CountOperator" } || (shaping is { Kind: "SummarizeOperator" } && shaping["ByClause"] is null && !shaping["Aggregates"].Members().All(IsRowPick));
        if (isOneRow && (rule.Trigger is not null || rule.Kind.Value == RuleKind.Nrt))
        {
            var (operation, threshold) = rule.Trigger is { } trigger ? (trigger.Operator.Value, trigger.Threshold.Value) : (TriggerOperator.GreaterThan, 0);
            var always = operation switch
            {
                TriggerOperator.GreaterThan => threshold < 1,
                TriggerOperator.LessThan => threshold > 1,
                TriggerOperator.Equal => threshold == 1,
                _ => threshold != 1,
            };
            yield return LintFindings.AlwaysOneRow(query.At(shaping!), always ? "always raises an alert" : "never raises an alert");
        }
    }

    // A row of arg_max(TimeGenerated, *) over nothing is one of nulls too, but is written on purpose to have at most one row.
    private static bool IsRowPick(SyntaxNode aggregate) => (aggregate["Expression"] ?? aggregate).IsCall("arg_max", "arg_min", "take_any", "any");
}
