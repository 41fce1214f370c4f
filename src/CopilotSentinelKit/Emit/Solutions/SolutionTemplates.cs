using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit.Solutions;

/// <summary>The resource of a piece of content inside its template in a solution, and the metadata that ties it to the solution.</summary>
internal static class SolutionTemplates
{
    private static readonly ArmExpression Location = new("parameters('workspace-location')");

    // A rule of Content Hub is a template that people make rules from.
    private static readonly ArmSettings OfTemplate = ArmSettings.Plain with { Enabled = _ => false };

    /// <summary>The resource. Its texts are read twice as a template, here and when it is installed.</summary>
    public static OutputMap Resource(SolutionParties parties, SolutionItem item) => (OutputMap)Literal(item.Content switch
    {
        AnalyticsRule rule => OutputMap.Of(
            ("type", "Microsoft.SecurityInsights/AlertRuleTemplates"),
            ("apiVersion", "2023-02-01-preview"),
            ("name", item.Value("contentId")),
            ("kind", rule.Kind.Value == RuleKind.Nrt ? "NRT" : "Scheduled"),
            ("location", Location),
            ("properties", Properties(ArmContent.Rule(rule, OfTemplate)).With(
                ("status", rule.IsDeprecated ? "Deprecated" : "Available"),
                ("subTechniques", RuleParts.SubTechniques(rule.Attack)),
                ("requiredDataConnectors", OutputList.Of(rule.RequiredConnectors.Select(connector => OutputMap.Of(
                    ("connectorId", connector.ConnectorId),
                    ("dataTypes", OutputList.Of(connector.DataTypes))))).OrNull())))),
        HuntingQuery hunt => OutputMap.Of(
            ("type", "Microsoft.OperationalInsights/savedSearches"),
            ("apiVersion", ArmContent.SavedSearches),
            ("name", FormattableString.Invariant($"{parties.Spec.Name.Value.Replace(' ', '_')}_Hunting_Query_{item.Number}")),
            ("location", Location),
            ("properties", Properties(ArmContent.Hunt(hunt, OfTemplate)).With(("eTag", "*")))),
        ParserFunction => Function(item),
        Workbook workbook => OutputMap.Of(
            ("type", "Microsoft.Insights/workbooks"),
            ("apiVersion", "2023-06-01"),
            ("name", item.Value("contentId")),
            ("location", Location),
            ("kind", "shared"),
            ("metadata", OutputMap.Of(("description", workbook.Description.Value.Trim()))),
            ("properties", Properties(WorkbookArm.Resource(workbook, OfTemplate)).With(
                ("displayName", item.Parameter.Value),
                ("sourceId", new ArmExpression("variables('workspaceResourceId')"))))),
        SummaryRule summary => SummaryArm.Resource(summary),
        _ => throw new ArgumentException($"{item.Kind.Name} is no template of Content Hub.", nameof(item)),
    });

    /// <summary>The metadata beside it.</summary>
    public static OutputMap Metadata(SolutionParties parties, SolutionItem item) => OutputMap.Of(
        ("type", "Microsoft.OperationalInsights/workspaces/providers/metadata"),
        ("apiVersion", "2022-01-01-preview"),
        ("name", new ArmExpression(
            $"concat({ArmParameter.Workspace.Value.Code},'/Microsoft.SecurityInsights/',concat('{item.Kind.Name}-', last(split({item.Value("resourceId").Code},'/'))))")),
        ("properties", OutputMap.Of(
            ("description", FormattableString.Invariant($"{parties.Spec.Name.Value} {item.Kind.Words} {item.Number}")),
            ("parentId", item.Value("resourceId")),
            ("contentId", item.Value("contentId")),
            ("kind", item.Kind.Name),
            ("version", item.Value("version")),
            ("source", parties.Source),
            ("author", parties.Author),
            ("support", parties.Support),
            ("dependencies", item.Content is Workbook { RequiredConnectors: [_, ..] } workbook
                ? OutputMap.Of(
                    ("operator", "AND"),
                    ("criteria", OutputList.Of(
                        SolutionDocuments.DataTypes(workbook).Select(table => OutputMap.Of(("contentId", table), ("kind", "DataType")))
                            .Concat(SolutionDocuments.Connectors(workbook).Select(id => OutputMap.Of(("contentId", id), ("kind", "DataConnector")))))))
                : null))));

    /// <summary>A parser as it works as soon as the solution is installed: Content Hub has no step by hand for it.</summary>
    public static IEnumerable<OutputMap> Active(SolutionParties parties, SolutionItem parser)
    {
        yield return Function(parser);
        var metadata = Metadata(parties, parser);
        yield return new(metadata.Entries
            .Insert(3, ("location", Location))
            .Insert(4, ("dependsOn", OutputList.Of([ResourceId(parser)]))));
    }

    /// <summary>A watchlist, which is no template but there at once.</summary>
    public static OutputMap Watchlist(SolutionItem item) => ArmContent.Watchlist((Watchlist)item.Content).With(
        ("name", new ArmExpression($"concat({ArmParameter.Workspace.Value.Code},'/Microsoft.SecurityInsights/',{item.Parameter.Value.Code})")));

    /// <summary>The id of the resource once it is installed.</summary>
    public static ArmExpression ResourceId(SolutionItem item) => item.Content switch
    {
        AnalyticsRule => new($"resourceId('Microsoft.SecurityInsights/AlertRuleTemplates', {ArmExpression.Literal(item.ContentId)})"),
        HuntingQuery => new($"resourceId('Microsoft.OperationalInsights/savedSearches', {ArmExpression.Literal(item.ContentId)})"),
        ParserFunction parser => new($"resourceId('Microsoft.OperationalInsights/workspaces/savedSearches', {ArmParameter.Workspace.Value.Code}, {ArmExpression.Literal(parser.Alias)})"),
        SummaryRule summary => SummaryArm.IdOf(summary),
        _ => new($"resourceId('Microsoft.Insights/workbooks', {ArmExpression.Literal(item.ContentId)})"),
    };

    private static OutputMap Function(SolutionItem item)
    {
        var parser = (ParserFunction)item.Content;
        return OutputMap.Of(
            ("type", "Microsoft.OperationalInsights/workspaces/savedSearches"),
            ("apiVersion", ArmContent.SavedSearches),
            ("name", new ArmExpression($"concat({ArmParameter.Workspace.Value.Code},{ArmExpression.Literal("/" + parser.Alias)})")),
            ("location", Location),
            ("properties", Properties(ArmContent.Parser(parser)).With(("etag", "*"))));
    }

    // Content Hub refuses empty texts, such as the parameters of a function without any.
    private static OutputMap Properties(OutputMap resource) =>
        new(((OutputMap)resource.Entries.First(entry => entry.Key == "properties").Value).Entries.RemoveAll(entry => entry.Value is OutputText { Value.Length: 0 }));

    private static OutputNode Literal(OutputNode node) => node switch
    {
        OutputText text => JsonText.EscapeLiteral(text.Value),
        OutputList list => OutputList.Of(list.Items.Select(Literal)),
        OutputMap map => new OutputMap([.. map.Entries.Select(entry => (entry.Key, Literal(entry.Value)))]),
        _ => node,
    };
}
