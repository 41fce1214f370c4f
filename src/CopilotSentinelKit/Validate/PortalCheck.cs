using System.Text.RegularExpressions;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using static CopilotSentinelKit.Kql.Text.UserText;

namespace CopilotSentinelKit.Validate;

/// <summary>What changes for a rule when Sentinel is only in the Defender portal, for those who ask.</summary>
internal static partial class PortalCheck
{
    private static readonly string[] AccountIds = ["FullName", "AadUserId", "Sid", "UPNSuffix", "ObjectGuid", "PUID"];

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context) =>
        context.ForPortal && item is AnalyticsRule { IsDeprecated: false } rule ? Check(rule, analysis, context.Schema.Catalog) : [];

    private static IEnumerable<Finding> Check(AnalyticsRule rule, KqlAnalysis? analysis, TableCatalog catalog)
    {
        if (rule.Incident is { Create: false })
        {
            yield return DefenderFindings.InvisibleAlerts(rule.Name.Span, rule.Name.Value);
        }
        else if (rule.Incident?.Grouping is { } grouping)
        {
            yield return DefenderFindings.GroupingDecidesNothing(grouping.Matching.Span);
        }

        foreach (var account in rule.Entities.Where(entity => entity.Type.Value == "Account" && !entity.Fields.Any(field => AccountIds.Contains(field.Identifier.Value))))
        {
            yield return DefenderFindings.AccountWithoutName(account.Type.Span);
        }

        if (CorrelationTags.Misplaced(rule.Description.Value) is { } tag)
        {
            yield return DefenderFindings.MisplacedTag(rule.Description.Span, tag);
        }

        // Of another workspace nothing is known, so names of it are errors to Kusto.Language.
        if (rule.GetQuery() is not null && analysis is not null && (!analysis.HasErrors() || ReadsElsewhere(rule) is not null))
        {
            yield return WhyNot(rule, analysis, catalog) is { } reason
                ? DefenderFindings.CannotBecomeDetection(rule.Name.Span, rule.Name.Value, reason)
                : DefenderFindings.CanBecomeDetection(rule.Name.Span, rule.Name.Value, [.. Losses(rule, analysis)]);
        }
    }

    private static string? WhyNot(AnalyticsRule rule, KqlAnalysis analysis, TableCatalog catalog)
    {
        var ofDefender = analysis.Tables.FirstOrDefault(table => catalog.FindDefender(table) is { } columns && columns.Any(column => column.Name == "ReportId"));
        return CustomDetection.WhyNotTriggered(rule) is { } trigger ? trigger
            : ReadsElsewhere(rule) is { } call
                ? $"it reads another workspace or service by {call}()"
            : ofDefender is not null && rule.Schedule is { } schedule && DefenderSchedule.For(schedule.Frequency.Value, schedule.Period.Value) is null
                ? "Defender runs a detection over its own tables at least once a day, and reads back at most 30 days"
            : DefenderEntities.WhyNotEnough(rule) is { } entities ? entities
            : analysis.GetAllColumns() is not { } columns ? null
            : ofDefender is not null && columns.All(column => column.Name != "ReportId")
                ? $"its result lacks ReportId, which ties an alert to its event in {Shown(ofDefender)}"
            : columns.All(column => column.Name is not ("TimeGenerated" or "Timestamp"))
                ? "its result has no time of an event: return TimeGenerated, or Timestamp of Defender's tables"
            : null;
    }

    // In the text: what names another workspace is not analysed.
    private static string? ReadsElsewhere(AnalyticsRule rule) => KqlComments.InCode(rule.Query.Text, Elsewhere().Matches(rule.Query.Text)).FirstOrDefault()?.Groups[1].Value;

    private static IEnumerable<string> Losses(AnalyticsRule rule, KqlAnalysis analysis)
    {
        if (rule.Schedule is null && analysis.Tree is { } tree && tree.OfKind("LetStatement", "JoinOperator", "UnionOperator", "LookupOperator").Any())
        {
            yield return "near real time (its query has let, join, lookup or union)";
        }

        if (rule.Attack.Tactics.Length > 1)
        {
            yield return "all tactics but one";
        }

        if (rule.Suppression is not null)
        {
            yield return "suppression";
        }

        if (rule.AlertDetails is { SeverityColumn: not null } or { TacticsColumn: not null } or { DynamicProperties.IsEmpty: false })
        {
            yield return "severity, tactics and properties from columns";
        }

        if (rule.Incident is { Create: false } or { Grouping: not null })
        {
            yield return "its settings of incidents";
        }

        if (DefenderEntities.LostTypes(rule) is { IsEmpty: false } lost)
        {
            yield return "entities of type " + string.Join(" and ", lost);
        }
    }

    [GeneratedRegex(@"(?<![\w.])(workspace|app|resource|cluster|database|adx|arg)\s*\(\s*[""']")]
    private static partial Regex Elsewhere();
}
