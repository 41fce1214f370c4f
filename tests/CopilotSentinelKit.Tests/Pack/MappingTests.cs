
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Pack;

internal sealed class MappingTests
{
    [Test]
    public void The_mapping_enables_its_sources() =>
        Assert.That(TestPack.Small.Load().Mapping.Sources.Select(source => source.Name.Value), Is.EqualTo(["CloudAppEvents"]));

    [Test]
    public void A_project_enables_others_in_the_order_of_the_mapping() => Assert.That(
        TestPack.Small.WithKit("sources: [Custom, CloudAppEvents]").Load().Mapping.Sources.Select(source => source.Name.Value), Is.EqualTo(["CloudAppEvents", "Custom"]));

    [Test]
    public void Tables_of_sources_that_are_off_are_declared_all_the_same() =>
        Assert.That(TestPack.Small.Load().Mapping.DeclaredTables.Select(table => table.Name), Is.EqualTo(["CopilotAudit_CL"]));

    [Test]
    public void An_unknown_source_is_one_finding()
    {
        var finding = TestPack.Small.WithKit("sources: [«CloudAppEvent»]").VerifyLoad("CSK0204");
        Assert.That(finding.Message, Does.Contain("Did you mean \"CloudAppEvents\"?").And.EndsWith("Its sources are \"CloudAppEvents\", \"Custom\"."));
    }

    [Test]
    public void No_source_in_the_mapping() => TestPack.Small
        .With(TestPack.MappingPath, "«" + TestPack.Mapping.Replace("connector: Mic", "enabled: false\n    connector: Mic", StringComparison.Ordinal) + "»").VerifyLoad("CSK0205");

    [Test]
    public void No_mapping()
    {
        var findings = new List<Finding>();
        Assert.That(Compiler.Load([], [], findings), Is.Null);
        Assert.That(findings.Select(finding => (finding.Code, finding.Span.ToString())), Is.EqualTo([("CSK0213", "rules/mapping.yaml:1:1")]));
    }

    [Test]
    public void A_parser_without_a_template() =>
        Assert.That(TestPack.Mapped("template: events", "template: «event»").VerifyLoad("CSK0208").Message, Does.Contain("\"elements\", \"events\""));

    [Test]
    public void A_detection_without_its_template()
    {
        TestPack.Rule("template: «first-sen»").With("templates/detections/first-seen.scriban", "{{ query }}").VerifyLoad("CSK0208");
        TestPack.Rule("template: first-seen").With("templates/detections/first-seen.scriban", "{{ query }}").Load();
    }

    [TestCase("columns: { ActorUpn: Acc", "columns: { «ActorUpm»: Acc", "ActorUpn")]
    [TestCase("each: Messages", "each: «Message»", "Messages")]
    [TestCase("keep: [TimeGenerated", "keep: [«TimeGenerate»", "TimeGenerated")]
    public void A_field_that_the_mapping_does_not_have(string part, string marked, string near) =>
        Assert.That(TestPack.Mapped(part, marked).VerifyLoad("CSK0209").Message, Does.Contain($"Did you mean \"{near}\"?"));

    [TestCase("SourceTable"), TestCase("IngestionTime"), TestCase("AdditionalFields")]
    public void Columns_of_the_kit_itself_can_be_kept(string name) => TestPack.Mapped("keep: [TimeGenerated", $"keep: [{name}").Load();

    [Test]
    public void A_parser_of_the_elements_of_no_collection() => TestPack.Mapped("each: Messages", "each: «ActorUpn»").VerifyLoad("CSK0210");

    [TestCase("ecs: «event.actions»", "Did you mean \"event.action\"?")]
    [TestCase("ocsf: «actor.user»", "an object (user)")]
    [TestCase("cef: «cs7»", "cs1 to cs6")]
    public void A_map_to_a_field_that_the_product_does_not_have(string marked, string says) =>
        Assert.That(TestPack.Mapped("fields:\n", $"maps:\n  Operation: {{ path: Operation, names: {{ {marked} }} }}\nfields:\n").VerifyLoad("CSK0228").Message, Does.Contain(says));

    [TestCase("template: events }", "template: events, keep: [«RecordId»] }")]
    [TestCase("template: events }", "template: events, rest: «Others» }")]
    [TestCase("template: events }", "template: events, where: «isnotempty(RecordId)» }")]
    public void A_key_of_elements_on_the_parser_of_records(string part, string marked) => TestPack.Mapped(part, marked).VerifyLoad("CSK0217");

    [TestCase("  RecordId: { type: string, record: [Id, ID] }", "  RecordId: { type: string, record: [Id, ID] }\n  «Lost»: { type: string }")]
    [TestCase("MessageId: { type: string, record: [Id, ID] }", "«MessageId»: { type: string }")]
    public void A_field_that_nothing_reads(string part, string marked) => TestPack.Mapped(part, marked).VerifyLoad("CSK0211");

    [Test]
    public void A_field_that_is_a_column_of_a_source_alone() => TestPack.Mapped("ActorUpn: { type: string, record: UserId }", "ActorUpn: { type: string }").Load();

    [TestCase("TimeGenerated"), TestCase("IngestionTime"), TestCase("SourceTable"), TestCase("AdditionalFields"), TestCase("Event_"), TestCase("Key_")]
    public async Task A_field_with_the_name_of_a_column_of_the_kit_itself(string name) =>
        await TestPack.Mapped("fields:\n  RecordId", $"fields:\n  «{name}»: {{ type: string, event: X }}\n  RecordId").Verify("CSK0212");

    [Test]
    public void Parsers_of_elements_need_one_of_records() =>
        TestPack.Mapped("  CopilotEvents: { description: Records., template: events }\n  CopilotMessages", "  «CopilotMessages»").VerifyLoad("CSK0215");

    [Test]
    public void The_parser_of_records_comes_first() => Assert.That(
        TestPack.Mapped("parsers:\n", "parsers:\n  Before: { description: Messages., template: elements, each: Messages, keep: [TimeGenerated] }\n").Load().Mapping.Parsers.Select(p => p.Name.Value),
        Is.EqualTo(["CopilotEvents", "Before", "CopilotMessages"]));

    [Test]
    public void A_column_twice_in_a_parser()
    {
        var finding = TestPack.Mapped("rest: MessageRest", "rest: «MessageId»").VerifyLoad("CSK0201");
        Assert.That(finding.Related.Single().Span.Text, Is.EqualTo("MessageId"));
        TestPack.Mapped("keep: [TimeGenerated, RecordId]", "keep: [TimeGenerated, RecordId, «RecordId»]").VerifyLoad("CSK0201");
    }

    [Test]
    public void A_file_in_templates_that_is_none()
    {
        var findings = new List<Finding>();
        TemplateReader.Read([new("templates/readme.md", "templates/readme.md", "x"u8.ToArray()), new("templates/a.scriban", "templates/a.scriban", "x"u8.ToArray())], findings);
        Assert.That(findings.Select(finding => (finding.Code, finding.Severity, finding.Span.ToString())),
            Is.EqualTo([("CSK0216", FindingSeverity.Warning, "templates/readme.md:1:1")]));
    }

    [Test]
    public void A_template_that_its_name_calls_Liquid()
    {
        var findings = new List<Finding>();
        var templates = TemplateReader.Read([new("templates/detections/a.liquid", "templates/detections/a.liquid", "x"u8.ToArray())], findings);
        Assert.That(findings.Select(finding => (finding.Code, finding.Severity, finding.Span.ToString())),
            Is.EqualTo([("CSK0308", FindingSeverity.Error, "templates/detections/a.liquid:1:1")]));
        Assert.That(findings[0].Message, Does.Contain("ends in .scriban"));
        Assert.That(templates.Files.Keys, Is.EqualTo(["detections/a"]), "what uses it is no mistake of its own");
    }

    [Test]
    public void A_projects_template_stands_in_for_the_packs() => Assert.That(
        TestPack.Small.Project("templates/parsers/events.scriban", "mine").Load().Templates.Files["parsers/events"].Path,
        Is.EqualTo("project/templates/parsers/events.scriban"));
}
