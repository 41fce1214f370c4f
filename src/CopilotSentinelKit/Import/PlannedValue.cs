using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Import;

/// <summary>What of a property is compared with a workspace: not what only the deployment or the service knows.</summary>
internal static partial class PlannedValue
{
    // Parameters of the deployment.
    private static readonly string[] OfDeployment = ["logicAppResourceId", "tenantId"];

    /// <summary>A value as it is compared.</summary>
    /// <param name="item">What it belongs to.</param>
    /// <param name="value">The value, or null.</param>
    /// <param name="own">For a value of the workspace that of the project: the service fills in what a summary rule leaves out.</param>
    public static OutputNode? Of(ContentItem item, OutputNode? value, OutputNode? own = null) => (item, value) switch
    {
        (AutomationRule, { } written) => WithRules(written),
        (SummaryRule, OutputMap map) when own is OutputMap keys => new OutputMap([.. map.Entries.Where(entry => keys.Entries.Any(other => other.Key == entry.Key))]),
        _ => value,
    };

    // An analytics rule is an id in the workspace, and an expression that makes one in a template.
    private static OutputNode WithRules(OutputNode node) => node switch
    {
        OutputText text when RuleId().Match(text.Value) is { Success: true } rule => rule.Groups[1].Value.ToLowerInvariant(),
        ArmExpression expression when RuleId().Match(expression.Code) is { Success: true } rule => rule.Groups[1].Value.ToLowerInvariant(),
        OutputList list => new OutputList([.. list.Items.Select(WithRules)]),
        OutputMap map => new OutputMap([.. map.Entries.Where(entry => !OfDeployment.Contains(entry.Key)).Select(entry => (entry.Key, WithRules(entry.Value)))]),
        _ => node,
    };

    [GeneratedRegex("alertRules(?:/|', ?')([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})", RegexOptions.IgnoreCase)]
    private static partial Regex RuleId();
}
