using System.Text.Json;
using CopilotSentinelKit.Tests.Backtest;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

internal sealed class BacktestTests
{
    private const string Workspace = "74be27de-1e4e-49d9-b579-fe0b331d3642";

    private static readonly string[] SixHours = ["--every", "6h"];

    private TemporaryFolder _project = null!;

    [OneTimeSetUp]
    public void Start() => _project = new();

    [OneTimeTearDown]
    public void Stop() => _project.Dispose();

    [Test]
    public async Task A_backtest_counts_rows_and_alerts()
    {
        await using var server = await ServerAsync();
        var text = await RunAsync(server, "--filter", "copilot-jailbreak-attempt", "--filter", "copilot-injection-sources");
        Assert.That(text.Code, Is.Zero, text.Error);
        Assert.That(text.Error, Is.Empty);
        var lines = text.Out.Split('\n');
        Assert.That(lines[0], Is.EqualTo($"Workspace {Workspace}: 1 day until 2026-01-15T12:00Z, 2 detections."));
        Assert.That(lines[2], Is.EqualTo("DETECTION                  KIND       RUNS  ROWS  ALERTS"));
        Assert.That(lines[3], Does.Match(@"^copilot-jailbreak-attempt  scheduled     4     [1-9]       [1-9]$"));
        Assert.That(lines[4], Does.Match(@"^copilot-injection-sources  hunting       1     [0-9]$"));
        Assert.That(text.Out, Does.Match(@"(?m)^  2026-01-1[45]  [1-9] rows? in [1-4] runs?, [1-9] alerts?$").And.Contain("  Account FullName (ActorUpn): user0@contoso.com "));

        var json = await RunAsync(server, "--filter", "copilot-jailbreak-attempt", "--format", "json");
        using var document = JsonDocument.Parse(json.Out);
        var detection = document.RootElement.GetProperty("detections")[0];
        Assert.That(detection.GetProperty("runsWithResult").GetInt32(), Is.EqualTo(4));
        Assert.That(detection.GetProperty("rows").GetInt64(), Is.GreaterThan(0));
        Assert.That(detection.GetProperty("entities")[0].GetProperty("values")[0].GetProperty("value").GetString(), Is.EqualTo("user0@contoso.com"));
        Assert.That(json.Out, Is.EqualTo((await RunAsync(server, "--filter", "copilot-jailbreak-attempt", "--format", "json")).Out));
    }

    [Test]
    public async Task A_query_that_fails_is_a_finding()
    {
        await using var server = await ServerAsync();
        server.Judge = _ => new(400, ProtocolJson.Error("BadArgumentError", "No such table."));
        var result = await RunAsync(server, "--filter", "copilot-jailbreak-attempt");
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Out, Does.Contain("0 of 4").And.Contain("4 runs without a whole result: CSK1187: The endpoint stopped the query: BadArgumentError: Request is invalid: No such table."));
        Assert.That(result.Error, Does.Contain("copilot-jailbreak-attempt.yaml:5:7: error CSK1187: ").And.Contain("1 error"));
    }

    [Test]
    public async Task No_access_ends_the_run()
    {
        await using var server = await ServerAsync();
        server.Judge = _ => new(403, ProtocolJson.Error("InsufficientAccessError", "No."));
        var result = await RunAsync(server, "--filter", "copilot-jailbreak-attempt");
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.StartWith($"csk: error CSK1191: The endpoint \"{server.Address.GetLeftPart(UriPartial.Authority)}\" does not let you in: InsufficientAccessError"));
    }

    [Test]
    public async Task A_host_of_another_cloud_is_not_asked()
    {
        var result = await Csk.RunAsync("backtest", "--workspace", Workspace, "--endpoint", "https://example.com");
        Assert.That(result, Is.EqualTo(new CskResult(
            2, "", "csk: error: --endpoint: \"example.com\" is no host of Azure's cloud \"public\", and your token is for nobody else. Name one below loganalytics.azure.com, loganalytics.io, monitor.azure.com, or the right --cloud.\n")));
    }

    [Test]
    public async Task Too_many_queries_are_not_sent()
    {
        await using var server = await ServerAsync();
        var result = await RunAsync(server, "--limit", "2", "--every", "15m", "--filter", "copilot-jailbreak-attempt");
        Assert.That(result, Is.EqualTo(new CskResult(
            2,
            "",
            "csk: error: This takes 3 queries, 3 of them for \"copilot-jailbreak-attempt\", and --limit allows 2. Choose detections with --filter, ask for fewer --days, let --every 1d run each once a day, or raise --limit.\n")));
        Assert.That(server.Requests, Is.Empty);
    }

    [TestCase("backtest", "Option '--workspace' is required.")]
    [TestCase("backtest --workspace mine", "--workspace: \"mine\" is no id of a workspace such as 74be27de-1e4e-49d9-b579-fe0b331d3642.")]
    [TestCase("backtest --workspace W --days 0", "--days: \"0\" is no number from 1 to 365.")]
    [TestCase("backtest --workspace W --patience 2h", "--patience: \"2h\" is no time from 1s to 1h, such as 90s or 5m.")]
    [TestCase("backtest --workspace W --until soon", "--until: \"soon\" is no time such as 2026-01-31 or 2026-01-31T08:00.")]
    [TestCase("backtest --workspace W --every 5s", "--every: \"5s\" is no duration such as 30m, 6h or 1d.")]
    [TestCase("backtest --workspace W --cloud mars", "--cloud: \"mars\" is none of public, usgov, china.")]
    [TestCase("backtest --workspace W --endpoint http://example.com", "--endpoint: \"http://example.com\" is no address such as https://api.loganalytics.azure.com; http is for this machine only.")]
    public async Task Wrong_usage_is_named(string args, string message) => Assert.That(
        await Csk.RunAsync([.. args.Split(' ').Select(word => word == "W" ? Workspace : word)]),
        Is.EqualTo(new CskResult(2, "", $"csk: error: {message}\nRun \"csk backtest --help\" for what it takes.\n")));

    [Test]
    public async Task An_unknown_detection_is_named()
    {
        await using var server = await ServerAsync();
        Assert.That(await RunAsync(server, "--filter", "copilot-jailbreak-atempt"), Is.EqualTo(new CskResult(
            2, "", "csk: error: --filter: There is no rule or hunt \"copilot-jailbreak-atempt\". Did you mean \"copilot-jailbreak-attempt\"?\n")));
    }

    private Task<CskResult> RunAsync(QueryServer server, params string[] args) => Csk.RunAsync(
        ["backtest", "--project", _project.Root, "--workspace", Workspace, "--endpoint", server.Address.ToString(), "--until", "2026-01-15T12:00", "--days", "1", .. args.Contains("--every") ? [] : SixHours, .. args]);

    private static async Task<QueryServer> ServerAsync()
    {
        var pack = await ShippedWorkspace.GetAsync();
        return await QueryServer.StartAsync(pack.Schema with { Functions = [] }, pack.Workspace with { Now = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc), Functions = [] });
    }
}
