using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

internal sealed class InitTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public async Task A_new_project_compiles_without_a_finding_and_its_tests_pass()
    {
        var project = await InitAsync("--name", "fabrikam-copilot", "--publisher", "Fabrikam: \"Security\" #1");
        Assert.That(_folder.Read("fabrikam/kit.yaml"), Does.Contain($"csk: {VersionAction.Version} ").And.Contain("\nname: fabrikam-copilot ").And.Contain("\npublisher: \"Fabrikam: \\\"Security\\\" #1\"\n").And.Not.Contain("contoso-copilot"));
        Assert.That((await Csk.RunAsync("check", "--project", project)).Error, Is.Empty);
        var tests = await Csk.RunAsync("test", "--project", project, "--filter", "guest-opens-resources/");
        Assert.That(tests.Code, Is.Zero, tests.Error);
        Assert.That(tests.Out, Does.StartWith("9 tests passed, 0 failed"));
        await Csk.GenerateAsync(project);
        Assert.That(_folder.Read("fabrikam/content/yaml/AnalyticRules/GuestOpensResources.yaml"), Does.Contain("name: Guest opens many resources with Copilot"));
    }

    [Test]
    public async Task It_says_what_it_wrote_and_what_comes_next()
    {
        var result = await Csk.RunAsync("init", _folder.PathOf("new"), "--name", "contoso-copilot");
        Assert.That(result.Error, Is.Empty);
        var written = _folder.Files("new").Keys.ToList();
        Assert.That(written.All(path => result.Out.Contains("new   " + path + "\n", StringComparison.Ordinal)), Is.True, result.Out);
        Assert.That(result.Out, Does.Contain($"{written.Count} files written. Next, in ").And.Contain("  - git init\n").And.Contain("  - csk generate\n"));
        Assert.That(written, Is.SupersetOf((string[])[".gitignore", ".githooks/pre-commit", ".config/dotnet-tools.json", ".vscode/settings.json", "rules/schemas/detection.json", "azure-pipelines.yaml", ".github/workflows/sentinel-content.yaml"]));
        Assert.That(_folder.Read("new/.config/dotnet-tools.json"), Does.Contain($"\"version\": \"{VersionAction.Version}\""));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(_folder.PathOf("new/.githooks/pre-commit")) & UnixFileMode.UserExecute, Is.Not.EqualTo(UnixFileMode.None));
        }
    }

    [TestCase("github", ".github/workflows/sentinel-content.yaml", "azure-pipelines.yaml")]
    [TestCase("azure", "azure-pipelines.yaml", ".github/workflows/sentinel-content.yaml")]
    [TestCase("none", "kit.yaml", "azure-pipelines.yaml")]
    public async Task The_workflow_is_that_of_the_system_in_use(string ci, string there, string absent)
    {
        await InitAsync("--ci", ci);
        Assert.That(_folder.PathOf("fabrikam/" + there), Does.Exist);
        Assert.That(_folder.PathOf("fabrikam/" + absent), Does.Not.Exist);
    }

    [Test]
    public async Task Without_options_the_folder_gives_the_names()
    {
        await Csk.RunAsync("init", _folder.PathOf("My Rules_2"));
        Assert.That(_folder.Read("My Rules_2/kit.yaml"), Does.Contain("\nname: my-rules-2 ").And.Contain("\npublisher: My rules 2\n"));
    }

    [Test]
    public async Task On_a_terminal_it_asks_and_asks_again_when_an_answer_does_not_do()
    {
        var result = await AnswerAsync("Not A Name\nfabrikam-copilot\n\ngitlab\nazure\n", "init", _folder.PathOf("fabrikam"));
        Assert.That(result.Code, Is.Zero);
        Assert.That(result.Error, Does.StartWith("Name of the project, part of every GUID [fabrikam]: \"Not A Name\" is no name for a project: it is of 3 to 64 lower-case letters")
            .And.EndsWith("Who publishes the content [Fabrikam copilot]: CI: github, azure, both or none [both]: One of github, azure, both, none.\nCI: github, azure, both or none [both]: "));
        Assert.That(_folder.Read("fabrikam/kit.yaml"), Does.Contain("\nname: fabrikam-copilot ").And.Contain("\npublisher: Fabrikam copilot\n"));
        Assert.That(_folder.PathOf("fabrikam/.github"), Does.Not.Exist);
    }

    [Test]
    public async Task It_asks_nothing_when_an_option_is_given() =>
        Assert.That((await AnswerAsync("never-read\n", "init", _folder.PathOf("fabrikam"), "--publisher", "Fabrikam")).Error, Is.Empty);

    [TestCase("--name", "Fabrikam Copilot", "--name: \"Fabrikam Copilot\" is no name for a project: it is of 3 to 64 lower-case letters")]
    [TestCase("--publisher", " ", "--publisher: Name the publisher in one line of text.")]
    [TestCase("--ci", "gitlab", "--ci: \"gitlab\" is none of github, azure, both, none.")]
    public async Task Wrong_options_are_named_and_nothing_is_written(string option, string value, string message)
    {
        var result = await Csk.RunAsync("init", _folder.PathOf("fabrikam"), option, value);
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.StartWith("csk: error: " + message));
        Assert.That(_folder.Files(), Is.Empty);
    }

    [Test]
    public async Task What_is_there_stays_and_is_named()
    {
        _folder.Write("fabrikam/.gitignore", "secrets/\n");
        _folder.Write("fabrikam/notes.txt", "mine");
        var result = await Csk.RunAsync("init", _folder.PathOf("fabrikam"));
        Assert.That(result.Out, Does.Contain("kept  .gitignore (it was there before and says something else)\n"));
        Assert.That((_folder.Read("fabrikam/.gitignore"), _folder.Read("fabrikam/notes.txt")), Is.EqualTo(("secrets/\n", "mine")));
        Assert.That(_folder.PathOf("fabrikam/kit.yaml"), Does.Exist);
    }

    [Test]
    public async Task A_project_is_not_made_twice()
    {
        await InitAsync();
        var before = _folder.Files();
        var result = await Csk.RunAsync("init", _folder.PathOf("fabrikam"), "--name", "other-name");
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("kit.yaml\" makes this folder a project already, and nothing was changed. Add to it with \"csk new\""));
        Assert.That(_folder.Files(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_run_that_was_killed_is_completed_by_the_next()
    {
        await InitAsync();
        var whole = _folder.Files();
        File.Delete(_folder.PathOf("fabrikam/kit.yaml"));
        File.Delete(_folder.PathOf("fabrikam/rules/tests/guest-opens-resources.yaml"));
        _folder.Write("fabrikam/.csk-writing", "");
        Assert.That((await Csk.RunAsync("init", _folder.PathOf("fabrikam"))).Out, Does.Contain("2 files written"));
        Assert.That(_folder.Files(), Is.EqualTo(whole));
    }

    [Test]
    public async Task Two_runs_at_once_do_not_mix()
    {
        Directory.CreateDirectory(_folder.PathOf("fabrikam"));
        using (new FileStream(_folder.PathOf("fabrikam/.csk-writing"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
        {
            var result = await Csk.RunAsync("init", _folder.PathOf("fabrikam"));
            Assert.That(result.Code, Is.EqualTo(2));
            Assert.That(result.Error, Does.StartWith("csk: error: Another run of csk writes into \""));
        }

        Assert.That(_folder.Files().Keys, Is.EqualTo((string[])["fabrikam/.csk-writing"]));
    }

    [Test]
    public async Task A_file_in_the_way_is_no_folder()
    {
        _folder.Write("fabrikam", "a file");
        Assert.That((await Csk.RunAsync("init", _folder.PathOf("fabrikam"))).Error, Does.EndWith("fabrikam\" is a file. Name a folder, which need not exist.\n"));
        _folder.Write("other/rules", "a file");
        var result = await Csk.RunAsync("init", _folder.PathOf("other"));
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("other\" cannot be written: ").And.Contain("the next run goes on from there."));
        Assert.That(_folder.PathOf("other/kit.yaml"), Does.Not.Exist);
    }

    [Test]
    public void The_kit_comes_with_files_that_need_no_change_of_version()
    {
        // The version is put in when a project is made.
        Assert.That(Repository.Read("templates", "init", "kit.yaml"), Does.Contain("csk: 0.0.0"));
        Assert.That(Repository.Read("templates", "init", ".config", "dotnet-tools.json"), Does.Contain("\"version\": \"0.0.0\""));
    }

    private async Task<string> InitAsync(params string[] args)
    {
        var folder = _folder.PathOf("fabrikam");
        var result = await Csk.RunAsync(["init", folder, .. args]);
        Assert.That((result.Code, result.Error), Is.EqualTo((0, "")));
        return folder;
    }

    private static async Task<CskResult> AnswerAsync(string answers, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var person = new StringReader(answers);
        var code = await CommandLine.RunAsync(args, new(output, error, Interactive: false) { Answers = person }, CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }
}
