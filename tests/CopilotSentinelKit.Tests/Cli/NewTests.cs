using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

internal sealed class NewTests
{
    private const string Kit = "name: contoso-copilot\npublisher: Contoso\n";

    private TemporaryFolder _project = null!;

    [SetUp]
    public void Create()
    {
        _project = new();
        _project.Write("kit.yaml", Kit);
    }

    [TearDown]
    public void Remove() => _project.Dispose();

    [Test]
    public async Task What_it_makes_compiles_without_a_finding_and_passes()
    {
        await NewAsync("detection", "contoso-many-uses", "--name", "Many: uses \"of\" Copilot");
        await NewAsync("hunt", "contoso-hosts");
        await NewAsync("workbook", "contoso-overview");
        await NewAsync("watchlist", "ContosoVips");
        await NewAsync("summary", "contoso-hourly");
        await NewAsync("automation", "contoso-triage");
        await NewAsync("field", "Department");
        await NewAsync("field", "CostCentre");
        await NewAsync("test", "copilot-jailbreak-attempt");
        var check = await Csk.RunAsync("check", "--project", _project.Root);
        Assert.That(check.Error, Does.Contain("note CSK0221: No query reads the watchlist \"ContosoVips\".").And.EndsWith("\n1 note\n"));
        foreach (var (target, count) in new[] { ("contoso-many-uses/", 6), ("contoso-hosts/", 6), ("contoso-hourly/", 6), ("copilot-jailbreak-attempt/an ordinary prompt is nothing to report", 3) })
        {
            var tests = await Csk.RunAsync("test", "--project", _project.Root, "--filter", target);
            Assert.That(tests.Code, Is.Zero, tests.Error);
            Assert.That(tests.Out, Does.StartWith($"{count} tests passed"));
        }

        await Csk.GenerateAsync(_project.Root);
        Assert.That(_project.Read("content/yaml/AnalyticRules/ContosoManyUses.yaml"), Does.Contain("Many: uses \"of\" Copilot\n"));
        Assert.That(_project.Read("rules/detections/contoso-many-uses.yaml"), Does.Contain("\nname: \"Many: uses \\\"of\\\" Copilot\"\n"));
        Assert.That(_project.PathOf("content/yaml/Watchlists/ContosoVips.yaml"), Does.Exist);
        Assert.That(_project.Read("content/yaml/Parsers/CopilotEvents.yaml"), Does.Contain("Department").And.Contain("CostCentre"));
    }

    [Test]
    public async Task It_says_what_it_wrote_and_what_comes_next()
    {
        var result = await NewAsync("hunt", "contoso-hosts");
        Assert.That(result.Out.Replace(_project.Root.Replace('\\', '/'), "P", StringComparison.Ordinal), Is.EqualTo(
            """
            new   P/rules/hunts/contoso-hosts.yaml
            new   P/rules/tests/contoso-hosts.yaml
            Next:
              - Edit P/rules/hunts/contoso-hosts.yaml.
              - csk test --project P --filter contoso-hosts/
              - csk generate --project P

            """.ReplaceLineEndings("\n")));
        Assert.That(_project.Read("rules/hunts/contoso-hosts.yaml"), Does.Contain("name: Contoso hosts\n"));
    }

    [TestCase("detection Bad_Id", "\"Bad_Id\" is no name for a detection: it is of 3 to 64 lower-case letters")]
    [TestCase("watchlist a", "\"a\" is no name for a watchlist: it is of 3 to 64 letters")]
    [TestCase("field 1st", "\"1st\" is no name for a field: it is of a name of at most 128")]
    [TestCase("detection copilot-volume-spike", "The detection \"copilot-volume-spike\" is there already. Choose another id")]
    [TestCase("hunt copilot-volume-spike", "The hunt \"copilot-volume-spike\" is there already.")]
    [TestCase("watchlist copilotadmins", "The watchlist \"copilotadmins\" is there already.")]
    [TestCase("field ActorUpn", "The field ActorUpn is there already.")]
    [TestCase("test copilot-jailbreak-atempt", "There is no detection, hunt or parser \"copilot-jailbreak-atempt\". Did you mean \"copilot-jailbreak-attempt\"? \"csk list\" shows them.")]
    [TestCase("test ../../escape", "There is no detection, hunt or parser \"../../escape\".")]
    [TestCase("rule my-rule", "\"rule\" is none of detection, hunt, workbook, watchlist, summary, automation, field, test.")]
    [TestCase("hunt", "Name the hunt, as in \"csk new hunt my-hunt\".")]
    public async Task A_wrong_name_is_said_and_nothing_is_written(string args, string message)
    {
        var result = await Csk.RunAsync(["new", .. args.Split(' '), "--project", _project.Root]);
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.StartWith("csk: error: " + message));
        Assert.That(_project.Files().Keys, Is.EqualTo((string[])["kit.yaml"]));
    }

    [Test]
    public async Task A_file_that_is_there_is_not_overwritten()
    {
        var path = _project.Write("rules/tests/contoso-hosts.yaml", "for: CopilotEvents\ntests: []\n").Replace('\\', '/');
        var result = await Csk.RunAsync("new", "hunt", "contoso-hosts", "--project", _project.Root);
        Assert.That(result.Error, Is.EqualTo($"csk: error: \"{path}\" is there already, and nothing was written. Choose another id.\n"));
        Assert.That(_project.PathOf("rules/hunts"), Does.Not.Exist);
    }

    [Test]
    public async Task Only_a_project_takes_something_new()
    {
        File.Delete(_project.PathOf("kit.yaml"));
        var result = await Csk.RunAsync("new", "hunt", "contoso-hosts", "--project", _project.Root);
        Assert.That(result.Error, Does.Contain("There is no kit.yaml in \"").And.Contain("Make it one with \"csk init\""));
        Assert.That(_project.Files(), Is.Empty);
    }

    [Test]
    public async Task A_team_starts_from_files_of_its_own()
    {
        _project.Write("templates/new/hunt.yaml", "id: example-id\nversion: 1.0.0\nkind: hunting\nname: Example name\ndescription: Ours.\nquery: CopilotEvents() | where IsInteraction | summarize Interactions = count()\nattack: { tactics: [Collection], techniques: [T1213] }\n");
        await NewAsync("hunt", "contoso-hosts");
        Assert.That(_project.Read("rules/hunts/contoso-hosts.yaml"), Does.StartWith("id: contoso-hosts\n").And.Contain("description: Ours."));
        Assert.That((await Csk.RunAsync("check", "--project", _project.Root)).Error, Is.Empty);
    }

    [TestCase("fields:\n  Mine: { type: string, event: Mine }\n", "fields:\n  Mine: { type: string, event: Mine }\n  New:")]
    [TestCase("fields: # ours\n    Mine:\n        type: string\n\n# Parsers\nparsers: {}\n", "fields: # ours\n    Mine:\n        type: string\n    New:")]
    [TestCase("version: 1.0.0\n", "version: 1.0.0\n\nfields:\n  New:")]
    [TestCase("fields:\r\n  Mine: { type: string, event: Mine }\r\n", "fields:\r\n  Mine: { type: string, event: Mine }\r\n  New:\r\n")]
    public async Task A_field_is_added_to_the_mapping_that_is_there(string mapping, string start)
    {
        _project.Write("rules/mapping.yaml", mapping);
        await NewAsync("field", "New");
        var text = _project.Read("rules/mapping.yaml");
        Assert.That(text, Does.StartWith(start).And.Contain("event: [New]"));
        Assert.That(mapping.Split('\n').All(line => text.Contains(line, StringComparison.Ordinal)), Is.True);
    }

    [Test]
    public async Task To_fields_in_braces_nothing_is_added()
    {
        _project.Write("rules/mapping.yaml", "fields: { Mine: { type: string, event: Mine } }\n");
        var result = await Csk.RunAsync("new", "field", "New", "--project", _project.Root);
        Assert.That((result.Code, result.Error), Is.EqualTo((2, result.Error)));
        Assert.That(result.Error, Does.Contain("are written in braces, to which csk adds nothing."));
        Assert.That(_project.Read("rules/mapping.yaml"), Is.EqualTo("fields: { Mine: { type: string, event: Mine } }\n"));
    }

    private async Task<CskResult> NewAsync(params string[] args)
    {
        var result = await Csk.RunAsync(["new", .. args, "--project", _project.Root]);
        Assert.That((result.Code, result.Error), Is.EqualTo((0, "")), result.Error);
        return result;
    }
}
