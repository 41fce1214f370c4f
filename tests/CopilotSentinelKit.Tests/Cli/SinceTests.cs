using System.Diagnostics;
using CopilotSentinelKit.Tests.Foreign;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

internal sealed class SinceTests
{
    private const string Rule = """
        id: my-rule
        version: 1.0.0
        kind: scheduled
        name: My rule
        description: Finds a use of Copilot.
        severity: High
        schedule: { every: 1h, lookback: 2h }
        query: |
          CopilotEvents()
          | summarize TimeGenerated = max(TimeGenerated) by ActorUpn
        attack: { tactics: [InitialAccess], techniques: [T1078] }
        entities:
          - { type: Account, FullName: ActorUpn }

        """;

    private const string Kit = "name: contoso-copilot\npublisher: Contoso\n";

    [Test]
    public async Task Nothing_changed_is_clean()
    {
        using var folder = Committed();
        var result = await CheckAsync(folder, "HEAD");
        Assert.That(result.Error, Does.Not.Contain("CSK06"));
        Assert.That(result.Code, Is.Zero);
    }

    [TestCase("severity: Low", "1.0.0", ":2:10: error CSK0615")]
    [TestCase("severity: Low", "1.0.1", null)]
    [TestCase("severity: Low", "0.9.0", ":2:10: error CSK0617")]
    [TestCase("severity: Low", "1.5.0", ":2:10: warning CSK0618")]
    [TestCase("severity: High", "1.0.1", ":2:10: note CSK0619")]
    public async Task The_version_follows_the_content(string severity, string version, string? found)
    {
        using var folder = Committed();
        folder.Write("rules/detections/my-rule.yaml", Rule.Replace("severity: High", severity, StringComparison.Ordinal).Replace("1.0.0", version, StringComparison.Ordinal));
        var result = await CheckAsync(folder, "HEAD");
        Assert.That(result.Error, found is null ? Does.Not.Contain("CSK06") : Does.Contain("my-rule.yaml" + found));
    }

    [Test]
    public async Task A_rule_that_is_gone_is_an_error_and_a_disabled_one_a_warning()
    {
        using var folder = Committed();
        File.Delete(folder.PathOf("rules/detections/my-rule.yaml"));
        folder.Write("kit.yaml", Kit + "detections: { copilot-volume-spike: { disable: true }, copilot-jailbreak-attempt: { severity: High } }\n");
        var result = await CheckAsync(folder, "HEAD");
        Assert.That(result.Error, Does.Contain("my-rule.yaml:2:10: error CSK0621").And.Contain("warning CSK0622: AnalyticsRule \"copilot-volume-spike\""));
        Assert.That(result.Error, Does.Contain("note CSK0616: AnalyticsRule \"copilot-jailbreak-attempt\""));
        Assert.That(result.Code, Is.EqualTo(1));
    }

    [Test]
    public async Task A_lock_file_under_version_control_is_what_was_released()
    {
        using var folder = Committed();
        await Csk.RunAsync("generate", "--project", folder.Root);
        Git(folder, "add", "-A");
        Git(folder, "commit", "-qm", "Generated");
        folder.Write("rules/detections/my-rule.yaml", Rule.Replace("id: my-rule", "id: my-rule\nguid: 0f8fad5b-d9cb-469f-a165-70867728950e", StringComparison.Ordinal).Replace("1.0.0", "1.0.1", StringComparison.Ordinal));
        Assert.That((await CheckAsync(folder, "HEAD")).Error, Does.Contain("error CSK0620").And.Not.Contain("CSK0615"));
        File.Delete(folder.PathOf("rules/detections/my-rule.yaml"));
        Assert.That((await CheckAsync(folder, "HEAD")).Error, Does.Contain("kit.lock.json:").And.Contain("error CSK0621"));
    }

    [Test]
    public async Task What_others_changed_since_the_branch_began_is_not_this_side_s()
    {
        using var folder = Committed();
        Git(folder, "branch", "mine");
        folder.Write("rules/detections/my-rule.yaml", Rule.Replace("High", "Low", StringComparison.Ordinal).Replace("1.0.0", "1.1.0", StringComparison.Ordinal));
        Git(folder, "commit", "-qam", "Theirs");
        Git(folder, "tag", "theirs");
        Git(folder, "checkout", "-q", "mine");
        Assert.That((await CheckAsync(folder, "theirs")).Error, Does.Not.Contain("CSK06"));
    }

    [Test]
    public async Task A_base_with_errors_is_told()
    {
        using var folder = Committed();
        folder.Write("rules/detections/my-rule.yaml", Rule.Replace("severity: High", "severity: Hihg", StringComparison.Ordinal));
        Git(folder, "commit", "-qam", "Broken");
        folder.Write("rules/detections/my-rule.yaml", Rule);
        Assert.That((await CheckAsync(folder, "HEAD")).Error, Does.Contain("warning CSK0624"));
    }

    [Test]
    public async Task A_project_that_was_not_there_has_nothing_to_compare()
    {
        using var folder = Committed("other.txt");
        Assert.That((await CheckAsync(folder, "HEAD")).Error, Does.Not.Contain("CSK06"));
    }

    [TestCase("--since=-x", "no git revision")]
    [TestCase("--since=--output=x", "no git revision")]
    [TestCase("--since=", "Required argument missing for option: '--since'")]
    [TestCase("--since=nope", "git knows no revision \"nope\"")]
    [TestCase("--since=$(touch x)", "git knows no revision")]
    public async Task A_revision_that_is_none_is_wrong_usage(string option, string message)
    {
        using var folder = Committed();
        var result = await Csk.RunAsync("check", "--project", folder.Root, option);
        Assert.That(result.Error, Does.Contain(message));
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(folder.PathOf("x"), Does.Not.Exist);
    }

    [Test]
    public async Task Content_that_people_already_have_is_compared_too()
    {
        using var folder = Committed();
        folder.Write("rules/SignIn.yaml", Community.Rule());
        folder.Write("hunts/SignIn.yaml", Community.Hunt("id: 5d0c7e1a-2f64-4b5c-9a2e-90c1f7b3d8e4\n"));
        Git(folder, "add", "-A");
        Git(folder, "commit", "-qm", "Second");
        string[] check = ["check", folder.PathOf("hunts"), folder.PathOf("rules/SignIn.yaml"), "--since", "HEAD"];
        Assert.That((await Csk.RunAsync(check)).Error, Does.Not.Contain("CSK06"));
        folder.Write("rules/SignIn.yaml", Community.Rule("severity: Low\n"));
        File.Delete(folder.PathOf("hunts/SignIn.yaml"));
        var result = await Csk.RunAsync(check);
        Assert.That(result.Error, Does.Contain("SignIn.yaml:5:10: error CSK0615").And.Contain("error CSK0621: HuntingQuery"));
        Assert.That(result.Code, Is.EqualTo(1));
    }

    [Test]
    public async Task A_folder_outside_of_a_repository_is_wrong_usage()
    {
        using var folder = new TemporaryFolder();
        folder.Write("kit.yaml", Kit);
        var result = await CheckAsync(folder, "HEAD");
        Assert.That(result.Error, Does.Contain("is in no git repository"));
        Assert.That(result.Code, Is.EqualTo(2));
    }

    [Test]
    public async Task A_shallow_clone_says_so()
    {
        using var folder = Committed();
        Git(folder, "tag", "first");
        Git(folder, "commit", "-q", "--allow-empty", "-m", "More");
        using var clone = new TemporaryFolder();
        Git(clone, "clone", "-q", "--depth", "1", "file://" + folder.Root, ".");
        var result = await CheckAsync(clone, "first");
        Assert.That(result.Error, Does.Contain("This clone is shallow").And.Contain("fetch-depth: 0"));
        Assert.That(result.Code, Is.EqualTo(2));
    }

    private static Task<CskResult> CheckAsync(TemporaryFolder folder, string revision) => Csk.RunAsync("check", "--project", folder.Root, "--since", revision);

    private static TemporaryFolder Committed(string? only = null)
    {
        var folder = new TemporaryFolder();
        folder.Write("kit.yaml", Kit);
        folder.Write("rules/detections/my-rule.yaml", Rule);
        folder.Write("other.txt", "Not read.\n");
        Git(folder, "init", "-q", ".");
        Git(folder, "add", only ?? "-A");
        Git(folder, "commit", "-qm", "First");
        return folder;
    }

    private static void Git(TemporaryFolder folder, params string[] arguments)
    {
        string[] settings = ["-c", "user.name=Test", "-c", "user.email=test@contoso.com", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"];
        using var git = Process.Start(new ProcessStartInfo("git", [.. settings, .. arguments]) { WorkingDirectory = folder.Root })!;
        git.WaitForExit();
        Assert.That(git.ExitCode, Is.Zero, string.Join(' ', arguments));
    }
}
