using CopilotSentinelKit.Tests.Foreign;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

internal sealed class ImportTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create()
    {
        _folder = new();
        _folder.Write("project/kit.yaml", "name: contoso-copilot\npublisher: Contoso\n");
        _folder.Write("rules/SignInNewCountry.yaml", Community.Rule("tactics: [InitialAccess]\n", "relevantTechniques: [T1078]\n"));
    }

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public async Task What_it_makes_is_tested_generated_and_the_same()
    {
        var result = await ImportAsync("rules");
        Assert.That((result.Code, result.Error), Is.EqualTo((0, "")));
        Assert.That(Shown(result.Out), Is.EqualTo(
            """
            new   P/project/rules/detections/sign-in-new-country.yaml
            new   P/project/rules/tests/sign-in-new-country.yaml
            Imported 1 analytics rule.
            Next:
              - csk check --project P/project
              - csk generate --project P/project
              - Add to the tests what each rule must find.

            """.ReplaceLineEndings("\n")));
        Assert.That(_folder.Read("project/rules/tests/sign-in-new-country.yaml"), Does.StartWith("# yaml-language-server: $schema=../schemas/test.json\nfor: sign-in-new-country\n").And.Contain("#     SigninLogs: ["));
        var tests = await Csk.RunAsync("test", "--project", _folder.PathOf("project"), "--filter", "sign-in-new-country/");
        Assert.That(tests.Out, Does.StartWith("1 test passed"), tests.Error);
        await Csk.GenerateAsync(_folder.PathOf("project"));
        Assert.That(_folder.Read("project/content/yaml/AnalyticRules/SignInNewCountry.yaml"), Does.Contain("id: 3b2f7a51-6c1e-4d0b-9f0a-5e8f2c7d4a90\n").And.Contain("version: 1.0.0\n"));
    }

    [Test]
    public async Task A_second_run_finds_everything_there()
    {
        await ImportAsync("rules");
        var before = _folder.Files("project");
        var result = await ImportAsync("rules");
        Assert.That(result, Is.EqualTo(new CskResult(0, "Imported nothing. In the project already, by their GUIDs: 1 analytics rule.\n", "")));
        Assert.That(_folder.Files("project"), Is.EqualTo(before));
    }

    [Test]
    public async Task A_file_that_is_there_is_not_overwritten()
    {
        _folder.Write("project/rules/tests/sign-in-new-country.yaml", "for: CopilotEvents\ntests: [{ name: none, expect: none }]\n");
        var result = await ImportAsync("rules");
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(Shown(result.Out), Does.Contain("kept  P/project/rules/tests/sign-in-new-country.yaml (it was there before and says something else)"));
        Assert.That(_folder.Read("project/rules/tests/sign-in-new-country.yaml"), Does.StartWith("for: CopilotEvents"));
    }

    [Test]
    public async Task What_only_the_workspace_knows_is_named_once()
    {
        _folder.Write("rules/a.yaml", Community.Rule("id: 5b2f7a51-6c1e-4d0b-9f0a-5e8f2c7d4a90\n", "query: Contoso_CL | join Contoso_CL on Id | project TimeGenerated\n"));
        _folder.Write("rules/b.yaml", Community.Rule("id: 6b2f7a51-6c1e-4d0b-9f0a-5e8f2c7d4a90\n", "name: B\n", "query: Contoso_CL | invoke ContosoNames() | project TimeGenerated\n"));
        var result = await ImportAsync("rules");
        Assert.That(result.Out, Does.Contain("Declare what only your workspace has in kit.yaml, with its columns, and csk checks them: tables or functions Contoso_CL (2 queries); functions ContosoNames."));
        Assert.That((await Csk.RunAsync("generate", "--project", _folder.PathOf("project"))).Code, Is.Zero);
    }

    [Test]
    public async Task What_is_not_imported_is_counted()
    {
        _folder.Write("rules/copy.yaml", Community.Rule());
        _folder.Write("rules/parser.yaml", Community.Parser());
        _folder.Write("rules/notes.yaml", "a: b\n");
        var result = await ImportAsync("rules");
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain(": error CSK0923: "));
        Assert.That(result.Out, Does.Contain("Imported 1 analytics rule. Not imported, for what is said above: 1 analytics rule. Left where they are, since only rules and hunts are imported: 1 parser. Passed over 1 file without content."));
    }

    [Test]
    public async Task Specs_go_into_another_folder()
    {
        var result = await Csk.RunAsync("import", _folder.PathOf("rules"), "--out", _folder.PathOf("made"), "--project", _folder.PathOf("rules"));
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(_folder.Files("made").Keys, Is.EqualTo((string[])["rules/detections/sign-in-new-country.yaml", "rules/tests/sign-in-new-country.yaml"]));
        Assert.That(_folder.Files("project"), Has.Count.EqualTo(1));
    }

    [TestCase("nowhere", "project", "There is no file or folder \"")]
    [TestCase("rules", "rules", "There is no kit.yaml in \"")]
    public async Task Wrong_paths_are_said(string content, string project, string message)
    {
        var result = await Csk.RunAsync("import", _folder.PathOf(content), "--project", _folder.PathOf(project));
        Assert.That((result.Code, result.Out), Is.EqualTo((2, "")));
        Assert.That(result.Error, Does.StartWith("csk: error: " + message));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links need a privilege there.")]
    public async Task Links_are_not_followed()
    {
        _folder.Write("elsewhere/a.yaml", Community.Rule("id: 5b2f7a51-6c1e-4d0b-9f0a-5e8f2c7d4a90\n"));
        File.CreateSymbolicLink(_folder.PathOf("rules/linked.yaml"), _folder.PathOf("elsewhere/a.yaml"));
        Directory.CreateSymbolicLink(_folder.PathOf("rules/folder"), _folder.PathOf("elsewhere"));
        Assert.That((await ImportAsync("rules")).Out, Does.Contain("Imported 1 analytics rule."));

        Directory.Delete(_folder.PathOf("project/rules"), recursive: true);
        Directory.CreateSymbolicLink(_folder.PathOf("project/rules"), _folder.PathOf("elsewhere"));
        var result = await ImportAsync("rules");
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(_folder.Files("elsewhere").Keys, Is.EqualTo((string[])["a.yaml"]));
    }

    private Task<CskResult> ImportAsync(string path) => Csk.RunAsync("import", _folder.PathOf(path), "--project", _folder.PathOf("project"));

    private string Shown(string text) => text.Replace(_folder.Root.Replace('\\', '/'), "P", StringComparison.Ordinal);
}
