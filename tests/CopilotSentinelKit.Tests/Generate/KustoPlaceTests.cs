
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Generate;

/// <summary>Kusto.Language speaks of the rendered query; a person sees what they wrote.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class KustoPlaceTests
{
    private const string Archetype = "templates/detections/first.scriban";

    [TestCase("query: CopilotEvents() | where «ActorUpm» == 'a'")]
    [TestCase("query: \"CopilotEvents() | where «ActorUpm» == 'a'\"")]
    [TestCase("query: |\n  CopilotEvents()\n\n    | where «ActorUpm» == 'a'\n  | where true")]
    [TestCase("query: |\n  {{ x = 1 }}CopilotEvents()\n  {{ if x > 0 }}| where «ActorUpm» == 'a'{{ end }}")]
    [TestCase("query: «>\n  CopilotEvents()\n  | where ActorUpm == 'a'»")]
    public async Task A_plain_query(string query) =>
        Assert.That((await TestPack.Rule(query).Verify("KS142")).Message, Does.Contain("Did you mean \"ActorUpn\"?"));

    [Test]
    public async Task An_end_that_is_missing() => await TestPack.Rule("query: CopilotEvents() | where«»").Verify("KS006");

    [Test]
    public async Task A_query_that_an_archetype_inserts() =>
        Assert.That((await Archetyped("// first\n{{ query }}\n| where true", "CopilotEvents() | where «ActorUpm» == 'a'").Verify("KS142")).Related, Is.Empty);

    [Test]
    public async Task An_archetypes_own_text()
    {
        var finding = await Archetyped("{{ query }}\n| top {{ few | kql }} by RecordId\n| where «ActorUpm» == 'a'", "CopilotEvents()").Verify("KS142");
        Assert.That(finding.Related.Select(place => place.Span.Text), Is.EqualTo(["first"]));
    }

    [TestCase("by: { type: column, default: «ActorUpm» }", "{{ by | kql_name }}")]
    [TestCase("by: { type: column, default: «ActorUpm» }", "{{ by | kql }}")]
    [TestCase("by: { type: string, default: «\"Actor Upm\"» }", "{{ by | kql_name }}")]
    [TestCase("by: { type: columns, default: «[ActorUpn, ActorUpm]» }", "{{ by | kql }}")]
    public async Task A_value_that_is_printed(string parameter, string output) => await TestPack
        .Rule($"parameters: {{ {parameter} }}", $"query: CopilotEvents() | summarize Rows = count() by {output}").Verify("KS142");

    [Test]
    public async Task A_value_of_kit_yaml() => await TestPack
        .Rule("parameters: { by: { type: column, default: ActorUpn } }", "query: CopilotEvents() | summarize Rows = count() by {{ by | kql }}")
        .WithKit("detections: { a-detection: { parameters: { by: «ActorUpm» } } }").Verify("KS142");

    [TestCase("where: ActionType ==", "where: «ActionTyp» ==")]
    [TestCase("where: ActionType == \"CopilotInteraction\"", "where: |\n      true\n      and «ActionTyp» == 'x'")]
    [TestCase("columns: { ActorUpn: AccountDisplayName", "columns: { ActorUpn: «AccountDisplayNam»")]
    [TestCase("    record: RawEventData\n", "    record: «RawEventDat»\n")]
    [TestCase("event: RawEventData.CopilotEventData", "event: «RawData.CopilotEventData»")]
    [TestCase("table: CloudAppEvents", "table: «CloudAppEvent»", "KS205")]
    [TestCase("  Messages:", "  Host: { type: string, expression: tolower(«ActorUpm») }\n  Messages:")]
    [TestCase("  Messages:", "  Host:\n    type: string\n    expression: >-\n      «tolowr»(ActorUpn)\n  Messages:", "KS211")]
    [TestCase("each: Messages, ", "each: Messages, where: «ActorUpm» == 'a', ")]
    [TestCase("MessageId: { type: string, record: [Id, ID] }", "MessageId: { type: string, expression: tostring(«Elment_».Id) }")]
    public async Task A_mapping(string part, string marked, string code = "KS142")
    {
        if (marked.Contains(">-", StringComparison.Ordinal))
        {
            // Folded: only the whole scalar is known.
            marked = marked.Replace("«tolowr»", "tolowr", StringComparison.Ordinal).Replace(">-\n      tolowr(ActorUpn)", "«>-\n      tolowr(ActorUpn)»", StringComparison.Ordinal);
        }

        await TestPack.Mapped(part, marked).Verify(code);
    }

    [Test]
    public async Task A_field_of_another_type_than_its_expression() =>
        await TestPack.Mapped("  Messages:", "  Host: { type: «int», expression: tolower(ActorUpn) }\n  Messages:").Verify("CSK0409");

    [Test]
    public async Task A_rule_with_its_parsers_inside()
    {
        await TestPack.Rule("query: CopilotMessages() | where «ActorUpm» == 'a'").WithKit("parsers: inline").Verify("KS142");
        await TestPack.Rule("query: CopilotMessages() | where MessageId == 'a'").WithKit("parsers: inline").Ok();
    }

    [Test]
    public async Task A_mapping_whose_parsers_are_inside_rules()
    {
        var pack = TestPack.Mapped("where: ActionType ==", "where: «ActionTyp» ==").With(TestPack.RulePath, Spec.Samples.With("query: CopilotEvents() | project ActorUpn"));
        var findings = (await pack.WithKit("parsers: inline").CompileAsync()).Findings;
        Assert.That(findings.Select(finding => $"{finding.Span} {finding.Code} {finding.Span.Text}").Distinct(), Is.EqualTo(["rules/mapping.yaml:6:12 KS142 ActionTyp"]));
    }

    private static TestPack Archetyped(string archetype, string query) => TestPack
        .Rule("template: first", "parameters: { few: { type: int, default: 1 } }", $"query: {query}").With(Archetype, archetype);
}
