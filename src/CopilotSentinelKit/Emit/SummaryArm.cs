using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>The ARM resource of a summary rule. Sentinel's repository connections do not take it, and it needs the role Log Analytics Contributor.</summary>
internal static class SummaryArm
{
    /// <summary>The folder of these templates in the output folder.</summary>
    public const string Folder = "arm/SummaryRules/";

    /// <summary>The version of summary rules.</summary>
    public const string Version = "2025-07-01";

    private const string Type = "Microsoft.OperationalInsights/workspaces/summaryLogs";

    /// <summary>The resource.</summary>
    public static OutputMap Resource(SummaryRule rule) => OutputMap.Of(
        ("type", Type),
        ("apiVersion", Version),
        ("name", new ArmExpression($"concat({ArmParameter.Workspace.Value.Code},{ArmExpression.Literal("/" + rule.FileName)})")),
        ("properties", OutputMap.Of(
            ("ruleType", "User"),
            ("displayName", rule.Name.Value),
            ("description", ContentTexts.Summary(rule)),
            ("ruleDefinition", OutputMap.Of(
                ("query", rule.Query.Text),
                ("binSize", Minutes(rule.Bin.Value)),
                ("binDelay", rule.Delay is { } delay ? Minutes(delay.Value) : null),
                ("binStartTime", rule.Start?.Value),
                ("timeSelector", "TimeGenerated"),
                ("destinationTable", rule.Table.Value))))));

    /// <summary>The form of Microsoft's Sentinel repository.</summary>
    public static OutputMap Yaml(SummaryRule rule) => OutputMap.Of(
        ("id", rule.Guid.ToString()),
        ("displayName", rule.Name.Value),
        ("description", ContentTexts.OfYaml(rule)),
        ("requiredDataConnectors", CommunityYaml.Connectors(rule)),
        ("destinationTable", rule.Table.Value),
        ("query", rule.Query.Text),
        ("binSize", Minutes(rule.Bin.Value)),
        ("binDelay", rule.Delay is { } delay ? Minutes(delay.Value) : null),
        ("binStartTime", rule.Start?.Value),
        ("version", rule.Version.Value));

    /// <summary>The id of a summary rule in the workspace.</summary>
    public static ArmExpression IdOf(SummaryRule rule) =>
        new($"resourceId('{Type}',{ArmParameter.Workspace.Value.Code},{ArmExpression.Literal(rule.FileName)})");

    private static int Minutes(TimeSpan time) => (int)time.TotalMinutes;
}
