using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>A playbook that several automation rules run has one parameter, so one default, and no other playbook has the same.</summary>
internal static class PlaybookCheck
{
    public static IEnumerable<Finding> Run(ImmutableArray<AnalyzedContent> items)
    {
        var runs = items.OfSpecs<AutomationRule>().SelectMany(rule => rule.Actions.OfType<PlaybookAction>()).ToList();
        return [.. OfTwo(runs), .. OfOneParameter(runs)];
    }

    private static IEnumerable<Finding> OfTwo(List<PlaybookAction> runs) =>
        from playbook in runs.Where(action => action.ResourceId is not null).GroupBy(action => action.Playbook.Value, StringComparer.Ordinal)
        let first = playbook.First().ResourceId!.Value
        from other in playbook
        where !other.ResourceId!.Value.Value.Equals(first.Value, StringComparison.OrdinalIgnoreCase)
        select AutomationFindings.PlaybookOfTwo(other.ResourceId!.Value.Span, playbook.Key).With(first.Span, "the first one");

    private static IEnumerable<Finding> OfOneParameter(List<PlaybookAction> runs) =>
        from parameter in runs.GroupBy(action => action.Parameter, StringComparer.OrdinalIgnoreCase)
        let first = parameter.First().Playbook
        from other in parameter.Select(action => action.Playbook).DistinctBy(name => name.Value)
        where other.Value != first.Value
        select AutomationFindings.PlaybooksOfOneParameter(other.Span, other.Value, first.Value, parameter.Key).With(first.Span, "the first one");
}
