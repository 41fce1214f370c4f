using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Summary rules that fill one table give it the same columns, and a workspace does not run any number of them.</summary>
internal static class SummaryTableCheck
{
    public static IEnumerable<Finding> Run(ImmutableArray<AnalyzedContent> items)
    {
        var rules = items.Select(item => item.Item).OfType<SummaryRule>().Where(rule => rule.Origin == ContentOrigin.Spec)
            .OrderBy(rule => rule.Id.Span.File.Path, StringComparer.Ordinal).ToList();
        foreach (var table in rules.GroupBy(rule => rule.Table.Value, StringComparer.OrdinalIgnoreCase))
        {
            var columns = table.First().Columns.Select(column => column.Value).ToHashSet();
            foreach (var other in table.Skip(1).Where(rule => !columns.SetEquals(rule.Columns.Select(column => column.Value))))
            {
                yield return SummaryFindings.TableOfTwo(other.Table.Span, other.Table.Value).With(table.First().Table.Span, "the first one");
            }
        }

        if (rules.Count > SummaryRule.MaxInWorkspace)
        {
            yield return SummaryFindings.TooManyRules(rules[SummaryRule.MaxInWorkspace].Id.Span, rules.Count, SummaryRule.MaxInWorkspace);
        }
    }
}
