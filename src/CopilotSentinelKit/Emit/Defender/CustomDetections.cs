using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit.Emit.Defender;

/// <summary>Gives rules their form as custom detections of Defender.</summary>
internal static partial class CustomDetections
{
    /// <summary>The items, each rule with its custom detection, or with the reason why there is none, which is also a finding.</summary>
    /// <param name="pack">The project.</param>
    /// <param name="items">Its content.</param>
    /// <param name="queries">The rules' queries for Defender; null when the project does not read CloudAppEvents.</param>
    /// <param name="findings">Takes the reasons.</param>
    public static ImmutableArray<ContentItem> Add(ResolvedPack pack, ImmutableArray<ContentItem> items, ImmutableArray<AnalyzedDefenderQuery>? queries, List<Finding> findings)
    {
        if (queries is null)
        {
            findings.Add(DefenderFindings.NoSource(pack.Kit ?? new(new SourceFile("kit.yaml", ""), 0, 0)));
        }

        var byId = (queries ?? []).ToDictionary(query => query.Rendered.Id, StringComparer.Ordinal);
        return [.. items.Select(item => item is not AnalyticsRule rule ? item : byId.TryGetValue(rule.Id.Value, out var query) ? WithForm(rule, query, findings) : rule with { NoCustomDetection = "The project does not read CloudAppEvents." })];
    }

    private static AnalyticsRule WithForm(AnalyticsRule rule, AnalyzedDefenderQuery query, List<Finding> findings)
    {
        if (CustomDetectionReasons.Find(rule, query) is { } reason)
        {
            findings.Add(DefenderFindings.NoCustomDetection(rule.Id.Span, rule.Id.Value, reason));
            return rule with { NoCustomDetection = char.ToUpperInvariant(reason[0]) + reason[1..] + "." };
        }

        return rule with { CustomDetection = Of(rule, query) };
    }

    private static CustomDetection Of(AnalyticsRule rule, AnalyzedDefenderQuery query)
    {
        var schedule = query.Rendered.Schedule!;
        var tactic = TacticOf(rule.Attack);
        var title = rule.AlertDetails?.NameFormat?.Value ?? rule.Name.Value;
        var whole = DescriptionOf(rule);
        return new(rule.Id.Value, query.Rendered.Query!, schedule)
        {
            Title = Within(title, CustomDetection.TitleLimit),
            Description = Within(whole, CustomDetection.DescriptionLimit),
            RecommendedActions = string.Join("\n\n", rule.Notes.Paragraphs()) is { Length: > 0 } notes ? notes : null,
            Tactic = tactic,
            Techniques = [.. rule.Attack.Techniques.Select(technique => technique.Value).Where(technique => tactic is not null && BelongsTo(technique, tactic)).Distinct(StringComparer.Ordinal)],
            Entities = DefenderEntities.Of(rule),
            Differences = [.. Differences(rule, schedule, tactic, title.Length > CustomDetection.TitleLimit || whole.Length > CustomDetection.DescriptionLimit)],
        };
    }

    private static IEnumerable<string> Differences(AnalyticsRule rule, DefenderSchedule schedule, string? tactic, bool isShortened)
    {
        if (rule.Schedule is null)
        {
            yield return $"Runs each {DurationText.Short(schedule.Frequency)} and not near real time, where Defender takes neither let nor union nor ingestion_time().";
        }
        else if (rule.Schedule.Frequency.Value != schedule.Frequency)
        {
            yield return $"Runs each {DurationText.Short(schedule.Frequency)} and not each {DurationText.Short(rule.Schedule.Frequency.Value)}.";
        }

        if (rule.AlertDetails?.SeverityColumn is { } severity)
        {
            yield return $"Every alert is of severity {rule.Severity.Value}: Defender takes none from a column ({severity.Value}).";
        }

        if (rule.Attack.Tactics.Select(other => other.Value).Where(other => other != tactic).ToList() is { Count: > 0 } others)
        {
            yield return $"Defender takes one tactic; left out: {string.Join(", ", others)}.";
        }

        if (rule.Suppression is not null)
        {
            yield return "Defender suppresses nothing after an alert.";
        }

        if (rule.Incident is { Create: false })
        {
            yield return "Each alert becomes an incident, or part of one.";
        }

        if (DefenderEntities.LostTypes(rule) is { IsEmpty: false } lost)
        {
            yield return $"Entities that Defender does not take so: {string.Join(", ", lost)}.";
        }

        if (rule.AlertDetails is { TacticsColumn: not null } or { DynamicProperties.IsEmpty: false })
        {
            yield return "Tactics and other properties of an alert that come from columns are left out.";
        }

        if (isShortened)
        {
            yield return "Title or description were shortened.";
        }
    }

    // The first tactic that a technique of the rule belongs to says most.
    private static string? TacticOf(Attack attack) =>
        attack.Tactics.Select(tactic => tactic.Value).FirstOrDefault(tactic => attack.Techniques.Any(technique => BelongsTo(technique.Value, tactic))) ?? attack.Tactics.Select(tactic => tactic.Value).FirstOrDefault();

    private static bool BelongsTo(string technique, string tactic) =>
        (AttackCatalog.Instance.TacticsOf(technique) ?? AttackCatalog.Instance.TacticsOf(technique.Split('.')[0]) ?? []).Contains(tactic);

    // What keeps alerts apart or together in the portal stands at the start of the rule's description.
    private static string DescriptionOf(AnalyticsRule rule)
    {
        var own = rule.Description.Value.Trim();
        return rule.AlertDetails?.DescriptionFormat?.Value.Trim() is not { } format ? own
            : CorrelationTags.At(own) is { Length: > 0 } tags && CorrelationTags.At(format).Length == 0 ? $"{tags} {format}"
            : format;
    }

    private static string Within(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        // No column in braces is cut in two.
        var ends = SentenceEnd().Matches(text).Select(end => end.Index + 1).Where(end => end <= limit).ToList();
        var cut = ends.Count > 0 ? text[..ends[^1]] : text[..Math.Max(text.LastIndexOf(' ', limit - 3), 0)] + "...";
        return cut.LastIndexOf("{{", StringComparison.Ordinal) > cut.LastIndexOf("}}", StringComparison.Ordinal) ? cut[..cut.LastIndexOf("{{", StringComparison.Ordinal)].TrimEnd() + "..." : cut;
    }

    [GeneratedRegex(@"[.!?](?=\s)")]
    private static partial Regex SentenceEnd();
}
