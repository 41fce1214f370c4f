using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Emit.Solutions;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Emit.Solutions;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Generate;

internal sealed class AsimTests
{
    private const string Fields = """
        asim:
          schema: AgentEvent
          name: Fabrikam
          product: Fabrikam
          fields: { TimeGenerated: TimeGenerated, Type: SourceTable, EventCount: toint(1), EventStartTime: TimeGenerated, EventEndTime: TimeGenerated, EventVendor: '"F"', EventProduct: '"F"', SrcAgentId: ActorUpn, SrcAgentName: ActorUpn }
          omit: { EventUid: None., SrcHostname: None., SrcDomain: None., SrcDomainType: None. }
        fields:
          RecordId
        """;

    // Person is a prompt of Adele 10 minutes ago, Agent one of Megan to the agent Helpdesk an hour before, Acting an agent with a user of its own two hours before.
    private const string Events = """
        [
        { record: { Id: Person, Operation: CopilotInteraction, RecordType: 261, UserId: adele@contoso.com, CopilotEventData: { AppHost: Word } }, at: -10m },
        { record: { Id: Agent, Operation: CopilotInteraction, RecordType: 261, UserId: megan@contoso.com, AgentId: 6e1a9c40-b7d2-4f35-8e60-2c4d8b9f7a01, AgentName: Contoso Helpdesk, CopilotEventData: { AppHost: Teams } }, at: -70m },
        { record: { Id: Acting, Operation: InferenceCall, RecordType: 407, Workload: Agent365, UserId: "agent-7f2b8d51-c8e3-4046-9f71-3d5e9c0a8b12@contoso.com", AgentId: 7f2b8d51-c8e3-4046-9f71-3d5e9c0a8b12, AgentName: Planner }, at: -130m } ]
        """;

    // A call of the parser, and the records that it gives.
    private static readonly (string Arguments, string Records)[] Calls =
    [
        ("", "Acting Agent Person"),
        ("starttime=ago(1h)", "Person"),
        ("endtime=ago(1h)", "Acting Agent"),
        ("starttime=ago(2h), endtime=ago(1h)", "Agent"),
        ("agentid_has_any=dynamic([\"6e1a9c40-b7d2-4f35-8e60-2c4d8b9f7a01\"])", "Agent"),
        ("agentid_has_any=dynamic([\"7f2b8d51-c8e3-4046-9f71-3d5e9c0a8b12\", \"6e1a9c40\"])", "Acting Agent"),
        ("agentid_has_any=dynamic([\"00000000\"])", ""),
        ("agentname_has_any=dynamic([\"helpdesk\"])", "Agent"),
        ("agentname_has_any=dynamic([\"Planner\"])", "Acting"),
        ("agentname_has_any=dynamic([])", "Acting Agent Person"),
        ("username_has_any=dynamic([\"adele\", \"megan@contoso.com\"])", "Agent Person"),
        ("username_has_any=dynamic([\"nobody\"])", ""),
        ("username_has_any=dynamic([\"megan\"]), agentname_has_any=dynamic([\"Planner\"])", ""),
        ("disabled=false", "Acting Agent Person"),
        ("disabled=true", ""),
        ("disabled=true, starttime=ago(1d)", ""),
    ];

    [Test]
    public async Task Every_parameter_of_the_filtering_parser_filters_or_leaves_all()
    {
        var pack = Calls.Select((call, index) => (call, index)).Aggregate(Mapped(), (all, next) => all.Project(
            $"rules/hunts/filter-{next.index}.yaml", Hunt($"filter-{next.index}", $"vimAgentEventMicrosoftCopilot({next.call.Arguments})", next.call.Records)));
        await Passes(pack, Calls.Length);
    }

    [Test]
    public async Task A_disabled_parser_without_filters_gives_nothing_and_fields_are_packed_where_a_call_asks_for_it() => await Passes(
        Mapped()
            .Project("rules/hunts/off.yaml", Hunt("off", "ASimAgentEventMicrosoftCopilot(disabled=true)", ""))
            .Project("rules/hunts/packed.yaml", Hunt("packed", "ASimAgentEventMicrosoftCopilot(pack=true)\n  | where AdditionalFields.RecordType == \"AIInferenceCall\"", "Acting"))
            .Project("rules/hunts/packed-too.yaml", Hunt("packed-too", "vimAgentEventMicrosoftCopilot(pack=true)\n  | where AdditionalFields.Workload == \"Agent365\"", "Acting"))
            .Project("rules/hunts/not-packed.yaml", Hunt("not-packed", "vimAgentEventMicrosoftCopilot()\n  | where isnotnull(AdditionalFields)", "")),
        4);

    [Test]
    public async Task The_parsers_have_the_names_and_parameters_of_asim()
    {
        var parsers = (await ShippedPack.Compilation).Items.OfType<ParserFunction>().Where(parser => parser.Asim is not null).ToList();
        Assert.That(parsers.Select(parser => $"{parser.Alias}({parser.ParameterList})"), Is.EqualTo(
        [
            "ASimAgentEventMicrosoftCopilot(disabled:bool=false, pack:bool=false)",
            "vimAgentEventMicrosoftCopilot(starttime:datetime=datetime(null), endtime:datetime=datetime(null), agentid_has_any:dynamic=dynamic([]), agentname_has_any:dynamic=dynamic([]), username_has_any:dynamic=dynamic([]), disabled:bool=false, pack:bool=false)",
        ]));
    }

    [Test]
    public async Task The_yaml_is_that_of_asims_own_parsers()
    {
        var parser = (await ShippedPack.Compilation).Items.OfType<ParserFunction>().Single(parser => parser.Alias.StartsWith("vim", StringComparison.Ordinal));
        var yaml = YamlOutput.Write(CommunityYaml.Parser(parser));
        Assert.That(yaml, Does.StartWith(
            """
            Parser:
              Title: AgentEvent ASIM filtering parser for Microsoft Copilot
              Version:
            """).And.Match("LastUpdated: [A-Z][a-z]{2} [0-9]{2}, 20[0-9]{2}\n").And.Contain(
            """
            Normalization:
              Schema: AgentEvent
              Version: '0.1.0'
            """).And.Contain("ParserName: vimAgentEventMicrosoftCopilot\nEquivalentBuiltInParser: _Im_AgentEvent_MicrosoftCopilot\nParserParams:\n  - Name: starttime\n").And.Contain("\nParserQuery: |-\n"));
    }

    [Test]
    public async Task A_solution_takes_no_parser_of_asim()
    {
        var compilation = await ShippedPack.Compilation;
        var files = SolutionFormat.Render(compilation.Pack! with { Solution = SolutionTests.Spec }, compilation.Items, [OutputFormat.Solution], []);
        Assert.That(files.Select(file => file.Path), Has.Some.Contains("CopilotEvents").And.None.Contains("AgentEvent"));
    }

    [Test]
    public void The_names_in_other_products_are_columns_of_the_parsers()
    {
        var mapping = ShippedPack.Specs.Mapping!;
        var fields = mapping.Asim!.Fields.Select(field => field.Name.Value).ToList();
        var names = mapping.Maps.Select(map => map.In("asim")).OfType<string>().ToList();
        Assert.That(names, Is.Not.Empty.And.SubsetOf(fields));
    }

    [TestCase("CSK0950", "schema: AgentEvent", "schema: «AgentEvent»", "EventCount: toint(1), ", "")]
    [TestCase("CSK0951", "EventCount: toint(1)", "«EventCount»: tolong(1)", "", "")]
    [TestCase("CSK0952", "schema: AgentEvent", "schema: «AgentEvent»", ", SrcAgentName: ActorUpn", "")]
    [TestCase("CSK0953", "SrcAgentName: ActorUpn", "SrcAgentName: ActorUpn, «SrcAgentNam»: ActorUpn", "", "")]
    [TestCase("CSK0954", "EventUid: None.", "EventUid: None., «SrcAgentName»: None.", "", "")]
    [TestCase("CSK0954", "EventUid: None.", "EventUid: None., «ToolName»: None.", "", "")]
    [TestCase("CSK0955", "schema: AgentEvent", "schema: «AgentEvents»", "", "")]
    public async Task What_the_schema_asks_for_is_checked(string code, string part, string marked, string other, string instead)
    {
        var fields = Fields.Replace(part, marked, StringComparison.Ordinal);
        Assert.That(fields, Is.Not.EqualTo(Fields), "the case changes nothing");
        await TestPack.Mapped("fields:\n  RecordId", other.Length == 0 ? fields : fields.Replace(other, instead, StringComparison.Ordinal)).Verify(code);
    }

    [Test]
    public async Task A_section_that_gives_or_omits_all_has_no_finding() => await TestPack.Mapped("fields:\n  RecordId", Fields).Ok();

    private static TestPack Mapped() => TestPack.Small.With(TestPack.MappingPath, Repository.Read("rules", "mapping.yaml")).WithKit("sources: [CloudAppEvents]");

    private static string Hunt(string id, string query, string records) => $$"""
        id: {{id}}
        version: 1.0.0
        kind: hunting
        name: Hunt {{id}}
        description: Shows what a call of the parser gives.
        attack: { tactics: [Collection], techniques: [T1213] }
        query: |
          {{query}}
          | project EventOriginalUid
        tests:
          - name: records
            events: {{Events.ReplaceLineEndings(" ")}}
            expect: {{(records.Length == 0 ? "none" : $"[{string.Join(", ", records.Split(' ').Select(record => $"{{ EventOriginalUid: {record} }}"))}]")}}

        """;

    private static async Task Passes(TestPack pack, int tests)
    {
        var run = await pack.TestAsync();
        Assert.That(run.Compilation.HasErrors, Is.False);
        Assert.That(run.Results, Has.Length.EqualTo(tests));
        Assert.That(run.Results.Where(result => result.Outcome != TestOutcome.Passed).Select(result => result.ToString()), Is.Empty);
    }
}
