using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>What a template leaves to its parameters.</summary>
/// <param name="Enabled">Whether a rule runs.</param>
/// <param name="Severity">The severity of a rule's alerts.</param>
/// <param name="Location">Where a workbook is kept.</param>
internal sealed record ArmSettings(Func<AnalyticsRule, OutputNode> Enabled, Func<AnalyticsRule, OutputNode> Severity, OutputNode Location)
{
    /// <summary>Parameters of a file with one resource.</summary>
    public static ArmSettings OfFile { get; } = new(
        rule => ArmParameter.Enabled(rule).Value, rule => ArmParameter.Severity(rule).Value, ArmParameter.Location.Value);

    /// <summary>The values themselves, for forms that have parameters of their own.</summary>
    public static ArmSettings Plain { get; } = new(rule => rule.Enabled, rule => rule.Severity.Value.ToString(), ArmParameter.Location.Value);
}
