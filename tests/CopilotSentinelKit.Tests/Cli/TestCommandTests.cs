using System.Text.Json.Nodes;
using CopilotSentinelKit.Tests.Backtest;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

/// <summary>csk test as a user runs it, on the shipped pack.</summary>
internal sealed class TestCommandTests
{
    private const string Filter = "copilot-jailbreak-attempt/an ordinary prompt";

    [Test]
    public async Task Tests_that_pass_are_counted()
    {
        var result = await RunAsync("--filter", Filter);
        Assert.That((result.Code, result.Error), Is.EqualTo((0, "")));
        Assert.That(result.Out, Does.StartWith("3 tests passed, 0 failed").And.Contain("csk generate"));
    }

    [Test]
    public async Task One_source_can_be_chosen() =>
        Assert.That((await RunAsync("--filter", Filter, "--source", "CloudAppEvents")).Out, Does.StartWith("1 test passed"));

    [Test]
    public async Task Files_can_be_chosen() => Assert.That(
        (await RunAsync("--filter", "an ordinary prompt", Repository.PathOf("rules", "detections", "copilot-jailbreak-attempt.yaml"))).Out, Does.StartWith("3 tests passed"));

    [TestCase("--filter nothing-like-this", "No test ran: none fits")]
    [TestCase("--source CopilotActivities", "\"CopilotActivities\" is no source that is enabled. They are CopilotActivity, CloudAppEvents.")]
    [TestCase("--format sarif", "Tests are reported as text, json, github or junit")]
    [TestCase("--engine nowhere", "\"nowhere\" is no address of a Kusto endpoint")]
    public async Task Wrong_usage_is_answered(string args, string message)
    {
        var result = await RunAsync(args.Split(' '));
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain(message));
    }

    [Test]
    public async Task A_failure_is_shown_and_makes_the_exit_code_1()
    {
        using var project = new TemporaryFolder();
        project.Write("kit.yaml", "name: contoso-copilot\npublisher: Contoso\n");
        project.Write("rules/events/prompt.json", Repository.Read("rules", "events", "word-prompt.json"));
        project.Write("rules/tests/own.yaml", "for: copilot-jailbreak-attempt\ntests:\n  - { name: a wish, events: ../events/prompt.json, expect: 1 }\n");
        var result = await Csk.RunAsync("test", "--project", project.Root, "--filter", "a wish", "--source", "CopilotActivity");
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("rules/tests/own.yaml:3:13: failed: copilot-jailbreak-attempt: a wish (CopilotActivity)\n    No row, and the test expects 1 row.\n"));
        Assert.That(result.Out, Does.StartWith("0 tests passed, 1 failed"));
    }

    [Test]
    public async Task Reports_go_to_files_and_to_the_output()
    {
        using var folder = new TemporaryFolder();
        var result = await RunAsync("--filter", Filter, "--format", "junit=" + folder.PathOf("tests.xml"), "--format", "json");
        Assert.That(result.Code, Is.Zero);
        Assert.That(folder.Read("tests.xml"), Does.Contain("an ordinary prompt").And.Contain("all sources"));
        Assert.That(JsonNode.Parse(result.Out), Is.Not.Null);
        Assert.That(result.Error, Does.StartWith("3 tests passed"));
    }

    [Test]
    public async Task Another_engine_gives_the_same()
    {
        await using var server = await QueryServer.StartAsync();
        var result = await RunAsync("--filter", "copilot-jailbreak-attempt/", "--source", "CopilotActivity", "--engine", server.Address.ToString());
        Assert.That((result.Code, result.Error), Is.EqualTo((0, "")));
        Assert.That(server.Requests, Is.Not.Empty);
    }

    private static Task<CskResult> RunAsync(params string[] args) => Csk.RunAsync(["test", "--project", Repository.Root, .. args]);
}
