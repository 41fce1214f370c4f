using System.Text;
using System.Text.Json.Nodes;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Docs;
using CopilotSentinelKit.Tests.Golden;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Schemas;

/// <summary>The schemas and the reader say the same of a file, but for what only its spelling shows.</summary>
internal sealed class SpecSchemaTests
{
    private static readonly Dictionary<string, JsonSchema> Schemas =
        SpecSchema.All.ToDictionary(schema => schema.Name, schema => new JsonSchema(JsonNode.Parse(schema.ToText())!.AsObject()));

    [Test]
    public void The_shipped_files_are_current() => GoldenFolder.Verify(
        Repository.PathOf(SpecSchema.Folder.Split('/')),
        SpecSchema.All.ToDictionary(schema => schema.FileName, schema => schema.ToText()));

    [Test]
    public void Every_shipped_spec_is_valid_and_names_its_schema()
    {
        var specs = PackFolder.Read(Repository.Root).Where(file => (file.PackPath.StartsWith("rules/", StringComparison.Ordinal) || file.PackPath.StartsWith("templates/workbooks/", StringComparison.Ordinal)) && file.PackPath.EndsWith(".yaml", StringComparison.Ordinal)).ToList();
        Assert.That(specs, Has.Count.GreaterThan(25));
        foreach (var spec in specs)
        {
            var text = Encoding.UTF8.GetString(spec.Bytes.Span);
            var kind = KindOf(spec.PackPath);
            Assert.That(Faults(kind, text), Is.Empty, spec.PackPath);
            var to = kind switch { "mapping" or "simulation" => "schemas", "panel" => "../../rules/schemas", _ => "../schemas" };
            Assert.That(text, Does.StartWith($"# yaml-language-server: $schema={to}/{kind}.json\n"), spec.PackPath);
        }
    }

    [Test]
    public void Every_spec_of_the_documents_is_valid()
    {
        // Rules as the community has them are no specs.
        foreach (var (path, code) in Documents.Files().Where(file => file.Path.EndsWith(".yaml", StringComparison.Ordinal) && Schemas.ContainsKey(KindOf(file.Path))))
        {
            Assert.That(Faults(KindOf(path), code), Is.Empty, path);
        }
    }

    [TestCase("detection", Samples.Detection)]
    [TestCase("mapping", Samples.Mapping)]
    [TestCase("kit", Samples.Kit)]
    [TestCase("watchlist", Samples.Watchlist)]
    [TestCase("workbook", Samples.Workbook)]
    [TestCase("summary", Samples.Summary)]
    [TestCase("automation", Samples.Automation)]
    [TestCase("test", Samples.Tests)]
    public void Every_key_is_known(string kind, string text) => Assert.That(Faults(kind, text), Is.Empty);

    [Test]
    public void Descriptions_are_those_of_the_reader()
    {
        var schema = JsonNode.Parse(SpecSchema.All.Single(schema => schema.Name == "detection").ToText())!;
        foreach (var key in DetectionShape.Shape.Keys)
        {
            Assert.That(schema["properties"]![key.Name]!["description"]!.GetValue<string>(), Is.EqualTo(key.Description));
        }
    }

    [TestCase("id: A-Detection")]
    [TestCase("id: ab")]
    [TestCase("id: [a-detection]")]
    [TestCase("Severity: High")]
    [TestCase("severity: high")]
    [TestCase("severity:")]
    [TestCase("severity: ''")]
    [TestCase("version: 1.0")]
    [TestCase("version: 1.0.0.0")]
    [TestCase("version: 01.0.0")]
    [TestCase("kind: batch")]
    [TestCase("kind: hunting")]
    [TestCase("kind: nrt")]
    [TestCase("name: 5")]
    [TestCase("name: true")]
    [TestCase("name: ' '")]
    [TestCase("name: null")]
    [TestCase("name: \"two\\nlines\"")]
    [TestCase("name: \"a bell \\a\"")]
    [TestCase("description: { text: x }")]
    [TestCase("description: \"a bell \\a\"")]
    [TestCase("enabled: \"true\"")]
    [TestCase("enabled: 1")]
    [TestCase("enabled: yes")]
    [TestCase("schedule: 1h")]
    [TestCase("schedule: { every: 1h }")]
    [TestCase("schedule: { every: 1h, lookback: 1w }")]
    [TestCase("schedule: { every: 1h, lookback: 1h, at: 8 }")]
    [TestCase("schedule: { every: 1h, lookback: 9999999999999d }")]
    [TestCase("trigger: { operator: gt, threshold: -1 }")]
    [TestCase("trigger: { operator: gt, threshold: 1.5 }")]
    [TestCase("trigger: { operator: gt, threshold: '5' }")]
    [TestCase("trigger: { operator: above, threshold: 1 }")]
    [TestCase("attack: { tactics: [] }")]
    [TestCase("attack: { tactics: InitialAccess }")]
    [TestCase("attack: { techniques: [T1] }")]
    [TestCase("atlas: [T0054]")]
    [TestCase("owasp: [LLM11]")]
    [TestCase("parameters: { a-b: { type: int, default: 1 } }")]
    [TestCase("parameters: { a: { type: number, default: 1 } }")]
    [TestCase("parameters: { a: { type: int } }")]
    [TestCase("parameters: { a: { type: strings, default: [[x]] } }")]
    [TestCase("parameters: { a: { type: strings, default: { x: y } } }")]
    [TestCase("entities: { type: Account }")]
    [TestCase("entities: [{ FullName: Upn }]")]
    [TestCase("entities: [{ type: Account, Full Name: Upn }]")]
    [TestCase("entities: [{ type: Account, FullName: [Upn] }]")]
    [TestCase("incident: { grouping: { by: All } }")]
    [TestCase("incident: { grouping: {} }")]
    [TestCase("deprecated: true")]
    [TestCase("deprecated: { replacedBy: other-rule }")]
    [TestCase("guid: 5")]
    [TestCase("guid: 0f8fad5b-d9cb-469f-a165-7086772895")]
    public void What_the_reader_rejects_in_a_detection_the_schema_rejects(string entry) => Rejected("detection", Samples.With(entry));

    [TestCase("id"), TestCase("version"), TestCase("kind"), TestCase("name"), TestCase("description"), TestCase("severity"), TestCase("schedule"), TestCase("query")]
    public void What_a_detection_needs_the_schema_needs(string key) => Rejected("detection", Samples.Without(key));

    [TestCase("hunt", "id: a-hunt\nversion: 1.0.0\nkind: hunting\nname: A\ndescription: B.\nquery: T\nseverity: High\n")]
    [TestCase("kit", "publisher: Contoso\n")]
    [TestCase("kit", "name: contoso\npublisher: Contoso\nformats: [JSON]\n")]
    [TestCase("kit", "name: contoso\npublisher: Contoso\noutput: ../elsewhere\n")]
    [TestCase("kit", "name: contoso\npublisher: Contoso\ntables: { T_CL: { A: text } }\n")]
    [TestCase("kit", "name: contoso\npublisher: Contoso\ndetections: { a-rule: { enabled: false } }\n")]
    [TestCase("mapping", "fields: { A: { description: x } }\n")]
    [TestCase("mapping", "fields: { A: { type: string, record: [] } }\n")]
    [TestCase("mapping", "fields: { A: { type: string, record: a..b } }\n")]
    [TestCase("mapping", "parsers: { P: { description: x, template: Events } }\n")]
    [TestCase("watchlist", "alias: A_\nversion: 1.0.0\nname: A\ndescription: B\nsearchKey: K\ncolumns: { K: string }\n")]
    [TestCase("watchlist", "alias: Abc\nversion: 1.0.0\nname: A\ndescription: B\nsearchKey: K\ncolumns: { K: string }\nrows: [{ K: [x] }]\n")]
    [TestCase("watchlist", "alias: Abc\nversion: 1.0.0\nname: A\ndescription: B\nsearchKey: K\ncolumns: { K: string }\nrows: [{ K: }]\n")]
    public void What_the_reader_rejects_elsewhere_the_schema_rejects(string kind, string text) => Rejected(kind, text);

    [TestCase("items: [{ text: a, query: T }]")]
    [TestCase("items: [{ style: info }]")]
    [TestCase("items: [{ tabs: { A: [{ tabs: { B: [{ text: x }] } }] } }]")]
    [TestCase("items: [{ group: G, items: [{ group: H, items: [{ text: x }] }] }]")]
    [TestCase("items: [{ text: a, width: 5 }]")]
    [TestCase("items: [{ query: T, show: pie }]")]
    [TestCase("items: []")]
    [TestCase("parameters: { P: { label: x } }")]
    [TestCase("parameters: { P: { timeRange: [1d] } }")]
    public void What_the_reader_rejects_in_a_workbook_the_schema_rejects(string entry)
    {
        var key = entry[..entry.IndexOf(':', StringComparison.Ordinal)];
        string[] sound = ["parameters: { TimeRange: { timeRange: [1d], default: 1d } }", "items: [{ text: a }]"];
        var head = "id: a-book\nversion: 1.0.0\nname: A\ndescription: B\n";
        Assert.That(Faults("workbook", head + string.Join('\n', sound)), Is.Empty);
        Rejected("workbook", head + string.Join('\n', sound.Where(line => !line.StartsWith(key, StringComparison.Ordinal)).Append(entry)));
    }

    [TestCase("name: |\n  One line\n")]
    [TestCase("description: |\n  Two\n\n  lines, a\ttab\n")]
    [TestCase("template: threshold")]
    [TestCase("parameters: { a: { type: strings, default: [] } }")]
    [TestCase("references: https://attack.mitre.org/")]
    public void What_the_reader_takes_the_schema_takes(string entry)
    {
        var text = Samples.With(entry);
        Assert.That(ReaderFindings("detection", text).Where(code => string.CompareOrdinal(code, "CSK0140") < 0), entry.StartsWith("references", StringComparison.Ordinal) ? Is.Not.Empty : Is.Empty);
        Assert.That(Faults("detection", text).Count == 0, Is.EqualTo(!entry.StartsWith("references", StringComparison.Ordinal)));
    }

    [TestCase(1024, 1025)]
    public void Lengths_are_those_of_the_reader(int most, int tooMany)
    {
        Assert.That(Faults("detection", Samples.With("name: " + new string('n', most))), Is.Empty);
        Assert.That(Faults("detection", Samples.With("name: |\n  " + new string('n', most) + "\n")), Is.Empty);
        Rejected("detection", Samples.With("name: " + new string('n', tooMany)));
        Assert.That(Faults("detection", Samples.With("description: |\n  " + new string('n', 20_000) + "\n")), Is.Empty);
        Rejected("detection", Samples.With("description: |\n  " + new string('n', 20_001) + "\n"));
    }

    private static void Rejected(string kind, string text)
    {
        Assert.That(ReaderFindings(kind, text), Is.Not.Empty, "the reader takes it");
        Assert.That(Faults(kind, text), Is.Not.Empty, "the schema takes it");
    }

    private static List<string> Faults(string kind, string text) => Schemas[kind].Faults(YamlAsJson.Read(text));

    private static List<string> ReaderFindings(string kind, string text)
    {
        var path = kind switch { "kit" => "kit.yaml", "mapping" => "rules/mapping.yaml", _ => $"rules/{kind}s/a.yaml" };
        return [.. SpecReader.Read([new(path, path, Encoding.UTF8.GetBytes(text))]).Findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.Code)];
    }

    private static string KindOf(string path) => path.Split('/') switch
    {
        ["kit.yaml"] => "kit",
        ["rules", "mapping.yaml"] => "mapping",
        ["rules", "simulation.yaml"] => "simulation",
        ["templates", "workbooks", ..] => "panel",
        [_, var folder, ..] => folder.TrimEnd('s'),
        _ => throw new ArgumentException(path, nameof(path)),
    };
}
