using System.Collections.Frozen;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Runs of a rule overlap where events come late, and do not raise the same alert again where they overlap.</summary>
internal static class OverlapCheck
{
    // Audit and sign-in records that their services hand over in batches, or minutes after the fact by their own documentation.
    private static readonly FrozenSet<string> Late = FrozenSet.Create(
        StringComparer.Ordinal,
        "AADManagedIdentitySignInLogs", "AADNonInteractiveUserSignInLogs", "AADServicePrincipalSignInLogs", "AADUserRiskEvents", "AuditLogs",
        "AWSCloudTrail", "AzureActivity", "CloudAppEvents", "CopilotActivity", "Dynamics365Activity", "GCPAuditLogs", "MicrosoftGraphActivityLogs",
        "MicrosoftPurviewInformationProtection", "OfficeActivity", "PowerBIActivity", "PowerPlatformAdminActivity", "SigninLogs");

    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not AnalyticsRule { Kind.Value: RuleKind.Scheduled, Schedule: { Period.Value.Ticks: > 0, Frequency.Value.Ticks: > 0 } schedule } rule
            || analysis?.Tree is not { } tree || analysis.HasErrors() || tree.SelfAndDescendants().Any(TimeFilter.IsIngestionTime))
        {
            yield break;
        }

        var (frequency, period) = (schedule.Frequency.Value, schedule.Period.Value);
        if (period == frequency)
        {
            var tables = analysis.Tables.Concat(rule.RequiredConnectors.SelectMany(connector => connector.DataTypes));
            if (tables.FirstOrDefault(Late.Contains) is { } table)
            {
                yield return ScheduleMeaningFindings.NoOverlap(schedule.Period.Span, period, table);
            }
        }
        else if (period > frequency && rule.Suppression is null && tree.Result() is { } result && !IsSeenOnce(tree, result, frequency))
        {
            yield return ScheduleMeaningFindings.Repeats(schedule.Period.Span, period, frequency);
        }
    }

    // Grouping says something new in each run; a join or a filter on the last run's events may well say which rows are new.
    private static bool IsSeenOnce(SyntaxNode tree, SyntaxNode result, TimeSpan frequency) =>
        TimeFilter.In(tree).Any(filter => filter.IsLower && filter.BeforeNow <= frequency)
        || result.SelfAndDescendants().Concat(Pipeline.Of(result).Operators).Any(node => node.Kind is
            "SummarizeOperator" or "DistinctOperator" or "MakeSeriesOperator" or "JoinOperator" or "LookupOperator" or "CountOperator"
            or "TopNestedOperator" or "ReduceByOperator" or "EvaluateOperator" or "InvokeOperator" or "ScanOperator" or "PartitionOperator");
}
