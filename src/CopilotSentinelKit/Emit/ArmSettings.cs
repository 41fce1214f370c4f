using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>What a template leaves to its parameters.</summary>
/// <param name="Enabled">Whether a rule runs.</param>
/// <param name="Severity">The severity of a rule's alerts.</param>
/// <param name="Location">Where a workbook is kept.</param>
/// <param name="Query">The query of a rule or hunt.</param>
internal sealed record ArmSettings(
    Func<AnalyticsRule, OutputNode> Enabled, Func<AnalyticsRule, OutputNode> Severity, OutputNode Location, Func<ContentItem, Query, OutputNode> Query)
{
    /// <summary>Parameters of a file with one resource.</summary>
    public static ArmSettings OfFile { get; } = new(
        rule => ArmParameter.Enabled(rule).Value, rule => ArmParameter.Severity(rule).Value, ArmParameter.Location.Value,
        (item, query) => ArmQueryText.Write(query, item.QueryParameters, parameter => ArmParameter.Of(parameter).Value));

    /// <summary>The values themselves, for forms that have parameters of their own.</summary>
    public static ArmSettings Plain { get; } = new(rule => rule.Enabled, rule => rule.Severity.Value.ToString(), ArmParameter.Location.Value, (_, query) => query.Text);
}
