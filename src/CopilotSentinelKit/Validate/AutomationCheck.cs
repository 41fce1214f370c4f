using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>An automation rule: its limits, what its trigger allows, and what its actions demand of one another.</summary>
internal static class AutomationCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context) =>
        item is AutomationRule rule ? Limits(rule).Concat(Targets(rule)).Concat(rule.Actions.SelectMany(action => Action(rule, action))) : [];

    private static IEnumerable<Finding> Limits(AutomationRule rule)
    {
        // The reader of specs has said so of theirs.
        if (rule.Order.Value is < 1 or > AutomationTerms.MaxOrder)
        {
            yield return AutomationFindings.OrderRange(rule.Order.Span, rule.Order.Value);
        }

        // Specs have a limit of their own, which is lower.
        if (rule.Name.Value.Length > AutomationTerms.MaxName && rule.Origin != ContentOrigin.Spec)
        {
            yield return AutomationFindings.NameTooLong(rule.Name.Span, rule.Name.Value.Length, AutomationTerms.MaxName);
        }

        // The detections that a rule names are one condition.
        var conditions = rule.Conditions.Length + (rule.Targets.IsEmpty ? 0 : 1);
        if (conditions > AutomationTerms.MaxConditions)
        {
            yield return AutomationFindings.TooManyConditions(rule.Conditions[^1].Span, conditions, AutomationTerms.MaxConditions);
        }

        if (rule.Actions.Length > AutomationTerms.MaxActions)
        {
            yield return AutomationFindings.TooManyActions(rule.Actions[AutomationTerms.MaxActions].Span, rule.Actions.Length, AutomationTerms.MaxActions);
        }
    }

    private static IEnumerable<Finding> Targets(AutomationRule rule) => rule.IsOfIncidents
        ? rule.Targets.Where(target => !target.MakesIncidents).Select(target => AutomationFindings.TargetMakesNoIncidents(target.Id.Span, target.Id.Value))
        : [];

    private static IEnumerable<Finding> Action(AutomationRule rule, AutomationAction action)
    {
        if (!rule.IsOfIncidents && action is not PlaybookAction)
        {
            yield return AutomationFindings.ActionNotOnAlerts(action.Span);
        }

        if (action is not ChangeAction change)
        {
            yield break;
        }

        if (change is { Severity: null, Status: null, Classification: null, Owner: null, Tags.IsEmpty: true })
        {
            yield return AutomationFindings.ChangesNothing(change.Span);
        }

        if (change.Reason is { } reason && change.Classification?.Value is var classification
            && (classification is null || !AutomationTerms.ReasonsOf(classification).Contains(reason.Value)))
        {
            yield return AutomationFindings.ReasonOfAnother(reason.Span, reason.Value, classification, classification is null ? [] : AutomationTerms.ReasonsOf(classification));
        }

        if (change is { Status: { Value: "Closed" } closed, Classification: null })
        {
            yield return AutomationFindings.ClosedWithout(closed.Span);
        }

        if (change.Classification is { } given && change.Status?.Value != "Closed")
        {
            yield return AutomationFindings.ClassifiedOpen(given.Span);
        }
    }
}
