using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Summary rules that fill one table give it the same columns.</summary>
internal static class SummaryTableCheck
{
    public static IEnumerable<Finding> Run(ImmutableArray<AnalyzedContent> items)
    {
        foreach (var table in items.OfSpecs<SummaryRule>().GroupBy(rule => rule.Table.Value, StringComparer.OrdinalIgnoreCase))
        {
            var columns = table.First().Columns.Select(column => column.Value).ToHashSet();
            foreach (var other in table.Skip(1).Where(rule => !columns.SetEquals(rule.Columns.Select(column => column.Value))))
            {
                yield return SummaryFindings.TableOfTwo(other.Table.Span, other.Table.Value).With(table.First().Table.Span, "the first one");
            }
        }
    }
}
