using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>ARM templates.</summary>
internal static class ArmTemplate
{
    /// <summary>The schema of templates for a resource group.</summary>
    public const string Schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

    /// <summary>The template of one piece of content.</summary>
    public static string Write(ContentItem item) =>
        Write([ArmParameter.Workspace, .. Parameters(item)], null, [ContentKind.Of(item).Resource(item, ArmSettings.OfFile)]);

    /// <summary>A template.</summary>
    public static string Write(ImmutableArray<ArmParameter> parameters, OutputMap? variables, IEnumerable<OutputMap> resources, OutputMap? outputs = null) => JsonText.WriteTemplate(OutputMap.Of(
        ("$schema", Schema),
        ("contentVersion", "1.0.0.0"),
        ("parameters", new OutputMap([.. parameters.Select(parameter => (parameter.Name, (OutputNode)parameter.Declaration))])),
        ("variables", variables),
        ("resources", OutputList.Of(resources)),
        ("outputs", outputs)));

    private static ImmutableArray<ArmParameter> Parameters(ContentItem item) => item switch
    {
        AnalyticsRule rule => [ArmParameter.Enabled(rule), ArmParameter.Severity(rule), .. ArmParameter.OfQuery(rule)],
        HuntingQuery => ArmParameter.OfQuery(item),
        Workbook => [ArmParameter.Location],
        AutomationRule rule => AutomationArm.Parameters([rule]),
        _ => [],
    };
}
