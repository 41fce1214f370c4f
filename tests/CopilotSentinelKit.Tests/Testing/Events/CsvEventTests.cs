
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Tests.Testing.Events;

internal sealed class CsvEventTests
{
    private const string Head = "RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits";
    private const string Filled = """{"Workload":"Copilot","s":"a, \"b\"","Id":"r1","CreationTime":"2026-05-02T07:00:00.0000000Z","RecordType":261,"Operation":"CopilotInteraction","UserId":"kim@fabrikam.example"}""";
    private const string Row = """"""r1,2026-05-02T07:00:00.0000000Z,261,CopilotInteraction,kim@fabrikam.example,"{""Workload"":""Copilot"",""s"":""a, \""b\""""}","""""";

    [TestCase(Head + "\n" + Row + "\n"), TestCase("\uFEFF" + Head + "\r\n" + Row), TestCase(Head + "\r\n\r\n" + Row + "\r\n\r\n")]
    public void Purview_exports_a_record_a_row(string text) => Assert.That(EventFile.Ok(text), Is.EqualTo([Filled]));

    [Test]
    public void Export_csv_writes_a_type_and_quotes_all() => Assert.That(
        EventFile.Ok("#TYPE Deserialized.AuditRecord\r\n\"PSComputerName\",\"RecordType\",\"CreationDate\",\"UserIds\",\"Operations\",\"AuditData\",\"Identity\"\r\n"
            + "\"outlook\",\"CopilotInteraction\",\"5/2/2026 7:00:00 AM\",\"kim@fabrikam.example\",\"CopilotInteraction\",\"{\"\"CreationTime\"\":\"\"2026-05-02T07:00:00\"\"}\",\"r1\"\r\n").Single(),
        Is.EqualTo("""{"CreationTime":"2026-05-02T07:00:00","Id":"r1","RecordType":"CopilotInteraction","Operation":"CopilotInteraction","UserId":"kim@fabrikam.example"}"""));

    [TestCase(';'), TestCase('\t')]
    public void Spreadsheets_save_with_other_separators(char separator) => Assert.That(
        EventFile.Ok($"RecordId{separator}Operation{separator}auditdata\nr1{separator}a{separator}\"{{\"\"x\"\":1,\"\"y\"\":2}}\"\nr2{separator}b{separator}\"{{}}\"\n"),
        Is.EqualTo(["""{"x":1,"y":2,"Id":"r1","Operation":"a"}""", """{"Id":"r2","Operation":"b"}"""]));

    [Test]
    public void Lines_inside_a_value_are_part_of_it() => Assert.That(
        EventFile.Ok("AuditData\n\"{\r\n\"\"Operation\"\":\n\"\"a\"\"}\"\n\"{\"\"Operation\"\":\"\"b\"\"}\"\n"), Is.EqualTo(["""{"Operation":"a"}""", """{"Operation":"b"}"""]));

    [Test]
    public void A_record_knows_its_row()
    {
        var records = EventReader.Read(new SourceFile("e.csv", "é,AuditData\r\n1,\"{\"\"Operation\"\":\r\n1}\"\r\n\r\n2,\"{\"\"Operation\"\":2}\""), []);
        Assert.That(records.Select(record => record.Span.ToString()), Is.EqualTo(["e.csv:2:1", "e.csv:5:1"]));
        Assert.That(records[1].Span.Text, Is.EqualTo("2,\"{\"\"Operation\"\":2}\""));
    }

    [TestCase("«RecordId,CreationDate,Operation»\nr1,x,y\n", "CSK1149"), TestCase("\uFEFF«a;b»", "CSK1149"), TestCase("#TYPE x\n\n«a,b»\n1,2", "CSK1149")]
    [TestCase("Id,AuditData\n«é,»\n", "CSK1148"), TestCase("Id,AuditData\n«r1»\n", "CSK1148"), TestCase("Id,AuditData\nr1,\"«[1]»\"\n", "CSK1148")]
    [TestCase("é,AuditData\nü,\"{\"\"Id\"\":\"\"a\"\",«I»d:1}\"\n", "CSK1147"), TestCase("Id,AuditData\r\nr1,\"{\"\"Id\"\":1\r\n «x»}\"\r\n", "CSK1147"), TestCase("Id,AuditData\nr1,{«x»}\n", "CSK1147"), TestCase("Id,AuditData\nr1,\"{\"\"a\"\":1,\"\"b\"\":\"«x»\"\"}\n", "CSK1147")]
    [TestCase("Id,AuditData\nr1,\"{\"\"Operation\"\":1,«\"\"Operation\"\"»:2}\"", "CSK1144"), TestCase("Id,AuditData\n«r»1,\"{\"\"a\"\":1}\"", "CSK1146")]
    [TestCase("Id,AuditData\nr1,«\"»{\"\"Operation\"\":1}\nr2,{}\n", "CSK1150"), TestCase("«AuditData,\"Id»\n{},1\n", "CSK1150")]
    public void What_is_wrong_is_shown(string marked, string code) => EventFile.Verify(code, marked);

    [Test]
    public void The_column_is_hinted_at() =>
        Assert.That(EventFile.Verify("CSK1149", "«Id,Audit Data»\n1,2").Finding.Message, Does.Contain("Did you mean \"Audit Data\"?"));

    [Test]
    public void Sound_rows_are_read_beside_broken_ones()
    {
        var (_, records) = EventFile.Verify("CSK1148", "Operation,AuditData\na,{}\n«b,»\nc,{}\n");
        Assert.That(records.Select(record => record.Members.Find("Operation").Text), Is.EqualTo(["a", "c"]));
    }
}
