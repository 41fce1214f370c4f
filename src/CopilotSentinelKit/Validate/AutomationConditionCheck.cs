using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Conditions of an automation rule that its trigger does not have, and those that never hold.</summary>
internal static class AutomationConditionCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not AutomationRule rule)
        {
            yield break;
        }

        var properties = rule.Conditions.SelectMany(Properties).ToList();
        foreach (var condition in properties)
        {
            if (!rule.IsOfIncidents && condition.Property.Value.StartsWith("Incident", StringComparison.Ordinal))
            {
                yield return AutomationFindings.ConditionNotOnAlerts(condition.Property.Span, condition.Property.Value);
            }

            foreach (var finding in UnknownValues(condition.Property.Value, IsExact(condition) ? condition.Values : []).Concat(context.ForPortal ? InPortal(condition) : []))
            {
                yield return finding;
            }
        }

        foreach (var change in rule.Conditions.Where(condition => condition is ChangeCondition or AdditionCondition && rule.Trigger.Value != AutomationTrigger.IncidentUpdated))
        {
            yield return AutomationFindings.ConditionNeedsUpdate(change.Span);
        }

        foreach (var finding in rule.Conditions.OfType<ChangeCondition>().SelectMany(change => UnknownValues(change.Property.Value, change.Values)).Concat(Contradictions(rule)))
        {
            yield return finding;
        }
    }

    private static IEnumerable<PropertyCondition> Properties(AutomationCondition condition) => condition switch
    {
        PropertyCondition property => [property],
        AnyCondition any => any.Any,
        _ => [],
    };

    private static bool IsExact(PropertyCondition condition) => condition.Operator.Value is "Equals" or "NotEquals";

    private static IEnumerable<Finding> UnknownValues(string property, ImmutableArray<Spanned<string>> values) =>
        AutomationTerms.Values.TryGetValue(property, out var known)
            ? values.Where(value => !known.Contains(value.Value, StringComparer.OrdinalIgnoreCase)).Select(value => AutomationFindings.UnknownValue(value.Span, value.Value, property, known))
            : [];

    private static IEnumerable<Finding> InPortal(PropertyCondition condition) => condition.Property.Value switch
    {
        "IncidentTitle" => [AutomationFindings.TitleDecides(condition.Property.Span)],
        "IncidentProviderName" => [AutomationFindings.ProviderIsDefender(condition.Property.Span)],
        _ => [],
    };

    // Properties with one value at a time: two lists without a common value leave nothing.
    private static IEnumerable<Finding> Contradictions(AutomationRule rule) =>
        from property in rule.Conditions.OfType<PropertyCondition>().Where(condition => IsExact(condition) && AutomationTerms.Values.ContainsKey(condition.Property.Value)).GroupBy(condition => condition.Property.Value, StringComparer.Ordinal)
        where !property.Aggregate(AutomationTerms.Values[property.Key].AsEnumerable(), (left, condition) => condition.IsNegative
            ? left.Except(condition.Values.Select(value => value.Value), StringComparer.OrdinalIgnoreCase)
            : left.Intersect(condition.Values.Select(value => value.Value), StringComparer.OrdinalIgnoreCase)).Any()
            && property.All(condition => !UnknownValues(condition.Property.Value, condition.Values).Any())
        select AutomationFindings.NeverHolds(property.Last().Property.Span, property.Key);
}
