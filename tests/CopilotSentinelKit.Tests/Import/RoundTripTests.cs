using System.Collections.Immutable;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Import;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Import;

/// <summary>What is imported and generated again says in every field what it said before.</summary>
internal sealed class RoundTripTests
{
    [TestCase("NewCountry.yaml", Samples.Rule)]
    [TestCase("AccountMadeOwner.yaml", Samples.Nrt)]
    [TestCase("RarePrograms.yaml", Samples.Hunt)]
    public async Task Yaml(string path, string yaml)
    {
        var files = await GenerateAsync(path, yaml);
        var written = files.Single(file => file.Path.StartsWith("yaml/", StringComparison.Ordinal));
        var (before, after) = (Fields(yaml), Fields(written.Text));
        Assert.That(after.Keys, Is.SupersetOf(before.Keys));
        foreach (var (key, value) in after)
        {
            // A spec has a version, which hunts of others seldom have.
            Assert.That(value, Is.EqualTo(before.GetValueOrDefault(key, key == "version" ? "1.0.0" : "")), key);
        }
    }

    [Test]
    public async Task Kql_keeps_comments_blank_lines_and_long_lines()
    {
        var files = await GenerateAsync("NewCountry.yaml", Samples.Rule);
        var query = ((AnalyticsRule)ContentReader.Read([Samples.FileOf("a.yaml", files.Single(file => file.Path.StartsWith("yaml/", StringComparison.Ordinal)).Text)]).Items.Single()).Query.Text;
        var written = ((AnalyticsRule)ContentReader.Read([Samples.FileOf("a.yaml", Samples.Rule)]).Items.Single()).Query.Text;
        Assert.That(query, Is.EqualTo(written));
        Assert.That(query, Does.Contain("// Offices").And.Contain("\n\n").And.Contain("{{DE}}").And.Contain("ago(1h + 5m)"));
        Assert.That(query.Split('\n'), Has.Some.Length.GreaterThan(140));
    }

    [TestCase(Samples.Exported, "suppressionDuration", "startTimeUtc")]
    [TestCase(Samples.Built)]
    [TestCase(Samples.Package, "requiredDataConnectors", "status")]
    public async Task Arm(string json, params string[] ofNoMatter)
    {
        var files = await GenerateAsync("exported.json", json);
        var after = files.Where(file => file.Path.StartsWith("arm/", StringComparison.Ordinal) && file.Path != "arm/main.json")
            .SelectMany(file => ForeignPiece.Of(Samples.FileOf(file.Path + ".json", file.Text)).Pieces)
            .ToDictionary(piece => piece.Item.Guid);
        foreach (var before in ForeignPiece.Of(Samples.FileOf("exported.json", json)).Pieces)
        {
            var now = after[before.Item.Guid];
            var names = before.Fields.Concat(now.Fields).Select(field => field.Key.Value).Distinct().Except(ofNoMatter).ToList();
            Assert.That(names, Has.Count.GreaterThan(4));
            foreach (var name in names.Where(name => name != "etag"))
            {
                Assert.That(Value(now, name), Is.EqualTo(Value(before, name)), name);
            }
        }
    }

    [Test]
    public async Task What_a_package_says_of_its_rule_is_in_the_YAML()
    {
        var written = Fields((await GenerateAsync("package.json", Samples.Package)).Single(file => file.Path.StartsWith("yaml/", StringComparison.Ordinal)).Text);
        Assert.That(written["status"], Is.EqualTo("Available"));
        Assert.That(written["version"], Is.EqualTo("3.0.1"));
        Assert.That(written["id"], Is.EqualTo("4f5a6b7c-8d9e-4f0a-8b1c-2d3e4f5a6b7c"));
        Assert.That(written["requiredDataConnectors"], Does.Contain("AzureActivity"));
    }

    [Test]
    public async Task Kql_alone_becomes_a_hunt_of_its_name()
    {
        const string kql = "// Lists rare programs.\nSecurityEvent\n| where EventID == 4688\n\n| summarize count() by NewProcessName\n";
        var spec = Samples.Import(("queries/RarePrograms.kql", kql)).Specs.Single();
        Assert.That((spec.Id, spec.Path), Is.EqualTo(("rare-programs", "rules/hunts/rare-programs.yaml")));
        var hunt = (await GenerateAsync("queries/RarePrograms.kql", kql)).Single(file => file.Path.StartsWith("yaml/", StringComparison.Ordinal));
        Assert.That(Fields(hunt.Text)["query"], Is.EqualTo(kql.Trim()));
    }

    /// <summary>The files of what is imported, through the whole compiler, without an error.</summary>
    private static async Task<ImmutableArray<Artifact>> GenerateAsync(string path, string text)
    {
        var imported = Samples.Import((path, text));
        Assert.That(imported.NotTaken, Is.Empty);
        Assert.That(imported.Findings.Where(finding => finding.Severity > FindingSeverity.Information), Is.Empty);
        var kit = Samples.FileOf("kit.yaml", "name: contoso-copilot\npublisher: Contoso\n");
        var compilation = await new Compiler(SharedHost.Analyzer, SharedHost.Catalog).CompileAsync(
            [.. PackFolder.Read(Repository.Root)], [kit, .. imported.Specs.Select(spec => Samples.FileOf(spec.Path, spec.Text))], null, CancellationToken.None);
        Assert.That(compilation.Findings.Where(finding => finding.Severity == FindingSeverity.Error), Is.Empty);
        var ids = imported.Specs.Select(spec => spec.Id).ToHashSet();
        return ContentEmitter.Emit([.. compilation.Items.Where(item => ids.Contains(item.Id.Value))], [OutputFormat.Yaml, OutputFormat.Arm]).Artifacts;
    }

    private static Dictionary<string, string> Fields(string yaml) =>
        ((YamlMap)YamlReader.Read(new SourceFile("a.yaml", yaml), [])!).Entries.ToDictionary(entry => entry.Key.Value, entry => FieldValue.Of(entry.Key.Value, FurtherOutput.Node(entry.Value)));

    private static string Value(ForeignPiece piece, string name)
    {
        var value = piece.Field(name) is { } field ? FieldValue.Of(name, FurtherOutput.Node(field)) : "";
        return name == "suppressionEnabled" && value == "false" ? "" : value;
    }
}
