using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>An ARM template with one resource.</summary>
internal static class ArmTemplate
{
    /// <summary>The one parameter. The repositories deployment passes it under exactly this name, when it tests a template and when it
    /// deploys it; so it has no default, and a deployment by hand cannot go to a workspace that nobody named.</summary>
    public const string Workspace = "workspace";

    /// <summary>The template's text.</summary>
    public static string Write(OutputMap resource) => JsonText.WriteTemplate(OutputMap.Of(
        ("$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"),
        ("contentVersion", "1.0.0.0"),
        ("parameters", OutputMap.Of((Workspace, OutputMap.Of(
            ("type", "string"),
            ("metadata", OutputMap.Of(("description", "Name of the Log Analytics workspace that Microsoft Sentinel runs on."))))))),
        ("resources", OutputList.Of([resource]))));
}
