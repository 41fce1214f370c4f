
using CopilotSentinelKit.Tests.Foreign;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

/// <summary>csk check PATH...</summary>
internal sealed class CheckFilesTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public async Task A_folder_is_searched_and_summed_up()
    {
        _folder.Write("rules/deep/SignInFromNewCountry.yaml", Community.Rule());
        _folder.Write("hunts/Travel.yml", Community.Hunt("id: 5d0c7e1a-2f64-4b5c-9a2e-90c1f7b3d8e4\n", "name: Travel that is too fast\n"));
        _folder.Write("pipeline.yaml", "trigger: none\n");
        _folder.Write("readme.md", "no content");
        _folder.Write(".hidden/c.yaml", "kind: Scheduled\nquery: [\n");
        _folder.Write("node_modules/c.yaml", "kind: Scheduled\nquery: [\n");
        var result = await CheckAsync("--fail-on", "warning");
        Assert.That(result, Is.EqualTo(new CskResult(0, "Checked 1 hunting query, 1 analytics rule in 2 files. Passed over 2 other files: 1 of another kind; 1 README or template.\n", "")));
    }

    [Test]
    public async Task Findings_make_the_exit_code_1()
    {
        var file = _folder.Write("a.yaml", Community.Rule("severity: Critical\n"));
        var result = await Csk.RunAsync("check", file);
        Assert.That(result, Has.Property("Code").EqualTo(1).And.Property("Out").EqualTo("Checked 1 analytics rule in 1 file. Correct the findings and run it again; \"csk explain CODE\" says more about one.\n"));
        Assert.That(result.Error, Does.Contain("a.yaml:6:").Or.Contain("error CSK0807: "));
    }

    [Test]
    public async Task A_kit_yaml_beside_the_content_declares_its_tables()
    {
        _folder.Write("SignIn.yaml", Community.Hunt("query: Fabrikam_CL | where A == \"1\"\n"));
        Assert.That((await CheckAsync()).Error, Does.Contain("warning CSK0840: "));
        _folder.Write("kit.yaml", "name: contoso-copilot\npublisher: Contoso\ntables: { Fabrikam_CL: { A: string } }\n");
        Assert.That(await CheckAsync(), Has.Property("Code").Zero.And.Property("Error").Empty);
    }

    [Test]
    public async Task A_column_that_every_table_has_is_known()
    {
        _folder.Write("SignIn.yaml", Community.Hunt("query: SigninLogs | where _IsBillable == true and isnotempty(_ItemId)\n"));
        Assert.That(await CheckAsync(), Has.Property("Code").Zero.And.Property("Error").Not.Contain("KS142"));
    }

    [Test]
    public async Task A_fix_is_made_in_the_file_itself()
    {
        var rule = Community.Rule("severity: high # as agreed\n");
        var file = _folder.Write("SignIn.yaml", rule);
        var result = await Csk.RunAsync("check", file, "--fix");
        Assert.That(_folder.Read("SignIn.yaml"), Is.EqualTo(rule.Replace("severity: high", "severity: High", StringComparison.Ordinal)), result.Error);
        Assert.That(result.Out, Does.Contain("1 finding fixed in 1 file"));
    }

    [Test]
    public async Task A_comment_suppresses_with_a_reason()
    {
        _folder.Write("SignIn.yaml", Community.Hunt("query: |\n  SigninLogs\n  | where ResultType != \"0\"\n  | sort by TimeGenerated\n  | where tolower(UserPrincipalName) == \"a@contoso.com\" // csk: ignore CSK0419 until 9999-12-31: a sample is wanted\n"));
        Assert.That((await CheckAsync("--format", "json")).Out, Does.Contain("a sample is wanted"));
        Assert.That((await CheckAsync()).Error, Does.Not.Contain("CSK0419").And.Contain("1 suppressed"));
    }

    [Test]
    public async Task A_path_that_is_not_there_is_named() => Assert.That(
        await Csk.RunAsync("check", "no-such-folder"),
        Is.EqualTo(new CskResult(2, "", "csk: error: There is no file or folder \"no-such-folder\". Name rules, hunting queries, parsers or ARM templates that exist, or folders of them.\n")));

    [Test]
    public async Task Nothing_to_check_is_said()
    {
        Assert.That(await CheckAsync(), Has.Property("Code").EqualTo(2).And.Property("Error").Contains("no YAML, JSON, KQL or Markdown file is there."));
        _folder.Write("pipeline.yaml", "trigger: none\n");
        Assert.That((await CheckAsync()).Error, Does.Contain("1 file: 1 of another kind, none of them a rule, a hunting query, a parser"));
        _folder.Write("spec.yaml", "id: a-rule\nkind: scheduled\nschedule: { every: 1h, lookback: 1h }\nquery: x\n");
        Assert.That((await CheckAsync()).Error, Does.Contain("1 spec of the kit (\"csk check\" without a path checks those)"));
    }

    [Test]
    public async Task A_file_of_another_sort_is_an_error()
    {
        var file = _folder.Write("a.png", "SigninLogs");
        Assert.That((await Csk.RunAsync("check", file)).Error, Does.Contain("is of no form that is checked"));
    }

    [Test]
    public async Task What_was_passed_over_is_listed_with_its_reason()
    {
        _folder.Write("a.kql", "SigninLogs | where ResultType == \"0\" | take 10\n");
        _folder.Write("main.bicep", "resource r 'x@y' = {}\n");
        _folder.Write("notes.txt", "Ask the team where the logs are.\n");
        _folder.Write("gaps.kql", "SigninLogs | where TimeGenerated > ago({days}d)\n");
        Assert.That(await CheckAsync(), Has.Property("Out").Contains("Checked 1 hunting query in 1 file. Passed over 3 other files: 1 text without a query; 1 Bicep file").And.Property("Error").Empty);
        Assert.That((await CheckAsync("--verbose")).Error, Does.Contain("main.bicep: Bicep file").And.Contain("notes.txt: text without a query").And.Contain("gaps.kql: query with gaps to fill in"));
    }

    [Test]
    public async Task What_a_baseline_holds_does_not_count_and_it_only_shrinks()
    {
        string[] options = ["--baseline", _folder.PathOf("known.txt")];
        _folder.Write("a.kql", "SigninLogs\n| where Nope == 1\n");
        Assert.That(await CheckAsync(options), Has.Property("Code").EqualTo(2).And.Property("Error").Contains("There is no baseline"));
        Assert.That(await CheckAsync([.. options, "--write-baseline"]), Has.Property("Code").Zero.And.Property("Error").Contains("Wrote a baseline of 1 finding."));
        _folder.Write("a.kql", "// moved\nSigninLogs\n| where Nope == 1\n");
        Assert.That(await CheckAsync(options), Has.Property("Code").Zero.And.Property("Error").Contains("1 suppressed"));

        _folder.Write("b.kql", "SigninLogs\n| where AlsoNope == 1\n");
        var written = _folder.Read("known.txt");
        Assert.That(await CheckAsync([.. options, "--write-baseline"]), Has.Property("Code").EqualTo(1).And.Property("Error").Contains("AlsoNope"));
        Assert.That(_folder.Read("known.txt"), Is.EqualTo(written));

        _folder.Write("a.kql", "SigninLogs\n| take 1\n");
        Assert.That((await CheckAsync(options)).Error, Does.Contain("1 finding of the baseline is gone"));
        await CheckAsync([.. options, "--write-baseline"]);
        Assert.That(_folder.Read("known.txt"), Does.Not.Contain("a.kql"));
    }

    [Test]
    public async Task A_folder_of_what_is_not_read_is_not_taken_for_sound()
    {
        _folder.Write("main.bicep", "resource r 'x@y' = {}\n");
        Assert.That(await CheckAsync(), Has.Property("Code").EqualTo(2).And.Property("Error").Contains("1 Bicep file"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links need a privilege there.")]
    public async Task Links_are_not_followed()
    {
        _folder.Write("a.yaml", Community.Rule());
        File.CreateSymbolicLink(_folder.PathOf("loop"), _folder.Root);
        Assert.That((await CheckAsync()).Out, Does.StartWith("Checked 1 analytics rule in 1 file."));
    }

    private Task<CskResult> CheckAsync(params string[] options) => Csk.RunAsync(["check", _folder.Root, .. options]);
}
