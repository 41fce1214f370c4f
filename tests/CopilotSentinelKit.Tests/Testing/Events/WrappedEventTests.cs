using System.Text;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Testing.Events;
using CopilotSentinelKit.Tests.Spec;

namespace CopilotSentinelKit.Tests.Testing.Events;

internal sealed class WrappedEventTests
{
    [Test]
    public void Graph_fills_what_the_record_lacks() => Assert.That(
        EventFile.Ok("""
            { "id": "g1", "createdDateTime": "2026-05-02T07:00:00Z", "auditLogRecordType": "copilotInteraction", "operation": "CopilotInteraction", "organizationId": "t1",
              "userType": "dcAdmin", "userId": "k1", "userPrincipalName": "kim@fabrikam.example", "service": "Copilot", "objectId": "o1", "clientIp": "192.0.2.7", "administrativeUnits": [""],
              "auditData": { "@odata.type": "microsoft.graph.security.auditData", "CopilotEventData": { "AppHost": "Loop" } } }
            """).Single(),
        Is.EqualTo("""{"CopilotEventData":{"AppHost":"Loop"},"Id":"g1","CreationTime":"2026-05-02T07:00:00Z","RecordType":"CopilotInteraction","Operation":"CopilotInteraction","OrganizationId":"t1","UserType":"DCAdmin","UserKey":"k1","UserId":"kim@fabrikam.example","Workload":"Copilot","ObjectId":"o1","ClientIP":"192.0.2.7"}"""));

    [Test]
    public void The_record_counts_before_its_wrapping() => Assert.That(
        EventFile.Ok("""{"id":"g1","operation":"a","userPrincipalName":"u","workload":"w","auditData":{"Id":"r1","RecordType":261,"Operation":null,"UserId":""}}""").Single(),
        Is.EqualTo("""{"Id":"r1","RecordType":261,"Operation":"a","UserId":"","Workload":"w"}"""));

    [TestCase("service", "workload"), TestCase("workload", "service")]
    public void Of_two_names_the_first_known_counts(string first, string second) => Assert.That(
        EventFile.Ok($$$"""{"{{{first}}}":"{{{first}}}","{{{second}}}":"{{{second}}}","auditData":{"Operation":"a"}}""").Single(), Does.Contain("\"Workload\":\"service\""));

    [TestCase("""{"CreationDate":"2026-05-02T07:00:00.0000000Z","RecordType":"261","Operations":"CopilotInteraction","UserIds":"u","Identity":"p1","AuditData":"{\"Workload\":\"Copilot\",\"n\":1}"}""")]
    [TestCase("""[{"RecordId":"p1","CreationTime":"2026-05-02T07:00:00.0000000Z","RecordType":261,"Operation":"CopilotInteraction","UserId":"u","AuditData":{"Workload":"Copilot","n":1}}]""")]
    public void Purview_gives_AuditData_as_text_or_object(string text) => Assert.That(
        EventFile.Ok(text).Single(),
        Is.EqualTo("""{"Workload":"Copilot","n":1,"Id":"p1","CreationTime":"2026-05-02T07:00:00.0000000Z","RecordType":261,"Operation":"CopilotInteraction","UserId":"u"}"""));

    [Test]
    public void Records_in_a_spec_are_read_alike()
    {
        var findings = new List<Finding>();
        var file = new SourceFile("rules/a.yaml", "- CreationTime: -5m\n  CopilotEventData: { AppHost: Word, Messages: [{ Id: '1', isPrompt: true }] }\n- auditData: { RecordType: 261 }\n  operation: x\n- text\n");
        var records = EventReader.Read(YamlReader.Read(file, findings)!, findings);
        Assert.That(records.Select(record => ValueText.Json(Value.Of(record.Members))), Is.EqualTo(
        [
            """{"CreationTime":"-5m","CopilotEventData":{"AppHost":"Word","Messages":[{"Id":"1","isPrompt":true}]}}""",
            """{"RecordType":261,"Operation":"x"}""",
        ]));
        Assert.That(records.Select(record => record.Span.ToString()), Is.EqualTo(["rules/a.yaml:1:3", "rules/a.yaml:3:3"]));
        Assert.That(findings.Select(finding => (finding.Code, finding.Span.Text)), Is.EqualTo([("CSK1145", "text")]), () => Marked.Shown(findings));
    }

    [TestCase("utf-8"), TestCase("utf-16"), TestCase("utf-16BE"), TestCase("utf-32")]
    public void Files_have_the_encoding_of_their_mark(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var file = EventText.Decode(new("e.json", "e.json", (byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes("{\"Operation\":\"é\"}")]), []);
        Assert.That(file!.Text, Is.EqualTo("{\"Operation\":\"é\"}"));
    }

    [Test]
    public void Other_encodings_are_shown_where_they_start()
    {
        var findings = new List<Finding>();
        Assert.That(EventText.Decode(new("e.csv", "e.csv", Encoding.Latin1.GetBytes("a\nbü")), findings), Is.Null);
        Assert.That(findings.Select(finding => (finding.Code, finding.Span.ToString())), Is.EqualTo([("CSK1151", "e.csv:2:2")]));
        findings.Clear();
        Assert.That(EventText.Decode(new("e.csv", "e.csv", new byte[EventText.MaxBytes + 1]), findings), Is.Null);
        Assert.That(findings.Select(finding => (finding.Code, finding.Message)), Is.EqualTo([("CSK1152", "The file is larger than 256 MiB, so it is not read. Export fewer days, or split it.")]));
    }
}
