using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>How many automation rules a workspace takes, and that a playbook's parameter has one default.</summary>
internal static class AutomationTogetherCheck
{
    public static IEnumerable<Finding> Run(ImmutableArray<AnalyzedContent> items)
    {
        var rules = items.Select(item => item.Item).OfType<AutomationRule>().Where(rule => rule.Origin == ContentOrigin.Spec)
            .OrderBy(rule => rule.Id.Span.File.Path, StringComparer.Ordinal).ToList();
        if (rules.Count > AutomationTerms.MaxInWorkspace)
        {
            yield return AutomationFindings.TooManyRules(rules[AutomationTerms.MaxInWorkspace].Id.Span, rules.Count, AutomationTerms.MaxInWorkspace);
        }

        foreach (var playbook in rules.SelectMany(rule => rule.Actions.OfType<PlaybookAction>()).Where(action => action.ResourceId is not null).GroupBy(action => action.Playbook.Value, StringComparer.Ordinal))
        {
            var first = playbook.First().ResourceId!.Value;
            foreach (var other in playbook.Where(action => !action.ResourceId!.Value.Value.Equals(first.Value, StringComparison.OrdinalIgnoreCase)))
            {
                yield return AutomationFindings.PlaybookOfTwo(other.ResourceId!.Value.Span, playbook.Key).With(first.Span, "the first one");
            }
        }
    }
}
