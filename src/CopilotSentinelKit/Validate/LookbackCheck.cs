
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Validate.Lints;

namespace CopilotSentinelKit.Validate;

/// <summary>What a rule's query says of the past is what its period gives it.</summary>
internal static class LookbackCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        // Other services do not know of the period.
        if (item is not AnalyticsRule rule || rule.GetQuery() is not { } query || analysis?.Tree is not { } tree
            || tree.SelfAndDescendants().Any(node => node.IsCall("adx", "arg", "cluster", "externaldata")))
        {
            return [];
        }

        return rule.Schedule is { Period.Value.Ticks: > 0 } schedule ? Check(query, tree, schedule.Period.Value) : [];
    }

    private static IEnumerable<Finding> Check(Query query, SyntaxNode tree, TimeSpan period)
    {
        // A constant that is too long is one mistake, however often it is used.
        var seen = new HashSet<(TimeSpan, bool)>();
        foreach (var filter in TimeFilter.In(tree).Where(filter => filter.Bound.Enclosing("BetweenExpression") is not { } range || !EmptyRangeLint.IsEmpty(range)))
        {
            var span = query.Locate(filter.Bound.Start, filter.Bound.Length);
            if (filter.BeforeNow > period && filter.IsLower)
            {
                if (seen.Add((filter.BeforeNow, true)))
                {
                    yield return ScheduleMeaningFindings.BeyondPeriod(span, filter.BeforeNow, period);
                }
            }
            else if (filter.BeforeNow >= period && !filter.IsLower)
            {
                if (seen.Add((filter.BeforeNow, false)) && !seen.Contains((filter.BeforeNow, true)))
                {
                    yield return ScheduleMeaningFindings.BeforePeriod(span, filter.BeforeNow, period);
                }
            }
            else if (filter.BeforeNow == period && !filter.ByIngestion && IsLiteral(filter.Bound) && span.Text == filter.Bound.Source)
            {
                yield return ScheduleMeaningFindings.RepeatsPeriod(span, period);
            }
        }
    }

    // Through a variable or a template's value both are one: that is no repetition.
    private static bool IsLiteral(SyntaxNode bound) => bound.IsCall("ago") && bound.Arguments() is [{ Kind: "TimespanLiteralExpression" }]
        && bound.Enclosing("SimpleNamedExpression") is null

        // A range needs both of its ends.
        && bound.Enclosing("BetweenExpression") is null;
}
