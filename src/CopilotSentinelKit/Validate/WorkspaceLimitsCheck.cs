using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>How many rules a workspace takes (Microsoft's service limits of 2023, so a warning). A folder of others need not go to one workspace.</summary>
internal static class WorkspaceLimitsCheck
{
    private const int EnabledLimit = 512;
    private const int NrtLimit = 50;

    public static IEnumerable<Finding> Run(ImmutableArray<AnalyzedContent> items)
    {
        var rules = items.Select(item => item.Item).OfType<AnalyticsRule>().Where(rule => rule.Origin == ContentOrigin.Spec)
            .OrderBy(rule => rule.Id.Span.File.Path, StringComparer.Ordinal).ThenBy(rule => rule.Id.Span.Start).ToList();
        var enabled = rules.Where(rule => rule.Enabled).ToList();
        if (enabled.Count > EnabledLimit)
        {
            yield return ContentFindings.TooManyRules(enabled[EnabledLimit].Id.Span, enabled.Count, EnabledLimit);
        }

        var nrt = rules.Where(rule => rule.Kind.Value == RuleKind.Nrt).ToList();
        if (nrt.Count > NrtLimit)
        {
            yield return ContentFindings.TooManyNrtRules(nrt[NrtLimit].Kind.Span, nrt.Count, NrtLimit);
        }
    }
}
