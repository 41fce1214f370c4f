using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Emit.Formats;

/// <summary>Formats of text: a folder of templates/output is one, of the kit or of a project.</summary>
internal sealed class TextFormatTests
{
    private const string Wiki = "templates/output/wiki/";

    [Test]
    public async Task A_project_adds_a_format_by_a_folder()
    {
        var files = await Emit(TestPack.Rule()
            .WithKit("formats: [wiki]")
            .Project(Wiki + "all.md.scriban", "{{ for rule in rules }}- {{ rule.name | markdown }}\n{{ end }}")
            .Project(Wiki + "rules/{rule}.md.scriban", "# {{ rule.name | markdown }}\n\n{{ rule.query | markdown_code \"kql\" }}\n"));
        Assert.That(files.Keys, Is.EquivalentTo(["wiki/all.md", "wiki/rules/ADetection.md"]));
        Assert.That(files["wiki/rules/ADetection.md"], Does.StartWith("# ").And.Contain("\n```kql\n").And.EndWith("\n```\n"));
    }

    [Test]
    public async Task A_file_of_a_project_takes_the_place_of_the_kits() => Assert.That(
        await Emit(TestPack.Rule().With(Wiki + "all.md.scriban", "of the kit").WithKit("formats: [wiki]").Project(Wiki + "all.md.scriban", "of the project")),
        Is.EquivalentTo([new KeyValuePair<string, string>("wiki/all.md", "of the project\n")]));

    [Test]
    public async Task A_template_that_writes_nothing_gives_no_file() => Assert.That(
        await Emit(TestPack.Rule().WithKit("formats: [wiki]").Project(Wiki + "hunts.md.scriban", "{{ if (array.size hunts) > 0 }}# Hunts{{ end }}\n")), Is.Empty);

    [Test]
    public async Task Without_formats_there_are_those_that_are_built_in() => Assert.That(
        (await Emit(TestPack.Rule().With(Wiki + "all.md.scriban", "x"))).Keys.Select(path => path.Split('/')[0]).Distinct(), Is.EquivalentTo(["arm", "yaml"]));

    [Test]
    public void A_format_that_nothing_writes() => Assert.That(
        TestPack.Rule().With(Wiki + "all.md.scriban", "x").Project("kit.yaml", "name: contoso\npublisher: Contoso\nformats: [yaml, «wikki»]\n").VerifyLoad("CSK0309").Message,
        Does.Contain("Did you mean \"wiki\"?").And.Contain("yaml, arm, solution, defender, wiki"));

    [TestCase("all.md.scriban", "{{ for rule in rules }}{{ rule.nam | markdown }}{{ end }}", "CSK0302", "1:27")]
    [TestCase("all.md.scriban", "# {{ pack.name }}", "CSK0304", "1:3")]
    [TestCase("all.md.scriban", "# {{ pack.name | kql }}", "CSK0303", "1:18")]
    [TestCase("{rule}.md.scriban", "{{ hunt.name | markdown }}", "CSK0302", "1:4")]
    [TestCase("{rul}.md.scriban", "x", "CSK0310", "1:1")]
    [TestCase("../{rule}.md.scriban", "x", "CSK0310", "1:1")]
    [TestCase("a b.md.scriban", "x", "CSK0310", "1:1")]
    public async Task A_mistake_is_one_finding_at_its_place(string path, string template, string code, string place)
    {
        var compilation = await TestPack.Rule().With("rules/detections/other.yaml", Samples.With("id: other", "name: Another rule of the tests"))
            .WithKit("formats: [wiki]").Project(Wiki + path, template).CompileAsync();
        var findings = Compiler.Emit(compilation, []).Findings;
        Assert.That(findings.Select(finding => (finding.Code, $"{finding.Span}")), Is.EqualTo([(code, $"project/{Wiki}{path}:{place}")]));
    }

    [Test]
    public async Task Repository_connections_deploy_Bicep_where_there_is_no_ARM()
    {
        var compilation = await ShippedPack.Compilation;
        var order = Compiler.Emit(compilation, [new("bicep"), new("bicep-repositories")]).Deployment;
        Assert.That(order.Files, Has.Length.EqualTo(compilation.Items.Length).And.All.StartsWith("bicep-repositories/").And.All.EndsWith(".bicep"));
        Assert.That(order.First[^1], Does.StartWith("bicep-repositories/Parsers/"));
        Assert.That(order.Never, Is.EqualTo(["bicep/", "kit.lock.json"]));
        Assert.That(Compiler.Emit(compilation, [new("arm"), new("bicep-repositories")]).Deployment.Never, Is.EqualTo(["arm/main.json", "bicep-repositories/", "kit.lock.json"]));
    }

    [Test]
    public async Task Every_format_that_is_shipped_renders()
    {
        var compilation = await ShippedPack.Compilation;
        compilation = compilation with { Pack = compilation.Pack! with { Solution = Solutions.SolutionTests.Spec } };
        var formats = OutputFormats.In(compilation.Pack.Templates);
        var emission = Compiler.Emit(compilation, formats);
        Assert.That(emission.Findings, Is.Empty);
        Assert.That(emission.Artifacts.Select(file => file.Path.Split('/')[0]).Distinct(), Is.SupersetOf(formats.Select(format => format.Name)));
    }

    private static async Task<Dictionary<string, string>> Emit(TestPack pack)
    {
        var compilation = await pack.CompileAsync();
        var emission = Compiler.Emit(compilation, []);
        Assert.That(compilation.HasErrors, Is.False, () => Marked.Shown(compilation.Findings));
        Assert.That(emission.Findings, Is.Empty);
        return emission.Artifacts.ToDictionary(file => file.Path, file => file.Text);
    }
}
