using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>A parameter of a template; a parameter file gives it another value for one workspace.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">string, bool or object.</param>
/// <param name="Default">Its value when nothing else is said, or null where something must be.</param>
/// <param name="Description">What it does.</param>
internal sealed record ArmParameter(string Name, string Type, OutputNode? Default, string Description)
{
    private static readonly ImmutableArray<string> Severities = [.. Enum.GetNames<AlertSeverity>()];

    /// <summary>The repositories deployment passes it under exactly this name, when it tests a template and when it deploys it; so it has no
    /// default, and a deployment by hand cannot go to a workspace that nobody named.</summary>
    public static ArmParameter Workspace { get; } = new("workspace", "string", null, "Name of the Log Analytics workspace that Microsoft Sentinel runs on.");

    /// <summary>Where workbooks are kept.</summary>
    public static ArmParameter Location { get; } = new("location", "string", new ArmExpression("resourceGroup().location"), "Azure region that keeps the workbook.");

    /// <summary>Whether a rule runs.</summary>
    public static ArmParameter Enabled(AnalyticsRule rule) => new("enabled", "bool", rule.Enabled, "Whether the rule runs.");

    /// <summary>The severity of a rule's alerts.</summary>
    public static ArmParameter Severity(AnalyticsRule rule) => new("severity", "string", rule.Severity.Value.ToString(), "Severity of the rule's alerts.") { Allowed = Severities };

    /// <summary>The values that it can have; any when empty.</summary>
    public ImmutableArray<string> Allowed { get; init; } = [];

    /// <summary>What stands for its value.</summary>
    public ArmExpression Value => new($"parameters('{Name}')");

    /// <summary>Its declaration.</summary>
    public OutputMap Declaration => OutputMap.Of(
        ("type", Type),
        ("defaultValue", Default),
        ("allowedValues", Allowed.IsEmpty ? null : OutputList.Of(Allowed)),
        ("metadata", OutputMap.Of(("description", Description))));
}
