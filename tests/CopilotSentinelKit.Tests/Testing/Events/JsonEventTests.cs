
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Tests.Testing.Events;

internal sealed class JsonEventTests
{
    private const string A = """{"Id":"a","RecordType":261}""";
    private const string B = """{"Id":"b","RecordType":261}""";

    [TestCase(A + B), TestCase(A + "\n" + B), TestCase(A + "\r\n\r\n  \r\n" + B + "\r\n"), TestCase("\uFEFF" + A + "\n" + B), TestCase("[" + A + "," + B + "]")]
    [TestCase("[" + A + "]\n[" + B + "]"), TestCase(" \n[\n" + A + "\n,\n" + B + "]"), TestCase("""{"@odata.context":"x","value":[""" + A + "," + B + "]}"), TestCase("\uFEFF[" + A + "," + B + "]")]
    [TestCase("""{"value":[""" + A + "]}\n" + """{"value":[""" + B + "]}"), TestCase("{\n  \"Id\": \"a\",\n  \"RecordType\": 261\n}\n{\n  \"Id\": \"b\",\n  \"RecordType\": 261\n}\n")]
    public void Records_stand_in_many_ways(string text) => Assert.That(EventFile.Ok(text), Is.EqualTo([A, B]));

    [TestCase("[]"), TestCase("""{"value":[]}""")]
    public void No_record_is_no_fault(string text) => Assert.That(EventFile.Ok(text), Is.Empty);

    [Test]
    public void A_record_keeps_what_it_holds()
    {
        const string record = """{"CreationTime":"-5m","Operation":"x","n":12,"r":1.5,"t":true,"z":null,"l":[{"id":1},[]],"s":"a\"b\\n","id":"é😀"}""";
        Assert.That(EventFile.Ok(record), Is.EqualTo([record]));
    }

    [Test]
    public void A_record_knows_its_place()
    {
        const string text = "[\r\n  " + A + ",\r\n  {\r\n\"Operation\": \"é\"\r\n  }\r\n]";
        var records = EventReader.Read(new SourceFile("e.json", text), []);
        Assert.That(records.Select(record => record.Span.ToString()), Is.EqualTo(["e.json:2:3", "e.json:3:3"]));
        Assert.That(records[1].Span.Text, Is.EqualTo("{\r\n\"Operation\": \"é\"\r\n  }"));
    }

    [TestCase("«»", "CSK1140"), TestCase("«» \r\n\t", "CSK1140"), TestCase("«h»ello", "CSK1141")]
    [TestCase("[" + A + ",\n {\"Id\": «'»x'}]", "CSK1142"), TestCase("{ «/»/ no\n}", "CSK1142"), TestCase("[" + A + "«»", "CSK1142"), TestCase("{\"a\":1,«}»", "CSK1142")]
    [TestCase(A + "\n«x»", "CSK1142"), TestCase("{\"Id\":\"é\",\n«I»d:1}", "CSK1142"), TestCase("{\"Operation\":\"a«»\nb\"}", "CSK1142"), TestCase("{\"Operation\":\"a«\t»b\"}", "CSK1142")]
    [TestCase("[" + A + ", «12»]", "CSK1145"), TestCase("[«null»]", "CSK1145"), TestCase("[«[»\n1]]", "CSK1145"), TestCase("[«\"{}\"»]", "CSK1145")]
    [TestCase("{\"Operation\":\"a\",«\"Operation\"»:\"b\"}", "CSK1144"), TestCase("""{"AuditData":"{\"Operation\":1,«\"Operation\"»:2}"}""", "CSK1144")]
    [TestCase("«{»\"a\":1}", "CSK1146"), TestCase("[" + A + ",«{»}]", "CSK1146"), TestCase("«{»\"operation\":\"a\"}", "CSK1146")]
    [TestCase("«{»\"TimeGenerated\":\"-1m\",\"RecordType\":\"CopilotInteraction\"}", "CSK1146")]
    [TestCase("«{»\"createdDateTime\":\"2026-01-01T00:00:00Z\",\"operation\":\"a\"}", "CSK1146")]
    [TestCase("{\"AuditData\":«null»}", "CSK1148"), TestCase("{\"auditData\":«[1]»}", "CSK1148"), TestCase("{\"AuditData\":«5»}", "CSK1148")]
    [TestCase("{\"AuditData\":\"«[{}]»\"}", "CSK1148"), TestCase("{\"AuditData\":\"«»\"}", "CSK1148")]
    [TestCase("""{"AuditData":"{\"Id\":\"a\",\"b\":«'»x'}"}""", "CSK1147"), TestCase("""{"AuditData":"{\"Operation\":1}«x»"}""", "CSK1147"), TestCase("""{"AuditData":"{«»"}""", "CSK1147")]
    public void What_is_wrong_is_shown(string marked, string code) => EventFile.Verify(code, marked);

    [Test]
    public void A_broken_line_costs_itself_alone()
    {
        var (finding, records) = EventFile.Verify("CSK1142", A + "\n{\"Id\":\"c\"«»\n" + B + "\n");
        Assert.That(records.Select(record => record.Members.Find("Id").Text), Is.EqualTo(["a", "b"]));
        Assert.That(finding.Message, Does.StartWith("This is no JSON: ").And.EndsWith("Correct it from this place on."));
    }

    [Test]
    public void A_file_of_something_else_is_not_a_finding_a_line()
    {
        var findings = new List<Finding>();
        EventReader.Read(new SourceFile("e.json", string.Concat(Enumerable.Repeat("{'Id': 'a'}\n", 5000))), findings);
        Assert.That(findings, Has.Count.EqualTo(20));
    }

    [Test]
    public void What_comes_before_the_fault_is_read()
    {
        var (_, records) = EventFile.Verify("CSK1142", "[" + A + ",\n" + B + ",\n«,»" + A + "]");
        Assert.That(records, Has.Length.EqualTo(2));
    }

    [Test]
    public void Too_much_nesting_is_one_finding()
    {
        var deep = "{\"Operation\":" + new string('[', 127);
        EventFile.Verify("CSK1143", deep + "«[»" + new string(']', 128) + "}");
        EventFile.Ok(deep + new string(']', 127) + "}");
    }

    [Test]
    public void Findings_say_what_to_do()
    {
        Assert.That(EventFile.Verify("CSK1146", "«{»\"TimeGenerated\":\"-1m\"}").Finding.Message, Does.EndWith("a row of a table. Give it as a row of that table."));
        Assert.That(EventFile.Verify("CSK1146", "«{»\"createdDateTime\":\"x\"}").Finding.Message, Does.Contain("no \"auditData\""));
        Assert.That(EventFile.Verify("CSK1146", "«{»}").Finding.Message, Does.Contain("none of the members RecordType, Operation, "));
        Assert.That(EventFile.Verify("CSK1144", "{\"Operation\":1,«\"Operation\"»:2}").Finding.Related.Single().Span.Start, Is.EqualTo(1));
    }

    [TestCase("{\"Operation\":\"\\ud800\"}"), TestCase("{\"Operation\":1e999}"), TestCase("{\"Operation\":123456789012345678901234567890}"), TestCase("{\"Operation\":{\"\":[]}}")]
    public void Odd_values_are_values(string text) => Assert.That(EventFile.Ok(text), Has.Length.EqualTo(1));
}
