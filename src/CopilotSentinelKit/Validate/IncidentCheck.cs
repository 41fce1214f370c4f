using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>How alerts are grouped into incidents: the lookback, and that what they are grouped by is in the rule.</summary>
internal static class IncidentCheck
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);
    private static readonly string[] AlertDetails = ["DisplayName", "Severity"];

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not AnalyticsRule { Incident.Grouping: { } grouping } rule)
        {
            yield break;
        }

        var isWritten = rule.Origin == ContentOrigin.Spec || grouping.Lookback.Value > TimeSpan.Zero;
        if (isWritten && (grouping.Lookback.Value < Shortest || grouping.Lookback.Value > Longest))
        {
            yield return ScheduleFindings.GroupingLookbackRange(grouping.Lookback.Span, grouping.Lookback.Value, Shortest, Longest);
        }

        var selected = grouping.Entities.Concat(grouping.AlertDetails).Concat(grouping.CustomDetails);
        if (grouping.Matching.Value != MatchingMethod.Selected)
        {
            foreach (var ignored in selected.Take(1))
            {
                yield return ScheduleFindings.SelectionIgnored(ignored.Span, grouping.Matching.Value.ToString());
            }
        }
        else if (!selected.Any())
        {
            yield return ScheduleFindings.NothingSelected(grouping.Matching.Span);
        }

        var entities = rule.Entities.Select(entity => entity.Type.Value).ToImmutableHashSet(StringComparer.Ordinal);
        foreach (var type in Missing(grouping.Entities, entities))
        {
            yield return ScheduleFindings.GroupingEntityNotMapped(type.Span, type.Value, entities);
        }

        var details = rule.CustomDetails.Select(detail => detail.Key.Value).ToImmutableHashSet(StringComparer.Ordinal);
        foreach (var key in Missing(grouping.CustomDetails, details))
        {
            yield return ScheduleFindings.GroupingDetailUnknown(key.Span, key.Value, details);
        }

        foreach (var detail in Missing(grouping.AlertDetails, AlertDetails))
        {
            yield return ScheduleFindings.GroupingAlertDetailUnknown(detail.Span, detail.Value, AlertDetails);
        }
    }

    private static IEnumerable<Spanned<string>> Missing(ImmutableArray<Spanned<string>> names, IReadOnlyCollection<string> known) =>
        names.Where(name => !known.Contains(name.Value));
}
