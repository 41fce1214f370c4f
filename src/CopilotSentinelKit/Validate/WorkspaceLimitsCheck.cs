using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>How many rules a workspace takes (Microsoft's service limits of 2023 and 2024, so a warning). A folder of others need not go to one workspace.</summary>
internal static class WorkspaceLimitsCheck
{
    private const int EnabledLimit = 512;
    private const int NrtLimit = 50;

    public static IEnumerable<Finding> Run(ImmutableArray<AnalyzedContent> items)
    {
        var rules = items.OfSpecs<AnalyticsRule>();
        return
        [
            .. Over(rules.Where(rule => rule.Enabled), EnabledLimit, (rule, count) => ContentFindings.TooManyRules(rule.Id.Span, count, EnabledLimit)),
            .. Over(rules.Where(rule => rule.Kind.Value == RuleKind.Nrt), NrtLimit, (rule, count) => ContentFindings.TooManyNrtRules(rule.Kind.Span, count, NrtLimit)),
            .. Over(items.OfSpecs<AutomationRule>(), AutomationTerms.MaxInWorkspace, (rule, count) => AutomationFindings.TooManyRules(rule.Id.Span, count, AutomationTerms.MaxInWorkspace)),
            .. Over(items.OfSpecs<SummaryRule>(), SummaryRule.MaxInWorkspace, (rule, count) => SummaryFindings.TooManyRules(rule.Id.Span, count, SummaryRule.MaxInWorkspace)),
        ];
    }

    private static IEnumerable<Finding> Over<T>(IEnumerable<T> rules, int limit, Func<T, int, Finding> finding) =>
        rules.ToList() is var all && all.Count > limit ? [finding(all[limit], all.Count)] : [];
}
