using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

/// <summary>A repository that holds specs, tests, schemas and output deploys on a push as it is, wherever project and output are in it.</summary>
internal sealed class DeployTests
{
    private TemporaryFolder _clone = null!;

    [SetUp]
    public void Create()
    {
        _clone = new();
        _clone.Write(".git/HEAD", "ref: refs/heads/main\n");
    }

    [TearDown]
    public void Remove() => _clone.Dispose();

    [TestCase("", "content", TestName = "At the root")]
    [TestCase("sentinel/copilot", "sentinel/copilot/content", TestName = "In a subfolder")]
    [TestCase("", "deploy/out", TestName = "Into another folder")]
    public async Task A_push_deploys_every_file(string project, string output)
    {
        await InitAsync(project);
        await Csk.GenerateAsync(_clone.PathOf(project), "--out", _clone.PathOf(output));
        var files = _clone.Files(output + "/arm").Keys.Where(path => path != "main.json").Select(path => $"{output}/arm/{path}").ToList();
        var result = new RepositoriesDeployment(_clone.Root, RepositoriesDeployment.All).Push();
        Assert.That(result.Failed, Is.Empty);
        Assert.That(result.Deployed, Is.EquivalentTo(files).And.Length.GreaterThan(30));
        Assert.That(_clone.PathOf("sentinel-deployment.config"), Does.Exist);
        await Csk.GenerateAsync(_clone.PathOf(project), "--out", _clone.PathOf(output), "--check");
    }

    [Test]
    public async Task A_connection_that_takes_no_watchlists_deploys_the_rules_that_read_them()
    {
        await InitAsync("");
        await Csk.GenerateAsync(_clone.Root);
        var result = new RepositoriesDeployment(_clone.Root, [.. RepositoriesDeployment.All.Except(["Watchlist"])]).Push();
        Assert.That(result.Failed, Is.Empty);
        Assert.That(result.Deployed, Has.None.Contains("/Watchlists/").And.Some.EndsWith("/CopilotUseByUnentitledAccount.rule.json"));
    }

    [Test]
    public async Task What_is_for_another_workspace_has_a_folder_of_its_own_which_a_connection_passes_over()
    {
        _clone.Write("kit.yaml", "name: contoso-copilot\npublisher: Contoso\nenvironments: { test: { detections: { copilot-volume-spike: { disable: true } } } }\n");
        await Csk.GenerateAsync(_clone.Root, "--environment", "test");
        Assert.That(_clone.PathOf("sentinel-deployment.config"), Does.Not.Exist, "the connection deploys what is for no environment");
        await Csk.GenerateAsync(_clone.Root);
        await Csk.GenerateAsync(_clone.Root, "--environment", "test", "--check");
        Assert.That(_clone.Files("content/arm").Keys.Except(_clone.Files("content-test/arm").Keys), Is.EqualTo(["AnalyticRules/CopilotVolumeSpike.rule.json"]));
        var result = new RepositoriesDeployment(_clone.Root, RepositoriesDeployment.All).Push();
        Assert.That(result.Failed, Is.Empty);
        Assert.That(result.Deployed, Has.All.StartsWith("content/arm/").And.Length.GreaterThan(30));
    }

    [Test]
    public async Task Automation_rules_come_after_the_rules_that_they_name_and_summary_rules_are_left_to_people()
    {
        await InitAsync("");
        Assert.That((await Csk.RunAsync("new", "summary", "contoso-hourly", "--project", _clone.Root)).Code, Is.Zero);
        Assert.That((await Csk.RunAsync("new", "automation", "contoso-triage", "--project", _clone.Root)).Code, Is.Zero);
        await Csk.GenerateAsync(_clone.Root);
        Assert.That(_clone.PathOf("content/arm/SummaryRules/ContosoHourly.summary.json"), Does.Exist);
        var result = new RepositoriesDeployment(_clone.Root, RepositoriesDeployment.All).Push();
        Assert.That(result.Failed, Is.Empty);
        Assert.That(result.Deployed, Has.Some.EndsWith("/AutomationRules/ContosoTriage.automationrule.json").And.None.Contains("/SummaryRules/"));
        Assert.That(_clone.Read("sentinel-deployment.config"), Does.Contain("\"content/arm/SummaryRules/\""));
    }

    [Test]
    public async Task Rows_that_are_examples_are_not_deployed()
    {
        await InitAsync("");
        _clone.Write("rules/watchlists/vips.yaml", "alias: Vips\nversion: 1.0.0\nname: Vips\ndescription: Important people.\nsearchKey: Upn\ncolumns: { Upn: string }\nrows:\n  - { Upn: ceo@contoso.com }\n");
        await Csk.RunAsync("generate", "--project", _clone.Root);
        Assert.That(_clone.Read("content/arm/Watchlists/CopilotAdmins.watchlist.json"), Does.Not.Contain("rawContent").And.Not.Contain("example.com"));
        Assert.That(_clone.Read("content/arm/Watchlists/Vips.watchlist.json"), Does.Contain("\"rawContent\": \"Upn\\r\\nceo@contoso.com\""));
    }

    [Test]
    public async Task The_next_push_deploys_what_changed_and_nothing_else()
    {
        await InitAsync("");
        await Csk.GenerateAsync(_clone.Root);
        var connection = new RepositoriesDeployment(_clone.Root, RepositoriesDeployment.All);
        connection.Push();
        _clone.Write("kit.yaml", _clone.Read("kit.yaml") + "detections:\n  copilot-jailbreak-attempt: { severity: High }\n");
        Assert.That((await Csk.RunAsync("generate", "--project", _clone.Root)).Code, Is.Zero);
        var next = connection.Push();
        Assert.That(next.Failed, Is.Empty);
        Assert.That(next.Deployed, Is.EqualTo(["content/arm/AnalyticRules/CopilotJailbreakAttempt.rule.json"]));
    }

    [Test]
    public async Task Without_the_configuration_a_push_fails()
    {
        await InitAsync("");
        await Csk.GenerateAsync(_clone.Root);
        File.Delete(_clone.PathOf("sentinel-deployment.config"));
        var failed = string.Join('\n', new RepositoriesDeployment(_clone.Root, RepositoriesDeployment.All).Push().Failed);
        Assert.That(failed, Does.Contain("rules/schemas/").And.Contain(".vscode/").And.Contain("content/kit.lock.json").And.Contain("CopilotJailbreakAttempt.rule.json: \"CopilotMessages\" does not exist"));
        var check = await Csk.RunAsync("generate", "--project", _clone.Root, "--check");
        Assert.That((check.Code, check.Out.Contains("sentinel-deployment.config", StringComparison.Ordinal), check.Error.Contains("sentinel-deployment.config is stale", StringComparison.Ordinal)), Is.EqualTo((1, true, true)));
    }

    [Test]
    public async Task Two_projects_and_a_person_share_the_configuration()
    {
        _clone.Write("sentinel-deployment.config", "{ \"excludecontentfiles\": [\"package.json\"] }");
        _clone.Write("package.json", "{}");
        _clone.Write("hr/rules/own.json", "{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", \"parameters\": {}, \"resources\": [] }");
        await InitAsync("it");
        await InitAsync("hr");
        await Csk.GenerateAsync(_clone.PathOf("it"));
        await Csk.GenerateAsync(_clone.PathOf("hr"));
        var result = new RepositoriesDeployment(_clone.Root, RepositoriesDeployment.All).Push();
        Assert.That(result.Failed, Is.Empty);
        Assert.That(result.Deployed, Has.Some.StartsWith("it/content/arm/Parsers/").And.Some.StartsWith("hr/content/arm/Parsers/").And.Some.EqualTo("hr/rules/own.json"));
    }

    [Test]
    public async Task A_broken_configuration_keeps_everything_from_being_written()
    {
        await InitAsync("");
        _clone.Write("sentinel-deployment.config", "{");
        var result = await Csk.RunAsync("generate", "--project", _clone.Root);
        Assert.That(result, Has.Property("Code").EqualTo(1).And.Property("Error").Contains("sentinel-deployment.config:1:").And.Property("Error").Contains("error CSK0640"));
        Assert.That(_clone.PathOf("content"), Does.Not.Exist);
    }

    private async Task InitAsync(string project) =>
        Assert.That((await Csk.RunAsync("init", _clone.PathOf(project), "--name", "contoso-copilot", "--ci", "github")).Code, Is.Zero);
}
