using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>A template with a custom table and the data collection rule that fills it. Whoever deploys it needs other rights than those of Sentinel's
/// content, and once is enough, so it is neither tried by the repositories deployment nor part of the template with everything.</summary>
internal static class IngestionArm
{
    /// <summary>The folder of these templates in the output folder.</summary>
    public const string Folder = "arm/Ingestion/";

    /// <summary>The version of tables.</summary>
    private const string Tables = "2025-07-01";

    /// <summary>The version of data collection rules.</summary>
    private const string Rules = "2024-03-11";

    private const string Assignments = "2022-04-01";

    // Monitoring Metrics Publisher, the built-in role that may send to a data collection rule.
    private const string Publisher = "3913510d-42f4-4e42-8a64-420c390055eb";
    private const string Destination = "workspace";

    // A direct rule has an address of its own to send to.
    private const string Direct = "Direct";

    private static readonly ArmParameter Location = new(
        "location", "string", new ArmExpression("resourceGroup().location"), "Azure region of the workspace; the rule must be in the same one.");

    private static readonly ArmParameter Sender = new(
        "senderObjectId", "string", "", "Object id of the service principal or managed identity that sends the records, which gets the role Monitoring Metrics Publisher; none when empty.");

    /// <summary>The files.</summary>
    public static IEnumerable<Artifact> Write(IEnumerable<DataCollectionRule> rules) => rules.Select(rule => new Artifact(
        Artifact.PathOf(Folder.TrimEnd('/'), rule.FileName, ".ingestion.json"), Write(rule, rule.Flow!), rule.Id.Span));

    private static string Write(DataCollectionRule rule, DataFlow flow)
    {
        var name = new ArmParameter("ruleName", "string", "dcr-" + flow.Table.Replace('_', '-').ToLowerInvariant(), "Name of the data collection rule.");
        var ruleId = $"resourceId('Microsoft.Insights/dataCollectionRules',{name.Value.Code})";
        return ArmTemplate.Write(
            [ArmParameter.Workspace, Location, name, Sender],
            null,
            [Table(flow), Rule(rule, flow, name), Assignment(ruleId)],
            OutputMap.Of(
                ("logsIngestionEndpoint", Output($"reference({ruleId},'{Rules}').endpoints.logsIngestion")),
                ("ruleImmutableId", Output($"reference({ruleId},'{Rules}').immutableId")),
                ("stream", OutputMap.Of(("type", "string"), ("value", flow.Stream)))));
    }

    private static OutputMap Table(DataFlow flow) => OutputMap.Of(
        ("type", "Microsoft.OperationalInsights/workspaces/tables"),
        ("apiVersion", Tables),
        ("name", new ArmExpression($"concat({ArmParameter.Workspace.Value.Code},{ArmExpression.Literal("/" + flow.Table)})")),
        ("properties", OutputMap.Of(
            ("schema", OutputMap.Of(
                ("name", flow.Table),
                ("columns", OutputList.Of(flow.Stored.Select(column => Column(column, TableType(column.Type))))))))));

    private static OutputMap Rule(DataCollectionRule rule, DataFlow flow, ArmParameter name) => OutputMap.Of(
        ("type", "Microsoft.Insights/dataCollectionRules"),
        ("apiVersion", Rules),
        ("name", name.Value),
        ("location", Location.Value),
        ("kind", Direct),
        ("dependsOn", OutputList.Of([(OutputNode)new ArmExpression($"resourceId('Microsoft.OperationalInsights/workspaces/tables',{ArmParameter.Workspace.Value.Code},{ArmExpression.Literal(flow.Table)})")])),
        ("properties", OutputMap.Of(
            ("description", ContentTexts.Summary(rule)),
            ("streamDeclarations", new OutputMap([(flow.Stream, OutputMap.Of(("columns", OutputList.Of(flow.Sent.Select(column => Column(column, column.Type))))))])),
            ("destinations", OutputMap.Of(("logAnalytics", OutputList.Of([(OutputNode)OutputMap.Of(
                ("workspaceResourceId", new ArmExpression($"resourceId('Microsoft.OperationalInsights/workspaces',{ArmParameter.Workspace.Value.Code})")),
                ("name", Destination))])))),
            ("dataFlows", OutputList.Of([(OutputNode)OutputMap.Of(
                ("streams", OutputList.Of([flow.Stream])),
                ("destinations", OutputList.Of([Destination])),
                ("transformKql", rule.Transformations[0].Kql.Text),
                ("outputStream", "Custom-" + flow.Table))])))));

    private static OutputMap Assignment(string ruleId) => OutputMap.Of(
        ("condition", new ArmExpression($"not(empty({Sender.Value.Code}))")),
        ("type", "Microsoft.Authorization/roleAssignments"),
        ("apiVersion", Assignments),
        ("name", new ArmExpression($"guid({ruleId},{Sender.Value.Code},'{Publisher}')")),
        ("scope", new ArmExpression(ruleId)),
        ("dependsOn", OutputList.Of([(OutputNode)new ArmExpression(ruleId)])),
        ("properties", OutputMap.Of(
            ("roleDefinitionId", new ArmExpression($"subscriptionResourceId('Microsoft.Authorization/roleDefinitions','{Publisher}')")),
            ("principalId", Sender.Value),
            ("principalType", "ServicePrincipal"))));

    private static OutputMap Output(string code) => OutputMap.Of(("type", "string"), ("value", new ArmExpression(code)));

    private static OutputMap Column(Column column, string type) => OutputMap.Of(("name", column.Name), ("type", type));

    // Tables and streams name types differently.
    private static string TableType(string type) => type switch
    {
        "datetime" => "dateTime",
        "bool" => "boolean",
        _ => type,
    };
}
