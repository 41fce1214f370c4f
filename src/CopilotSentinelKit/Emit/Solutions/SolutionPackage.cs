using System.Collections.Immutable;
using System.Net;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit.Solutions;

/// <summary>mainTemplate.json of a solution: a template of each piece of content for Content Hub, and the package that holds them together.</summary>
internal static class SolutionPackage
{
    private const string Hub = "2023-04-01-preview";

    private static readonly ArmExpression Location = new("parameters('workspace-location')");

    // Of the workspace, which the portal passes; a deployment by hand is where its resource group is.
    private static readonly ImmutableArray<ArmParameter> Fixed =
    [
        ArmParameter.Location with { Description = "Azure region of the resource group." },
        new("workspace-location", "string", ArmParameter.Location.Value, "Azure region of the workspace."),
        ArmParameter.Workspace,
    ];

    /// <summary>The template.</summary>
    public static string Write(SolutionParties parties, ImmutableArray<SolutionItem> items) => JsonText.WriteTemplate(OutputMap.Of(
        ("$schema", ArmTemplate.Schema),
        ("contentVersion", "1.0.0.0"),
        ("metadata", OutputMap.Of(("author", parties.Publisher), ("comments", "Solution template for " + parties.Spec.Name.Value))),
        ("parameters", Parameters(items)),
        ("variables", new OutputMap(
        [
            ("_solutionName", parties.Spec.Name.Value),
            ("_solutionVersion", parties.Spec.Version),
            ("solutionId", parties.Spec.Id),
            ("_solutionId", new ArmExpression("variables('solutionId')")),
            .. items.Any(item => item.Content is Workbook)
                ? [("workspaceResourceId", new ArmExpression($"resourceId('Microsoft.OperationalInsights/workspaces',{ArmParameter.Workspace.Value.Code})"))]
                : ImmutableArray<(string, OutputNode)>.Empty,
            .. items.Where(item => item.Content is not Watchlist).Select(item => (item.Variable, (OutputNode)Variable(item))),
            ("_solutioncontentProductId", ProductId("sl", "Solution", "variables('_solutionId')", "variables('_solutionVersion')")),
        ])),
        ("resources", OutputList.Of(
        [
            .. items.Where(item => item.Content is not Watchlist).Select(item => Template(parties, item)),
            .. items.Where(item => item.Content is ParserFunction).SelectMany(parser => SolutionTemplates.Active(parties, parser)),
            .. items.Where(item => item.Content is Watchlist).Select(SolutionTemplates.Watchlist),
            Package(parties, items),
        ])),
        ("outputs", new OutputMap([]))));

    /// <summary>The parameters.</summary>
    public static OutputMap Parameters(ImmutableArray<SolutionItem> items) => new(
    [
        .. Fixed.Concat(items.Where(item => item.Content is Workbook or Watchlist).Select(item => item.Parameter)).Select(parameter => (parameter.Name, (OutputNode)parameter.Declaration)),
    ]);

    private static OutputMap Variable(SolutionItem item)
    {
        var (id, version) = (ArmExpression.Literal(item.ContentId), ArmExpression.Literal(item.Content.Version.Value));
        return OutputMap.Of(
            ("contentId", item.ContentId),
            ("version", item.Content.Version.Value),
            ("resourceId", SolutionTemplates.ResourceId(item)),
            ("templateName", new ArmExpression(
                $"concat({ArmParameter.Workspace.Value.Code},'/Microsoft.SecurityInsights/',concat({ArmParameter.Workspace.Value.Code},'-{item.Kind.Code}-',uniquestring({id})))")),
            ("productId", ProductId(item.Kind.Code, item.Kind.Name, id, version)));
    }

    private static ArmExpression ProductId(string code, string kind, string id, string version) =>
        new($"concat(take(variables('_solutionId'),50),'-','{code}','-', uniqueString(concat(variables('_solutionId'),'-','{kind}','-',{id},'-', {version})))");

    private static OutputMap Template(SolutionParties parties, SolutionItem item) => OutputMap.Of(
        ("type", "Microsoft.OperationalInsights/workspaces/providers/contentTemplates"),
        ("apiVersion", Hub),
        ("name", item.Value("templateName")),
        ("location", Location),
        ("dependsOn", OutputList.Of([new ArmExpression(
            $"extensionResourceId(resourceId('Microsoft.OperationalInsights/workspaces', {ArmParameter.Workspace.Value.Code}), 'Microsoft.SecurityInsights/contentPackages', variables('_solutionId'))")])),
        ("properties", OutputMap.Of(
            ("description", $"{item.Content.FileName} {item.Kind.Words} with template version {parties.Spec.Version}"),
            ("mainTemplate", OutputMap.Of(
                ("$schema", ArmTemplate.Schema),
                ("contentVersion", item.Value("version")),
                ("parameters", new OutputMap([])),
                ("variables", new OutputMap([])),
                ("resources", OutputList.Of([SolutionTemplates.Resource(parties, item), SolutionTemplates.Metadata(parties, item)])))),
            ("packageKind", "Solution"),
            ("packageVersion", new ArmExpression("variables('_solutionVersion')")),
            ("packageName", new ArmExpression("variables('_solutionName')")),
            ("packageId", new ArmExpression("variables('_solutionId')")),
            ("contentSchemaVersion", "3.0.0"),
            ("contentId", item.Value("contentId")),
            ("contentKind", item.Kind.Name),
            ("displayName", item.Content is Workbook ? item.Parameter.Value : item.Content.Name.Value),
            ("contentProductId", item.Value("productId")),
            ("id", item.Value("productId")),
            ("version", item.Value("version")))));

    private static OutputMap Package(SolutionParties parties, ImmutableArray<SolutionItem> items) => OutputMap.Of(
        ("type", "Microsoft.OperationalInsights/workspaces/providers/contentPackages"),
        ("apiVersion", Hub),
        ("name", new ArmExpression($"concat({ArmParameter.Workspace.Value.Code},'/Microsoft.SecurityInsights/', variables('_solutionId'))")),
        ("location", Location),
        ("properties", OutputMap.Of(
            ("version", parties.Spec.Version),
            ("kind", "Solution"),
            ("contentSchemaVersion", "3.0.0"),
            ("displayName", parties.Spec.Name.Value),
            ("publisherDisplayName", parties.Spec.Support.Tier == "Microsoft" ? "Microsoft Sentinel, " + parties.Helper : parties.Helper),
            ("descriptionHtml", Html(parties.Spec.Description, items)),
            ("contentKind", "Solution"),
            ("contentProductId", new ArmExpression("variables('_solutioncontentProductId')")),
            ("id", new ArmExpression("variables('_solutioncontentProductId')")),
            ("icon", parties.Logo),
            ("contentId", new ArmExpression("variables('_solutionId')")),
            ("parentId", new ArmExpression("variables('_solutionId')")),
            ("source", parties.Source),
            ("author", parties.Author),
            ("support", parties.Support),
            ("dependencies", OutputMap.Of(
                ("operator", "AND"),
                ("criteria", OutputList.Of(items.Select(item => item.Content is Watchlist
                    ? OutputMap.Of(("kind", item.Kind.Name), ("contentId", item.Parameter.Value), ("version", new ArmExpression("variables('_solutionVersion')")))
                    : OutputMap.Of(("kind", item.Kind.Name), ("contentId", item.Value("contentId")), ("version", item.Value("version")))))))),
            ("firstPublishDate", parties.Spec.Releases[^1].Date),
            ("lastPublishDate", parties.Spec.Releases[0].Date),
            ("providers", OutputList.Of(new[] { parties.Publisher })),
            ("categories", parties.Categories))));

    private static string Html(string description, ImmutableArray<SolutionItem> items)
    {
        var paragraphs = description.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(WebUtility.HtmlEncode);
        var counts = string.Join(", ", items.GroupBy(item => item.Kind.Folder).Select(kind => FormattableString.Invariant($"<strong>{kind.Key}:</strong> {kind.Count()}")));
        return string.Concat(paragraphs.Append(counts).Select(paragraph => $"<p>{paragraph}</p>\n"));
    }
}
