
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Tests.Spec;

public class MappingReaderTests
{
    [TestCase("CSK0121", "«surces»: {}\n")]
    [TestCase("CSK0121", "fields: { A: { type: string, «evnt»: A } }\n")]
    [TestCase("CSK0121", "parsers: { P: { description: D, template: t, fields: { A: { type: string, «event»: A } } } }\n")]
    [TestCase("CSK0122", "fields: { «A»: { event: A } }\n")]
    [TestCase("CSK0122", "sources: { «A»: { event: A } }\n")]
    [TestCase("CSK0122", "parsers: { «P»: { description: D } }\n")]
    [TestCase("CSK0124", "fields: { A: «string» }\n")]
    [TestCase("CSK0126", "fields: { A: { type: string, record: «a b» } }\n")]
    [TestCase("CSK0126", "fields: { A: { type: string, record: [Id, «a..b»] } }\n")]
    [TestCase("CSK0126", "fields: { A: { type: string, record: «\"Id | take 1\"» } }\n")]
    [TestCase("CSK0126", "fields: { «A-B»: { type: string } }\n")]
    [TestCase("CSK0126", "sources: { S: { table: «T | where x» } }\n")]
    [TestCase("CSK0126", "sources: { S: { table: T, columns: { A: «\"['x']\"» } } }\n")]
    [TestCase("CSK0127", "fields: { A: { type: «text», record: A } }\n")]
    [TestCase("CSK0127", "sources: { S: { table: T, declares: { A: «date» } } }\n")]
    [TestCase("CSK0136", "fields: { A: { type: string, record: «[]» } }\n")]
    [TestCase("CSK0128", "fields: { A: { type: string, pii: «yes» } }\n")]
    public void Finding(string code, string marked) => Marked.Verify(MappingReader.Read, code, marked);

    [TestCase("fields: { A: { type: string, event: A.B.C } }\n")]
    [TestCase("sources: { S: { table: T_CL, override: true } }\n")]
    public void No_finding(string yaml) => Marked.Ok(MappingReader.Read, yaml);

    [Test]
    public void All_values_are_read()
    {
        var findings = new List<Finding>();
        var spec = MappingReader.Read(YamlReader.Read(new("rules/mapping.yaml", Samples.Mapping), findings)!, findings)!;
        Assert.That(findings, Is.Empty, () => Marked.Shown(findings));
        Assert.Multiple(() =>
        {
            Assert.That(spec.Version?.Value, Is.EqualTo("1.0.0"));
            Assert.That(spec.Sources[0].Where!.Locate(0, 10).Text, Is.EqualTo("ActionType"));
            Assert.That(spec.Sources[0].Columns.Single().Path.Value, Is.EqualTo("AccountDisplayName"));
            Assert.That(spec.Sources[1].Declares.Select(column => column.Value.Type), Is.EqualTo(["datetime", "dynamic"]));
            Assert.That(spec.Fields.Select(field => field.Name.Value), Is.EqualTo(["ThreadId", "AgentId", "Messages", "RecordId", "RecordType", "SrcIpAddr"]));
            Assert.That(spec.Fields[1].Settings.Single().Value, Is.EqualTo("AgentId"));
            Assert.That(spec.Fields[2].Array, Is.True);
            Assert.That(spec.Fields[3].Record.Select(path => path.Span.Text), Is.EqualTo(["Id", "id", "ID"]));
            Assert.That(spec.Fields[4].Values.Single().Code.Value, Is.EqualTo("261"));
            Assert.That(spec.Fields[5].Pii, Is.True);
            Assert.That(spec.Fields[5].Expression!.Locate(13, 1).Text, Is.EqualTo("0"));
            Assert.That(spec.Parsers[1].Fields.Single().Record, Has.Length.EqualTo(3));
            Assert.That(spec.Parsers[1].Rest?.Value, Is.EqualTo("MessageAdditionalFields"));
        });
    }
}
