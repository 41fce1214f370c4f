using System.Diagnostics;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

/// <summary>The workflows and the hook that csk init writes: their csk commands, run in a repository as they leave it. .ci/package runs the
/// commands of the installed tool as they stand, those of git too.</summary>
internal sealed partial class WorkflowTests
{
    [TestCase(".github/workflows/sentinel-content.yaml", 5)]
    [TestCase("azure-pipelines.yaml", 5)]
    [TestCase(".githooks/pre-commit", 2)]
    public async Task Its_commands_pass_in_a_new_project(string workflow, int commands)
    {
        using var folder = new TemporaryFolder();
        await Csk.RunAsync("init", folder.Root, "--name", "contoso-copilot");
        await Csk.GenerateAsync(folder.Root);
        Git(folder, "init", "-q", "-b", "main");
        Git(folder, "add", "-A");
        Git(folder, "-c", "user.name=Somebody", "-c", "user.email=somebody@contoso.com", "commit", "-qm", "A project");
        Git(folder, "update-ref", "refs/remotes/origin/main", "HEAD");

        var calls = Commands(folder.Read(workflow)).ToList();
        Assert.That(calls, Has.Count.EqualTo(commands));
        foreach (var call in calls)
        {
            var words = call.Split(' ').Select(word => Variable().Replace(word.Trim('"'), "main"))
                .Select(word => word.Replace("=csk.sarif", "=" + folder.PathOf("csk.sarif"), StringComparison.Ordinal).Replace("=tests.xml", "=" + folder.PathOf("tests.xml"), StringComparison.Ordinal));
            string[] args = words.First() == "test" ? [.. words, "--project", folder.Root, "--filter", "guest-opens-resources/"] : [.. words, "--project", folder.Root];
            var result = await Csk.RunAsync(args);
            Assert.That(result.Code, Is.Zero, call + "\n" + result.Out + result.Error);
        }

        if (!workflow.StartsWith(".githooks", StringComparison.Ordinal))
        {
            Assert.That(folder.Read("csk.sarif"), Does.Contain("\"2.1.0\""));
            Assert.That(folder.Read("tests.xml"), Does.Contain("<testsuite"));
        }

        // What the commands leave is not committed by mistake.
        Assert.That(Git(folder, "status", "--porcelain"), Is.Empty);
    }

    [TestCase(".github/workflows/sentinel-content.yaml")]
    [TestCase("azure-pipelines.yaml")]
    public void It_is_YAML(string workflow)
    {
        var findings = new List<Finding>();
        Assert.That(YamlReader.Read(new(workflow, Repository.Read(["templates", "init", .. workflow.Split('/')])), findings), Is.InstanceOf<YamlMap>());
        Assert.That(findings, Is.Empty);
    }

    private static IEnumerable<string> Commands(string workflow) => Call().Matches(workflow).Select(match => match.Groups[1].Value.Trim());

    private static string Git(TemporaryFolder folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder.Root, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.That(git.ExitCode, Is.Zero);
        return output;
    }

    [GeneratedRegex(@"(?:run: |script: |^\s*)dotnet csk (.*)$", RegexOptions.Multiline)]
    private static partial Regex Call();

    [GeneratedRegex(@"\$(BASE|\{SYSTEM_PULLREQUEST_TARGETBRANCH#refs/heads/\})")]
    private static partial Regex Variable();
}
