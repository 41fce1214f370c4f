using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
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
        Assert.That(map.Names.Where(name => !name.IsProposed).Select(name => (name.Product, name.Name.Value)), Is.EqualTo([("splunk", splunk), ("sentinel", sentinel), ("qradar", qradar)]));
    }

    [Test]
    public void A_name_stands_for_one_value_in_a_product() => Assert.That(
        from map in ShippedPack.Specs.Mapping!.Maps
        from name in map.Names
        where name.Product is not ("udm" or "ecs" or "ocsf")
        group map.Name.Value by (name.Product, name.Name.Value) into same
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

    [TestCase("ecs")]
    [TestCase("ocsf")]
    [TestCase("cef")]
    [TestCase("splunk", "_time|src_ip|event_id")]
    [TestCase("leef")]
    public void A_name_is_in_the_dictionary_of_its_product_or_says_that_it_is_ours(string product, string others = "")
    {
        var names = ShippedPack.Specs.Mapping!.Maps.Select(map => map.In(product)).OfType<string>().ToList();
        Assert.That(names, Is.Not.Empty);
        Assert.That(
            names.Where(name => ProductFields.Find(product, name) is null && !name.StartsWith("copilot", StringComparison.Ordinal)).Except(others.Split('|')),
            Is.Empty);
    }

    // Keys of LEEF that are not predefined, and fields of Splunk's search language, are words without signs.
    [TestCase("leef", "^[A-Za-z][A-Za-z0-9]*$")]
    [TestCase("splunk", "^[a-z_][a-z0-9_]*$")]
    [TestCase("qradar", "^[A-Za-z][A-Za-z0-9 ]*$")]
    public void A_name_has_the_form_of_its_product(string product, string form) =>
        Assert.That(ShippedPack.Specs.Mapping!.Maps.Select(map => map.In(product)).OfType<string>(), Has.All.Matches(form));

    [Test]
    public async Task An_ECS_field_has_the_processor_of_its_type()
    {
        var processors = JsonNode.Parse((await Files.Value)["siem/elastic/copilot-audit-pipeline.json"])!["processors"]!.AsArray();
        var targets = processors.Select(step => step!.AsObject().Single()).Select(step =>
            (Kind: step.Key, Field: (string)(step.Value!["target_field"] ?? step.Value["processor"]?["append"]!["field"] ?? step.Value["field"])!)).ToList();
        Assert.That(targets.Where(target => ProductFields.WhyNot("ecs", target.Field) is not null), Is.Empty);
        Assert.That(targets.Where(target => (target.Kind == "convert") != (ProductFields.Find("ecs", target.Field)!.Type == "ip")), Is.Empty);
        Assert.That(targets.Select(target => target.Field), Does.Contain("source.ip").And.Contains("event.category"));
    }

    [Test]
    public async Task Splunk_reads_every_file_of_the_app()
    {
        var files = (await Files.Value).Where(file => file.Key.StartsWith("siem/splunk/", StringComparison.Ordinal)).ToDictionary(file => file.Key.Split('/')[^1], file => Stanzas(file.Value));
        Assert.That(files.Keys, Is.EquivalentTo(["app.conf", "props.conf", "eventtypes.conf", "tags.conf", "default.meta"]));
        Assert.That(files["tags.conf"].Keys, Is.EquivalentTo(files["eventtypes.conf"].Keys.Select(name => "eventtype=" + name)));
        Assert.That(files["tags.conf"].Values.SelectMany(settings => settings.Values), Has.All.EqualTo("enabled"));
        Assert.That(files["app.conf"]["package"]["id"], Is.EqualTo("copilot_audit_fields"));
        Assert.That(files["props.conf"]["o365:management:activity"].Where(setting => !Regex.IsMatch($"{setting.Key} = {setting.Value}", "^FIELDALIAS-\\w+ = \"[\\w.{}]+\" ASNEW \\w+$")), Is.Empty);
    }

    // The grammar of Splunk's .conf files: comments, stanzas, settings; nothing else, and nothing twice.
    private static Dictionary<string, Dictionary<string, string>> Stanzas(string text)
    {
        var stanzas = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line is ['[', .., ']'])
            {
                stanzas.Add(line[1..^1], settings = new(StringComparer.Ordinal));
                continue;
            }

            var parts = line.Split(" = ", 2);
            Assert.That(parts, Has.Length.EqualTo(2), line);
            Assert.That(stanzas, Is.Not.Empty, line);
            settings.Add(parts[0], parts[1]);
        }

        return stanzas;
    }
}
