using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit.Defender;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using Scriban.Runtime;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>What templates of output can name: the content of a run, as Sentinel knows it. src/docs/output-formats.md lists it, made from here.</summary>
internal static class OutputModel
{
    private const string Facts = "facts";
    private const string Preview = "preview";

    private static readonly ModelShape<Column> ColumnShape = new(
        "column",
        new("name", "text", "Its name.", column => column.Name),
        new("type", "text", "Its KQL type.", column => column.Type));

    private static readonly ModelShape<FunctionParameter> ParameterShape = new(
        "parameter",
        new("name", "text", "Its name.", parameter => parameter.Name),
        new("type", "text", "Its KQL type.", parameter => parameter.Type),
        new("default", "text", "Its value when a call leaves it out, in KQL.", parameter => parameter.Default));

    private static readonly ModelShape<EntityMapping> EntityShape = new(
        "entity",
        new("type", "text", "Account, Host, IP, ...", entity => entity.Type.Value),
        new("fields", "list of field", "Identifiers and the columns that they are read from.", entity => FieldShape!.Of(entity.Fields)));

    private static readonly ModelShape<FieldMapping> FieldShape = new(
        "field",
        new("identifier", "text", "FullName, Address, ...", field => field.Identifier.Value),
        new("column", "text", "A column of the query.", field => field.Column.Value));

    private static readonly ModelShape<CustomDetail> DetailShape = new(
        "detail",
        new("key", "text", "Its name in the alert.", detail => detail.Key.Value),
        new("column", "text", "A column of the query.", detail => detail.Column.Value));

    private static readonly ModelShape<RequiredConnector> ConnectorShape = new(
        "connector",
        new("id", "text", "Sentinel's id of it.", connector => connector.ConnectorId),
        new("data_types", "list of text", "The tables that it fills.", connector => new ScriptArray(connector.DataTypes)));

    private static readonly ModelShape<OutputMap> ArmShape = new(
        "arm",
        new("type", "text", "The resource type in the nested form, as repository connections take it.", resource => Member(resource, "type")),
        new("api_version", "text", "The version of the API that has every property.", resource => Member(resource, "apiVersion")),
        new("kind", "text", "Scheduled, NRT or shared; null where the type has no kinds.", resource => Member(resource, "kind")),
        new("properties", "object", "The properties that the API takes, under its own names.", resource => Member(resource, "properties")));

    private static readonly ModelShape<AnalyticsRule> CustomDetectionShape = new(
        "custom_detection",
        new("properties", "object", "The properties that Microsoft.Security/detectionRules takes in Bicep, under its own names.", rule => ModelValue.Of(CustomDetectionBody.Bicep(rule))),
        new("query", "text", "The KQL that Defender runs.", rule => Kql(rule.CustomDetection!.Query)),
        new("frequency", "text", "Time between runs, as ISO 8601 writes it (PT1H).", rule => Iso(rule.CustomDetection!.Schedule.Frequency)),
        new("lookback", "text", "How far back a run reads, as ISO 8601 writes it.", rule => Iso(rule.CustomDetection!.Schedule.Lookback)),
        new("differences", "list of text", "What is not as in Sentinel.", rule => new ScriptArray(rule.CustomDetection!.Differences)));

    private static readonly ImmutableArray<ModelMember<ContentItem>> Common =
    [
        new("kind", "text", "AnalyticsRule, HuntingQuery, Parser, Watchlist, Workbook, SummaryRule or AutomationRule.", item => ContentKind.Of(item).Name),
        new("id", "text", "The id in the spec.", item => item.Id.Value),
        new("guid", "text", "Its GUID, the same in every run.", item => item.Guid.ToString()),
        new("file_name", "text", "Letters, digits and underscores, in PascalCase; unique in its kind.", item => item.FileName),
        new("name", "text", "Its name in Sentinel.", item => item.Name.Value),
        new("description", "text", "Its description in Sentinel.", item => item.Description.Value),
        new("version", "text", "X.Y.Z.", item => item.Version.Value),
        new("deprecated", "bool", "Whether its name says so.", item => item.IsDeprecated),
        new("atlas", "list of text", "MITRE ATLAS techniques.", item => Texts(item.Atlas)),
        new("owasp", "list of text", "Risks of the OWASP Top 10 for LLM applications.", item => Texts(item.Owasp)),
        new("connectors", "list of connector", "Data connectors whose tables its queries read.", item => ConnectorShape.Of(item.RequiredConnectors)),
        new("page", "text", "Where its page is in the site of csk docs.", FactsModel.PageOf),

        // Set by Of: they are known of a run, not of an item alone.
        new(Facts, "facts", "What tests and analysis know of it.", _ => null),
        new("arm", "arm", "The resource of Azure Resource Manager that it is.", item => ArmShape.Of(ContentKind.Of(item).Resource(item, ArmSettings.Plain))),
    ];

    private static readonly ModelShape<AnalyticsRule> RuleShape = new(
        "rule",
        [
            .. CommonOf<AnalyticsRule>(),
            new("rule_kind", "text", "Scheduled or NRT.", rule => rule.Kind.Value == RuleKind.Nrt ? "NRT" : "Scheduled"),
            new("severity", "text", "Informational, Low, Medium or High.", rule => rule.Severity.Value.ToString()),
            new("enabled", "bool", "Whether it runs once it is deployed.", rule => rule.Enabled),
            new("query", "text", "The KQL that it runs.", rule => Kql(rule.Query)),
            new("frequency", "text", "Time between runs, as ISO 8601 writes it (PT1H); null for NRT.", rule => Iso(rule.Schedule?.Frequency.Value)),
            new("period", "text", "How far back a run reads, as ISO 8601 writes it; null for NRT.", rule => Iso(rule.Schedule?.Period.Value)),
            new("tactics", "list of text", "Tactics of ATT&CK, in Sentinel's spelling.", rule => Texts(rule.Attack.Tactics)),
            new("techniques", "list of text", "Techniques of ATT&CK with their sub-techniques.", rule => Texts(rule.Attack.Techniques)),
            new("entities", "list of entity", "What its alerts are about.", rule => EntityShape.Of(rule.Entities)),
            new("details", "list of detail", "What its alerts show beside.", rule => DetailShape.Of(rule.CustomDetails)),
            new("custom_detection", "custom_detection", "The rule as a custom detection of Defender; null where it has none, or the format defender is not wanted.", rule => rule.CustomDetection is null ? null : CustomDetectionShape.Of(rule)),
            new("no_custom_detection", "text", "Why it has none; null where it has one.", rule => rule.NoCustomDetection),
        ]);

    private static readonly ModelShape<HuntingQuery> HuntShape = new(
        "hunt",
        [
            .. CommonOf<HuntingQuery>(),
            new("query", "text", "The KQL that it runs.", hunt => Kql(hunt.Query)),
            new("tactics", "list of text", "Tactics of ATT&CK, in Sentinel's spelling.", hunt => Texts(hunt.Attack.Tactics)),
            new("techniques", "list of text", "Techniques of ATT&CK with their sub-techniques.", hunt => Texts(hunt.Attack.Techniques)),
            new("entities", "list of entity", "What its rows are about.", hunt => EntityShape.Of(hunt.Entities)),
        ]);

    private static readonly ModelShape<ParserFunction> ParserShape = new(
        "parser",
        [
            .. CommonOf<ParserFunction>(),
            new("alias", "text", "The name of the function in KQL.", parser => parser.Alias),
            new("parameters", "list of parameter", "What it takes; all may be left out.", parser => ParameterShape.Of(parser.Parameters)),
            new("query", "text", "The body of the function.", parser => Kql(parser.Query)),
            new("columns", "list of column", "What it returns.", parser => ColumnShape.Of(parser.Columns.Select(column => column.Value))),
        ]);

    private static readonly ModelShape<Watchlist> WatchlistShape = new(
        "watchlist",
        [
            .. CommonOf<Watchlist>(),
            new("alias", "text", "The alias that queries read it by.", list => list.Alias.Value),
            new("search_key", "text", "The column that SearchKey repeats.", list => list.SearchKey.Value),
            new("columns", "list of column", "Its columns, in the order of the file.", list => ColumnShape.Of(list.Columns.Select(column => column.Value))),
        ]);

    private static readonly ModelShape<Workbook> WorkbookShape = new(
        "workbook",
        [
            .. CommonOf<Workbook>(),

            // Set by Of, as facts are.
            new(Preview, "preview", "What it shows over simulated records; null but in the site of csk docs, and where nothing can be simulated.", _ => null),
        ]);

    private static readonly ModelShape<SummaryRule> SummaryShape = new(
        "summary",
        [
            .. CommonOf<SummaryRule>(),
            new("table", "text", "The custom table that takes its rows.", rule => rule.Table.Value),
            new("query", "text", "The KQL that runs over each bin, parsers inside.", rule => Kql(rule.Query)),
            new("bin", "text", "The span of a bin, as ISO 8601 writes it (PT1H).", rule => Iso(rule.Bin.Value)),
            new("columns", "list of column", "The columns of its rows.", rule => ColumnShape.Of(rule.Columns.Select(column => column.Value))),
        ]);

    private static readonly ModelShape<AutomationRule> AutomationShape = new(
        "automation",
        [
            .. CommonOf<AutomationRule>(),
            new("enabled", "bool", "Whether it runs once it is deployed.", rule => rule.Enabled),
            new("order", "number", "Its place among the workspace's automation rules.", rule => rule.Order.Value),
            new("triggers_on", "text", "Incidents or Alerts.", rule => rule.IsOfIncidents ? "Incidents" : "Alerts"),
            new("triggers_when", "text", "Created or Updated.", rule => rule.Trigger.Value == AutomationTrigger.IncidentUpdated ? "Updated" : "Created"),
            new("expires", "text", "When it stops, as ISO 8601 writes it; null for never.", rule => rule.Expires?.Value),
            new("rules_property", "text", "The property that holds the analytics rules of an incident or alert.", AutomationTerms.RulesProperty),
            new("targets", "list of target", "The analytics rules that it is for; any when empty.", rule => TargetShape!.Of(rule.Targets)),
            new("conditions", "list of object", "Its other conditions, as the API takes them.", rule => new ScriptArray(AutomationArm.Conditions(rule).Select(ModelValue.Of))),
            new("playbooks", "list of playbook", "The playbooks that it runs, each once.", rule => PlaybookShape!.Of(AutomationArm.Parameters([rule]))),
            new("actions", "list of action", "What it does.", rule => ActionShape!.Of(rule.Actions.Zip(AutomationArm.Actions(rule)))),
        ]);

    private static readonly ModelShape<AutomationTarget> TargetShape = new(
        "target",
        new("id", "text", "The id of the detection in its spec.", target => target.Id.Value),
        new("guid", "text", "Its GUID.", target => target.Guid.ToString()),
        new("file_name", "text", "Its file name.", target => target.FileName));

    private static readonly ModelShape<(AutomationAction Action, OutputMap Resource)> ActionShape = new(
        "action",
        new("playbook", "text", "The parameter with the resource id of the playbook that it runs; null where it runs none.", pair => (pair.Action as PlaybookAction)?.Parameter),
        new("order", "number", "Its place, from 1.", pair => Member(pair.Resource, "order")),
        new("resource", "object", "The action as the API takes it; of a playbook without its resource id.", pair => pair.Action is PlaybookAction ? null : ModelValue.Of(pair.Resource)));

    private static readonly ModelShape<ArmParameter> PlaybookShape = new(
        "playbook",
        new("parameter", "text", "The name of the parameter that takes its resource id.", parameter => parameter.Name),
        new("resource_id", "text", "Its resource id where the spec says it; else null.", parameter => (parameter.Default as OutputText)?.Value),
        new("description", "text", "What to give.", parameter => parameter.Description));

    private static readonly ModelShape<ResolvedPack> PackShape = new(
        "pack",
        new("name", "text", "The name of the project's pack.", pack => pack.Name),
        new("publisher", "text", "Who publishes the content.", pack => pack.Publisher),
        new("output", "text", "The output folder, from the root of the repository.", pack => pack.Output));

    private static readonly ModelShape<(MapSpec Map, ProductName Name)> MapShape = new(
        "map",
        new("name", "text", "Its name in the mapping.", row => row.Map.Name.Value),
        new("target", "text", "Its name in the product.", row => row.Name.Name.Value),
        new("type", "text", "The type of that name in the product's own dictionary; null where it has none here.", row => Dictionary(row)?.Type),
        new("list", "bool", "Whether the product holds a list there.", row => Dictionary(row)?.IsList ?? false),
        new("proposed", "bool", "Whether the mapping proposes that name; otherwise a published source has it.", row => row.Name.IsProposed),
        new("path", "text", "Where it is in an audit record, with [] behind a list; null for what no audit record has.", row => row.Map.Path?.Value),
        new("segments", "list of text", "The names of the path, with [] behind a list.", row => new ScriptArray((row.Map.Path?.Value ?? "").Split('.', StringSplitOptions.RemoveEmptyEntries))),
        new("many", "bool", "Whether its path goes through a list.", row => row.Map.Path?.Value.Contains("[]", StringComparison.Ordinal) ?? false),
        new("note", "text", "What a reader must know of it, or empty.", row => row.Map.Note));

    private static readonly ModelShape<IGrouping<string, (MapSpec Map, ProductName Name)>> ProductShape = new(
        "product",
        new("name", "text", "Its name in the mapping: splunk, cef, ...", product => product.Key),
        new("maps", "list of map", "What it calls the values of an audit record.", product => MapShape.Of(product)));

    private static readonly ModelShape<OutputContent> RootShape = new(
        "every template",
        new("pack", "pack", "The project.", content => PackShape.Of(content.Pack)),
        new("rules", "list of rule", "Analytics rules.", content => content.Of<AnalyticsRule>()),
        new("hunts", "list of hunt", "Hunting queries.", content => content.Of<HuntingQuery>()),
        new("parsers", "list of parser", "Parser functions, each behind those that it calls; none where parsers are inline.", content => content.Of<ParserFunction>()),
        new("watchlists", "list of watchlist", "Watchlists.", content => content.Of<Watchlist>()),
        new("workbooks", "list of workbook", "Workbooks.", content => content.Of<Workbook>()),
        new("summaries", "list of summary", "Summary rules.", content => content.Of<SummaryRule>()),
        new("automations", "list of automation", "Automation rules.", content => content.Of<AutomationRule>()),
        new("playbooks", "list of playbook", "The playbooks that automation rules run, each once.", content => PlaybookShape.Of(AutomationArm.Parameters(content.Items.Select(item => item.Item).OfType<AutomationRule>()))),
        new("coverage", "coverage", "What rules and hunts are for.", content => FactsModel.CoverageOf([.. content.Items.Select(item => item.Item)])),
        new("operations", "list of covered", "Operations of the records that tests are made of, with the rules and hunts that find one in a test; none but in the site of csk docs.", content => FactsModel.OperationsOf(content.Operations, [.. content.Items.Select(item => item.Item)])),
        new("products", "list of product", "Other products and what they call the values of an audit record, from the mapping's maps.", content => ProductShape.Of(
            from map in content.Pack.Mapping.Maps
            from name in map.Names
            group (map, name) by name.Product)));

    /// <summary>Everything that can be named, for the reference: the root first.</summary>
    public static ImmutableArray<IModelShape> Shapes { get; } =
        [RootShape, PackShape, RuleShape, HuntShape, ParserShape, WatchlistShape, WorkbookShape, SummaryShape, AutomationShape, TargetShape, ActionShape, PlaybookShape, ArmShape, CustomDetectionShape, ConnectorShape, EntityShape, FieldShape, DetailShape, ParameterShape, ColumnShape, ProductShape, MapShape, .. FactsModel.Shapes, .. PreviewModel.Shapes];

    /// <summary>The values of a run that every template can name.</summary>
    /// <param name="pack">The project.</param>
    /// <param name="items">The content, each with its model.</param>
    /// <param name="operations">Operations of records, with what finds them.</param>
    public static ScriptObject Root(ResolvedPack pack, ImmutableArray<(ContentItem Item, ScriptObject Model)> items, ImmutableArray<OperationFacts> operations) =>
        RootShape.Of(new OutputContent(pack, items, operations));

    /// <summary>One item, with all that its kind has.</summary>
    /// <param name="item">The item.</param>
    /// <param name="facts">What tests and analysis know of it.</param>
    /// <param name="preview">Of a workbook: what it shows over simulated records; else null.</param>
    public static ScriptObject Of(ContentItem item, ItemFacts facts, WorkbookPreview? preview)
    {
        var model = Of(item);
        model[Facts] = FactsModel.Of(facts);
        if (preview is not null)
        {
            model[Preview] = PreviewModel.Of(preview);
        }

        return model;
    }

    private static ScriptObject Of(ContentItem item) => item switch
    {
        AnalyticsRule rule => RuleShape.Of(rule),
        HuntingQuery hunt => HuntShape.Of(hunt),
        ParserFunction parser => ParserShape.Of(parser),
        Watchlist watchlist => WatchlistShape.Of(watchlist),
        Workbook workbook => WorkbookShape.Of(workbook),
        SummaryRule summary => SummaryShape.Of(summary),
        AutomationRule automation => AutomationShape.Of(automation),
        _ => throw new ArgumentException($"{item.GetType().Name} has no model.", nameof(item)),
    };

    private static IEnumerable<ModelMember<T>> CommonOf<T>()
        where T : ContentItem =>
        Common.Select(member => new ModelMember<T>(member.Name, member.Type, member.Description, item => member.Read(item)));

    private static ScriptArray Texts(ImmutableArray<Spanned<string>> texts) => new(texts.Select(text => text.Value));

    private static TypedValue Kql(Query query) => new(TypedKind.Expression, query.Text);

    private static ProductField? Dictionary((MapSpec Map, ProductName Name) row) => ProductFields.Find(row.Name.Product, row.Name.Name.Value);

    private static string? Iso(TimeSpan? time) => time is { } span ? DurationText.Iso(span) : null;

    private static object? Member(OutputMap resource, string name) =>
        resource.Entries.FirstOrDefault(entry => entry.Key == name).Value is { } value ? ModelValue.Of(value) : null;

    private sealed record OutputContent(ResolvedPack Pack, ImmutableArray<(ContentItem Item, ScriptObject Model)> Items, ImmutableArray<OperationFacts> Operations)
    {
        public ScriptArray Of<T>() => new(Items.Where(item => item.Item is T).Select(item => item.Model));
    }
}
