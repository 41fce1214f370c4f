using System.Text.Json.Nodes;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Emit.Formats;

/// <summary>Names in other products: those of the reference are exact, and each file is one that its product reads.</summary>
internal sealed class SiemTests
{
    private static readonly Lazy<Task<Dictionary<string, string>>> Files = new(async () =>
        Compiler.Emit(await ShippedPack.Compilation, [new("siem")]).Artifacts.ToDictionary(file => file.Path, file => file.Text));

    [TestCase("Query", "copilot_query", "Query", "message")]
    [TestCase("Response", "copilot_response", "Response", "payload")]
    [TestCase("GroundingDataSources", "copilot_sources", "GroundingDataSources", "customProperty")]
    [TestCase("CopilotSessionId", "copilot_session_id", "CopilotSessionId", "sessionid")]
    [TestCase("UserId", "user", "UserId", "username")]
    [TestCase("CreationTime", "_time", "TimeGenerated", "startTime")]
    [TestCase("ClientIP", "src_ip", "ClientIP", "sourceIP")]
    [TestCase("Workload", "app", "Workload", "applicationName")]
    public void The_reference_has(string value, string splunk, string sentinel, string qradar)
    {
        var map = ShippedPack.Specs.Mapping!.Maps.Single(map => map.Name.Value == value);
        Assert.That(map.Names.Where(name => !name.IsProposed), Is.EqualTo([new ProductName("splunk", splunk, false), new("sentinel", sentinel, false), new("qradar", qradar, false)]));
    }

    [Test]
    public void A_name_stands_for_one_value_in_a_product() => Assert.That(
        from map in ShippedPack.Specs.Mapping!.Maps
        from name in map.Names
        where name.Product is not ("udm" or "ecs" or "ocsf")
        group map.Name.Value by (name.Product, name.Name) into same
        where same.Count() > 1
        select same.Key,
        Is.Empty);

    [Test]
    public async Task Splunk_reads_stanzas_of_settings()
    {
        var stanza = "";
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in (await Files.Value)["siem/splunk/copilot_audit_fields/default/props.conf"].Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line is ['[', .., ']'])
            {
                stanza = line;
                continue;
            }

            var parts = line.Split(" = ", 2);
            Assert.That(settings.TryAdd(parts[0], parts[1]), line);
        }

        Assert.That(stanza, Is.EqualTo("[o365:management:activity]"));
        Assert.That(settings["FIELDALIAS-copilot_CopilotSessionId"], Is.EqualTo("\"CopilotEventData.ThreadId\" ASNEW copilot_session_id"));
        Assert.That(settings["FIELDALIAS-copilot_ResourceName"], Is.EqualTo("\"CopilotEventData.AccessedResources{}.Name\" ASNEW object"));
        Assert.That(settings.Keys, Has.None.Contains("Query").And.None.Contains("CreationTime"), "no record has it, and _time is set at index time");
    }

    [Test]
    public async Task QRadar_takes_a_property_and_its_expression()
    {
        var properties = JsonNode.Parse((await Files.Value)["siem/qradar/custom-properties.json"])!["properties"]!.AsArray();
        string? Expression(string name) => (string?)properties.Single(pair => (string?)pair!["property"]!["name"] == name)!["expression"]!["expression"];
        Assert.That(Expression("sessionid"), Is.EqualTo("/\"CopilotEventData\"/\"ThreadId\""));
        Assert.That(Expression("Copilot Resource Name"), Is.EqualTo("/\"CopilotEventData\"/\"AccessedResources\"[0]/\"Name\""));
        Assert.That(properties.Select(pair => (string?)pair!["property"]!["name"]), Has.None.EqualTo("username"), "QRadar has it already");
    }

    [Test]
    public async Task Elastic_sets_a_value_and_appends_those_of_a_list()
    {
        var processors = JsonNode.Parse((await Files.Value)["siem/elastic/copilot-audit-pipeline.json"])!["processors"]!.AsArray();
        Assert.That((string?)processors.Single(step => (string?)step!["set"]?["tag"] == "UserId")!["set"]!["copy_from"], Is.EqualTo("o365.audit.UserId"));
        var list = processors.Single(step => (string?)step!["foreach"]?["tag"] == "ResourceName")!["foreach"]!;
        Assert.That((string?)list["field"], Is.EqualTo("o365.audit.CopilotEventData.AccessedResources"));
        Assert.That(list["processor"]!["append"]!.ToJsonString(), Does.Contain("\"file.name\"").And.Contain("{{{_ingest._value.Name}}}"));
    }

    [Test]
    public async Task OCSF_names_its_class_and_attributes()
    {
        var mapping = JsonNode.Parse((await Files.Value)["siem/ocsf/mapping.json"])!;
        Assert.That((int)mapping["class_uid"]!, Is.EqualTo(6003));
        Assert.That(mapping["attributes"]!.AsArray().Select(attribute => (string?)attribute!["attribute"]), Is.SupersetOf(["time", "metadata.uid", "api.operation", "src_endpoint.ip", "actor.user.email_addr"]));
    }
}
