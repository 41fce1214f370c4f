using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit.Solutions;

/// <summary>createUiDefinition.json: what the portal asks and shows before it installs a solution.</summary>
internal static class SolutionForm
{
    private const string Workspaces = "basics('getLAWorkspace').value, (filter) => contains(toLower(filter.id), toLower(resourceGroup().name))";

    // What an installation needs in the subscription.
    private static readonly string[] Providers =
    [
        "Microsoft.OperationsManagement/solutions",
        "Microsoft.OperationalInsights/workspaces/providers/alertRules",
        "Microsoft.Insights/workbooks",
        "Microsoft.Logic/workflows",
    ];

    // The name, label and first words of a step for each kind that the portal has one for.
    private static readonly ImmutableArray<(string Kind, string Step, string Item, string Label, string Words, string Link)> Steps =
    [
        ("Workbook", "workbooks", "workbook", "Workbooks", "Workbooks of this solution. Open them under Workbooks in Microsoft Sentinel once it is installed.", "https://learn.microsoft.com/azure/sentinel/monitor-your-data"),
        ("AnalyticsRule", "analytics", "analytic", "Analytics", "Templates of analytics rules. Once the solution is installed, create rules from them under Analytics in Microsoft Sentinel.", "https://learn.microsoft.com/azure/sentinel/create-analytics-rules"),
        ("HuntingQuery", "huntingqueries", "huntingquery", "Hunting Queries", "Hunting queries. Once the solution is installed, run them under Hunting in Microsoft Sentinel.", "https://learn.microsoft.com/azure/sentinel/hunting"),
        ("Watchlist", "watchlists", "watchlist", "Watchlists", "Watchlists that rules read. Fill them under Watchlist in Microsoft Sentinel.", "https://learn.microsoft.com/azure/sentinel/watchlists"),
    ];

    /// <summary>The form of a solution.</summary>
    public static OutputMap Of(SolutionParties parties, ImmutableArray<SolutionItem> items) => OutputMap.Of(
        ("$schema", "https://schema.management.azure.com/schemas/0.1.2-preview/CreateUIDefinition.MultiVm.json#"),
        ("handler", "Microsoft.Azure.CreateUIDef"),
        ("version", "0.1.2-preview"),
        ("parameters", OutputMap.Of(
            ("config", OutputMap.Of(
                ("isWizard", false),
                ("basics", OutputMap.Of(
                    ("description", $"{parties.Logo}\n\n{parties.Spec.Description}\n\n{Counts(items)}"),
                    ("subscription", OutputMap.Of(("resourceProviders", OutputList.Of(Providers)))),
                    ("location", OutputMap.Of(("metadata", OutputMap.Of(("hidden", "It is that of the workspace."))), ("visible", false))),
                    ("resourceGroup", OutputMap.Of(("allowExisting", true))))))),
            ("basics", OutputList.Of([AllWorkspaces(), Workspace()])),
            ("steps", OutputList.Of(Steps.Select(step => (Step: step, Items: items.Where(item => item.Kind.Name == step.Kind).ToList())).Where(step => step.Items.Count > 0).Select(step => Step(step.Step, step.Items)))),
            ("outputs", OutputMap.Of(
                // The first that names the list is taken for its value.
                ("workspace", new ArmExpression("basics('workspace')")),
                ("location", new ArmExpression("location()")),
                ("workspace-location", new ArmExpression(
                    "first(map(filter(basics('getLAWorkspace').value, (filter) => and(contains(toLower(filter.id), toLower(resourceGroup().name)),equals(filter.name,basics('workspace')))), (item) => item.location))")))))));

    /// <summary>How many there are of each kind, in Markdown.</summary>
    public static string Counts(ImmutableArray<SolutionItem> items) =>
        string.Join(", ", items.GroupBy(item => item.Kind.Folder).Select(kind => FormattableString.Invariant($"**{kind.Key}:** {kind.Count()}")));

    private static OutputMap AllWorkspaces() => OutputMap.Of(
        ("name", "getLAWorkspace"),
        ("type", "Microsoft.Solutions.ArmApiControl"),
        ("toolTip", "Workspaces of the resource group"),
        ("condition", new ArmExpression("greater(length(resourceGroup().name),0)")),
        ("request", OutputMap.Of(
            ("method", "GET"),
            ("path", new ArmExpression("concat(subscription().id,'/providers/Microsoft.OperationalInsights/workspaces?api-version=2020-08-01')")))));

    private static OutputMap Workspace() => OutputMap.Of(
        ("name", "workspace"),
        ("type", "Microsoft.Common.DropDown"),
        ("label", "Workspace"),
        ("placeholder", "Select a workspace"),
        ("toolTip", "The workspaces of the resource group above"),
        ("constraints", OutputMap.Of(
            ("allowedValues", new ArmExpression($"map(filter({Workspaces}), (item) => parse(concat('{{\"label\":\"', item.name, '\",\"value\":\"', item.name, '\"}}')))")),
            ("required", true))),
        ("visible", true));

    private static OutputMap Step((string Kind, string Step, string Item, string Label, string Words, string Link) step, List<SolutionItem> items) => OutputMap.Of(
        ("name", step.Step),
        ("label", step.Label),
        ("bladeTitle", step.Label),
        ("elements", OutputList.Of(
        [
            Text(step.Step + "-text", step.Words),
            OutputMap.Of(
                ("name", step.Step + "-link"),
                ("type", "Microsoft.Common.TextBlock"),
                ("options", OutputMap.Of(("link", OutputMap.Of(("label", "Learn more"), ("uri", step.Link)))))),
            .. items.Select(item => OutputMap.Of(
                ("name", FormattableString.Invariant($"{step.Item}{item.Number}")),
                ("type", "Microsoft.Common.Section"),
                ("label", item.Content.Name.Value),
                ("elements", OutputList.Of([Text(FormattableString.Invariant($"{step.Item}{item.Number}-text"), Words(item.Content))])))),
        ])));

    // Hunts have no field for the connectors that they need.
    private static string Words(ContentItem item) => item is HuntingQuery { RequiredConnectors: [_, ..] connectors }
        ? ContentTexts.Summary(item).Trim() + " It needs " + string.Join(" or ", connectors.Select(connector => $"the data connector {connector.ConnectorId} ({string.Join(", ", connector.DataTypes)})")) + "."
        : ContentTexts.Summary(item).Trim();

    private static OutputMap Text(string name, string text) => OutputMap.Of(
        ("name", name), ("type", "Microsoft.Common.TextBlock"), ("options", OutputMap.Of(("text", text))));
}
