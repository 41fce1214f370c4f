using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>A playbook that several automation rules run has one parameter, so one default.</summary>
internal static class PlaybookCheck
{
    public static IEnumerable<Finding> Run(ImmutableArray<AnalyzedContent> items)
    {
        foreach (var playbook in items.OfSpecs<AutomationRule>().SelectMany(rule => rule.Actions.OfType<PlaybookAction>()).Where(action => action.ResourceId is not null).GroupBy(action => action.Playbook.Value, StringComparer.Ordinal))
        {
            var first = playbook.First().ResourceId!.Value;
            foreach (var other in playbook.Where(action => !action.ResourceId!.Value.Value.Equals(first.Value, StringComparison.OrdinalIgnoreCase)))
            {
                yield return AutomationFindings.PlaybookOfTwo(other.ResourceId!.Value.Span, playbook.Key).With(first.Span, "the first one");
            }
        }
    }
}
