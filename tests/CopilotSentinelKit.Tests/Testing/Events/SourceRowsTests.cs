using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Testing.Events;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Testing.Events;

internal sealed class SourceRowsTests
{
    private const string Record = """
        {"Id":"r1","RecordType":261,"UserType":"Admin","CreationTime":"2026-05-02T07:00:00","Operation":"CopilotInteraction","Count":"12","Flag":1,"Ratio":"0.5",
         "CopilotEventData":{"AppHost":"Loop","Messages":[{"Id":"1","isPrompt":true}]},"Empty":null,"Number":1.5,"Truth":true}
        """;

    private static readonly ImmutableArray<Column> Columns =
        [new("TimeGenerated", "datetime"), new("S", "string"), new("N", "long"), new("I", "int"), new("R", "real"), new("B", "bool"), new("D", "dynamic"), new("G", "guid"), new("T", "timespan")];

    [TestCase("TimeGenerated: { record: CreationTime }", "datetime", "2026-05-02T07:00:00.0000000Z"), TestCase("TimeGenerated: { record: Operation }", "datetime", null), TestCase("TimeGenerated: { record: RecordType }", "datetime", null)]
    [TestCase("S: { record: Id }", "string", "r1"), TestCase("S: { record: RecordType }", "string", "261"), TestCase("S: { record: Number }", "string", "1.5"), TestCase("S: { record: Truth }", "string", "true")]
    [TestCase("S: { record: CopilotEventData.Messages }", "string", """[{"Id":"1","isPrompt":true}]"""), TestCase("S: { record: [Missing, CopilotEventData.Missing, Empty, CopilotEventData.AppHost, Id] }", "string", "Loop")]
    [TestCase("S: { record: [Missing, Empty, Id.Deeper] }", "string", null), TestCase("S: { value: Azure }", "string", "Azure")]
    [TestCase("S: { record: RecordType, values: RecordType }", "string", "CopilotInteraction"), TestCase("S: { record: Operation, values: RecordType }", "string", "CopilotInteraction"), TestCase("S: { record: Flag, values: RecordType }", "string", "1"), TestCase("S: { record: Empty, values: RecordType }", "string", null)]
    [TestCase("N: { record: Count }", "long", "12"), TestCase("N: { record: Id }", "long", null), TestCase("I: { record: RecordType }", "int", "261"), TestCase("R: { record: Ratio }", "real", "0.5"), TestCase("B: { record: Flag }", "bool", "true"), TestCase("B: { record: Truth }", "bool", "true")]
    [TestCase("D: { record: CopilotEventData }", "dynamic", """{"AppHost":"Loop","Messages":[{"Id":"1","isPrompt":true}]}"""), TestCase("D: { record: Id }", "dynamic", "r1"), TestCase("N: { value: '5' }", "long", "5"), TestCase("T: { value: 5m }", "timespan", "00:05:00")]
    public void A_column_holds_what_its_path_gives(string row, string type, string? text)
    {
        var (rows, findings) = Rows(row);
        Assert.That(findings, Is.Empty, () => Marked.Shown(findings));
        var values = rows.Read(EventReader.Read(new SourceFile("e.json", Record), []).Single());
        var at = Columns.IndexOf(Columns.Single(column => column.Name == row[..row.IndexOf(':', StringComparison.Ordinal)]));
        Assert.That(values, Has.Length.EqualTo(Columns.Length));
        Assert.That(values[at].IsNull ? null : ValueText.Of(values[at]), Is.EqualTo(text));
        Assert.That(values.RemoveAt(at), Has.All.EqualTo(Value.Null), "columns that are not named");
        Assert.That(Columns[at].Type, Is.EqualTo(type));
        if (text is not null && type != "dynamic")
        {
            Assert.That(KqlTypes.Find(type)!.Value.ToString(), Is.EqualTo(values[at].Kind.ToString()));
        }
    }

    [Test]
    public void The_whole_record_is_a_value()
    {
        var record = EventReader.Read(new SourceFile("e.json", Record), []).Single();
        Assert.That(Rows("D: { record: $ }").Rows.Read(record)[6], Is.EqualTo(Value.Of(record.Members)));
    }

    [TestCase("«TimeGenerate»: { record: Id }", "CSK1158", "The table \"CloudAppEvents\" has no column \"TimeGenerate\", so \"row\" cannot fill it. Did you mean \"TimeGenerated\"? Correct or remove it.")]
    [TestCase("N: { value: «five» }", "CSK1159", "The column \"N\" is of type long, and \"five\" is no such value. Correct it."), TestCase("TimeGenerated: { value: «now» }", "CSK1159", null)]
    public void What_the_table_does_not_have_is_shown(string row, string code, string? message)
    {
        var findings = Rows(EventFile.Plain(row)).Findings;
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo([code]));
        Assert.That(findings[0].Span.Text, Is.EqualTo(row.Split('«', '»')[1]));
        Assert.That(findings[0].Span.Position.Line, Is.EqualTo(8));
        Assert.That(findings[0].Message, message is null ? Is.Not.Empty : Is.EqualTo(message));
    }

    [Test]
    public void Every_shipped_source_fills_columns_of_its_table()
    {
        var mapping = TestPack.Shipped().WithKit("sources: [CopilotActivity, CloudAppEvents, ManagementActivityApi]").Load().Mapping;
        var record = EventReader.Read(new SourceFile("e.json", Record), []).Single();
        foreach (var source in mapping.Sources)
        {
            var columns = source.Declares.IsEmpty ? SharedHost.Catalog.Find(source.Table.Value)!.Value : [.. source.Declares.Select(column => column.Value)];
            var findings = new List<Finding>();
            var rows = SourceRows.Of(source, mapping.Fields, columns, findings);
            Assert.That(findings, Is.Empty, () => Marked.Shown(findings));
            var values = rows.Read(record);
            Assert.That(rows.Columns, Is.EqualTo(columns));
            Assert.That(ValueText.Of(values[columns.IndexOf(new("TimeGenerated", "datetime"))]), Is.EqualTo("2026-05-02T07:00:00.0000000Z"), source.Name.Value);
            Assert.That(source.Row, Is.Not.Empty);
        }
    }

    [Test]
    public void A_field_that_names_codes_must_be_there() => Mapped("values: «RecordTyp»").VerifyLoad("CSK0209");

    [Test]
    public void A_field_that_names_codes_must_have_names() =>
        Assert.That(Mapped("values: «RecordId»").VerifyLoad("CSK0222").Message, Is.EqualTo("The field \"RecordId\" has no \"values\", so it names no code. Give it some, or remove \"values\" here."));

    private static TestPack Mapped(string values) => TestPack.Mapped(
        "    record: RawEventData\n", $"    row: {{ RawEventData: {{ record: $ }}, ActionType: {{ record: RecordType, {values} }} }}\n    record: RawEventData\n");

    private static (SourceRows Rows, List<Finding> Findings) Rows(string row)
    {
        var mapping = TestPack.Mapped("    record: RawEventData\n", $"    row:\n      {row}\n    record: RawEventData\n")
            .Replace(TestPack.MappingPath, "  RecordId:", "  RecordType: { type: string, record: RecordType, values: { 261: CopilotInteraction } }\n  RecordId:").Load().Mapping;
        var findings = new List<Finding>();
        return (SourceRows.Of(mapping.Sources.Single(source => source.Name.Value == "CloudAppEvents"), mapping.Fields, Columns, findings), findings);
    }
}
