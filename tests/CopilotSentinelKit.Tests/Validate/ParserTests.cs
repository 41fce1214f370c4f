using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using static CopilotSentinelKit.Tests.Validate.Findings;
using static CopilotSentinelKit.Tests.Validate.Sample;

namespace CopilotSentinelKit.Tests.Validate;

internal sealed class ParserTests
{
    [Test]
    public void A_parser_that_returns_its_fields_in_another_order() =>
        Ok("ActorUpn Attempts", yaml => WithFields(yaml, "ActorUpn", "Attempts:long"), Returns("Attempts:long", "ActorUpn"));

    [Test]
    public void A_field_that_the_parser_does_not_return()
    {
        var finding = Verify("CSK0407", "ActorUpn: string\n«ThreadId»: string",
            yaml => WithFields(yaml, "ActorUpn", "ThreadId"), Returns("ActorUpn", "ThreadID"), "CSK0408");
        Assert.That(finding.Message, Does.Contain("Did you mean \"ThreadID\"?"));
    }

    [Test]
    public void A_column_that_the_mapping_does_not_have()
    {
        var finding = Verify("CSK0408", "«CopilotEvents»: ActorUpn", yaml => WithFields(yaml, "ActorUpn") with { Id = yaml["CopilotEvents"] },
            Returns("ActorUpn", "Column1"));
        Assert.That(finding.Message, Does.Contain("\"Column1\""));
    }

    [Test]
    public void A_field_of_another_type()
    {
        var finding = Verify("CSK0409", "«RecordType»: int", yaml => WithFields(yaml, "RecordType:int"), Returns("RecordType:long"));
        Assert.That(finding.Message, Does.Contain("of type int").And.Contain("returns long"));
    }

    [TestCase("Copilot-Events")]
    [TestCase("1Events")]
    [TestCase("")]
    public void A_name_that_kql_cannot_call(string alias) =>
        Verify("CSK0410", "«name»", yaml => Parser(yaml) with { Id = yaml["name"], Alias = alias });

    private static ParserFunction WithFields(Yaml yaml, params string[] fields) => Parser(yaml) with
    {
        Columns = [.. fields.Select(field => field.Split(':')).Select(field => yaml.At(field[0], new Column(field[0], field.ElementAtOrDefault(1) ?? "string")))],
    };
}
