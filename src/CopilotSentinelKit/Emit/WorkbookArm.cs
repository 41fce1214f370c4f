
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>The ARM resource of a workbook.</summary>
internal static class WorkbookArm
{
    /// <summary>The version of workbooks.</summary>
    public const string Version = "2023-06-01";

    /// <summary>A shared workbook in Sentinel's gallery. Its name is a GUID of the workspace and the content, so that two workspaces of one
    /// resource group have one each; <c>serializedData</c> starts with a brace, so ARM never takes it for an expression.</summary>
    public static OutputMap Resource(Workbook workbook, ArmSettings settings) => OutputMap.Of(
        ("type", "Microsoft.Insights/workbooks"),
        ("apiVersion", Version),
        ("name", new ArmExpression($"guid({WorkspaceId},{ArmExpression.Literal(workbook.Guid.ToString())})")),
        ("location", settings.Location),
        ("kind", "shared"),
        ("properties", OutputMap.Of(
            ("displayName", workbook.Name.Value),
            ("serializedData", JsonText.WriteCompact(WorkbookJson.Of(workbook))),
            ("version", "Notebook/1.0"),
            ("category", "sentinel"),
            ("sourceId", new ArmExpression(WorkspaceId)),
            ("description", workbook.Description.Value.TrimEnd('\n')))));

    private static readonly string WorkspaceId = $"resourceId('Microsoft.OperationalInsights/workspaces',{ArmParameter.Workspace.Value.Code})";
}
