using System.Collections.Immutable;
using CopilotSentinelKit.Backtest;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Backtest;

[Parallelizable(ParallelScope.All)]
internal sealed class BacktestTests
{
    private static readonly HttpClient Http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private static readonly DateTime Until = ShippedWorkspace.Now;

    [OneTimeTearDown]
    public void Close() => Http.Dispose();

    [TestCase("copilot-jailbreak-attempt")]
    [TestCase("copilot-cross-prompt-injection")]
    [TestCase("copilot-injection-sources")]
    public async Task A_run_sees_what_it_would_have_seen_then(string id)
    {
        var pack = await ShippedWorkspace.GetAsync();
        await using var server = await ServerAsync(pack);
        var plan = await PlanAsync(TimeSpan.FromDays(2), TimeSpan.FromHours(12), id);
        var outcome = (await RunAsync(server, plan)).Single();
        Assert.That(outcome.Faults, Is.Empty);

        var (item, query) = pack.Queries.Single(entry => entry.Item.Id.Value == id);
        var detection = plan.Detections.Single();
        var delay = item is AnalyticsRule ? TimeSpan.FromMinutes(5) : TimeSpan.Zero;
        var expected = 0L;
        foreach (var run in detection.Runs(Until, plan.Length))
        {
            var direct = await new LocalEngine().RunAsync(query, Cut(pack.Workspace, run, detection.Window, delay), CancellationToken.None);
            expected += direct.Result!.Rows.Length;
        }

        Assert.That(outcome.Rows, Is.EqualTo(expected).And.GreaterThan(0));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
        if (id == "copilot-jailbreak-attempt")
        {
            Assert.That(outcome.Entities.Select(entity => entity.Column.Entity), Does.Contain("Account FullName").And.Contain("IP Address"));
            Assert.That(outcome.Entities[0].Values[0].Value, Is.EqualTo("user0@contoso.com"));
            Assert.That(string.Join(' ', outcome.Days.Select(day => FormattableString.Invariant($"{day.Day:MM-dd}:{day.Runs}"))), Is.EqualTo("01-14:2 01-15:2"));
        }
    }

    [Test]
    public async Task Each_shipped_rule_and_hunt_can_be_run()
    {
        var plan = await PlanAsync(TimeSpan.FromDays(7), null);
        Assert.That(plan.Findings.Select(entry => entry.Finding.Message), Is.Empty);
        Assert.That(plan.Detections, Has.Length.GreaterThan(20));
        Assert.That(plan.Batches, Has.Length.LessThanOrEqualTo(1000), "the shipped pack within the usual limit");
        var pack = await ShippedWorkspace.GetAsync();
        var analyses = await SharedHost.Analyzer.AnalyzeAsync(
            pack.Schema with { Functions = [] },
            [.. plan.Detections.Select(detection => new KqlRequest(BacktestPlan.Query(new(detection, [Until.AddHours(-1), Until])), []))],
            null,
            CancellationToken.None);
        Assert.That(analyses.SelectMany(analysis => analysis.Diagnostics).Where(diagnostic => diagnostic.Severity == "Error"), Is.Empty);
    }

    [TestCase("SigninLogs | where TimeGenerated > ago(1d) | render timechart", BacktestKind.Scheduled,
        "(SigninLogs | where TimeGenerated >= CskFrom and TimeGenerated <= CskNow and (isnull(ingestion_time()) or ingestion_time() <= CskSeen)) | where TimeGenerated > (CskNow - (1d))")]
    [TestCase("table('SigninLogs') | where ingestion_time() > now(-1m)", BacktestKind.Nrt,
        "(table('SigninLogs') | where TimeGenerated > CskFrom - 12h and ingestion_time() > CskFrom and ingestion_time() <= CskNow) | where ingestion_time() > (CskNow + (-1m))")]
    [TestCase("_GetWatchlist('Any') | project SearchKey", BacktestKind.Hunt, "_GetWatchlist('Any') | project SearchKey")]
    public async Task Clock_and_tables_are_replaced(string text, object kind, string expected) => Assert.That(
        BacktestScript.Of(KqlText.Of("", (await Scripted.QueryAsync(text)).Analysis), (BacktestKind)kind, ImmutableDictionary<string, (ParserFunction, KqlText)>.Empty),
        Is.EqualTo($"let Csk_Detection = (CskFrom:datetime, CskNow:datetime, CskSeen:datetime) {{\n{expected}\n}};\n"));

    [TestCase("Recent | count", "CSK1182")]
    [TestCase("union Events*, Empty_CL | count", "CSK1180")]
    public async Task What_cannot_be_moved_in_time_is_named(string text, string code)
    {
        var query = KqlText.Of("", (await Scripted.QueryAsync(text)).Analysis);
        Assert.That(
            Assert.Throws<NotSendableException>(() => BacktestScript.Of(query, BacktestKind.Hunt, ImmutableDictionary<string, (ParserFunction, KqlText)>.Empty))!.Problem.Code,
            Is.EqualTo(code));
    }

    [Test]
    public async Task Alerts_are_those_that_Sentinel_would_raise()
    {
        var single = await DetectionAsync("trigger: { operator: gt, threshold: 2 }");
        Assert.That(Alerts(single, 0, 2, 3, 400), Is.EqualTo([0, 0, 1, 1]));
        var perResult = await DetectionAsync("events: perResult");
        Assert.That(Alerts(perResult, 0, 1, 149, 400), Is.EqualTo([0, 1, 149, 150]));
        var absence = await DetectionAsync("trigger: { operator: eq, threshold: 0 }");
        Assert.That(Alerts(absence, 0, 1), Is.EqualTo([1, 0]));

        var suppressed = await DetectionAsync("suppression: 2h");
        var runs = suppressed.Runs(Until, TimeSpan.FromHours(6));
        Assert.That(runs.Select(run => run.Hour), Is.EqualTo([7, 8, 9, 10, 11, 12]));
        var tally = new BacktestTally(suppressed, runs);
        tally.Add(runs, runs.Select(run => (run, 1L, ImmutableArray<string>.Empty)));
        Assert.That(tally.Result(), Has.Property("Rows").EqualTo(6).And.Property("Alerts").EqualTo(3));
    }

    [Test]
    public async Task Faults_are_told_for_each_detection()
    {
        var pack = await ShippedWorkspace.GetAsync();
        var plan = await PlanAsync(TimeSpan.FromDays(2), TimeSpan.FromHours(1), "copilot-jailbreak-attempt", "copilot-injection-sources");
        await using var refusing = await ServerAsync(pack);
        refusing.Judge = query => query.Contains("where JailbreakDetected", StringComparison.Ordinal) ? new(400, ProtocolJson.Error("BadArgumentError", "No such table.")) : null;
        var refused = await RunAsync(refusing, plan);
        Assert.That(string.Join(';', refused.Select(outcome => string.Join(',', outcome.Faults.Select(fault => FormattableString.Invariant($"{fault.Finding.Code} {fault.Runs}"))))), Is.EqualTo("CSK1187 48;"));
        Assert.That(refused[0].Faults[0].Finding.Span.Text, Is.EqualTo("Copilot jailbreak attempt"));

        await using var partial = await ServerAsync(pack);
        partial.Judge = query => query.Contains("CskRun = datetime(", StringComparison.Ordinal) ? new(200, Partial(query)) : null;
        var incomplete = (await RunAsync(partial, plan))[0];
        Assert.That(incomplete.Faults.Select(fault => fault.Finding.Code), Is.EqualTo(["CSK1188"]));
        Assert.That((incomplete.Rows, incomplete.Days.Sum(day => day.Runs)), Is.EqualTo((2 * 7, 48)), "what there is counts");

        await using var wrong = await ServerAsync(pack);
        wrong.Judge = _ => new(200, """{"tables":[{"name":"PrimaryResult","columns":[{"name":"Other","type":"long"}],"rows":[]}]}""");
        Assert.That((await RunAsync(wrong, plan))[0].Faults.Select(fault => fault.Finding.Code), Is.EqualTo(["CSK1192"]));

        await using var closed = await ServerAsync(pack);
        closed.Judge = _ => new(403, "");
        Assert.That((await RunAsync(closed, plan)).SelectMany(outcome => outcome.Faults).Select(fault => fault.Finding.Code), Is.EqualTo(["CSK1191", "CSK1191"]));
    }

    /// <summary>Seven rows for the first run of a request, with a note that there may be more.</summary>
    private static string Partial(string query)
    {
        var run = query.Split("CskRun = datetime(")[1].Split(')')[0];
        var columns = Enumerable.Range(0, query[(query.LastIndexOf("union\n", StringComparison.Ordinal) + "union\n".Length)..].Split('\n')[0].Split("tostring(").Length - 1).ToList();
        var names = string.Concat(columns.Select(i => FormattableString.Invariant($"{{\"name\":\"Csk{i}\",\"type\":\"string\"}},")));
        var values = string.Concat(columns.Select(_ => "\"x\","));
        return $$$"""
            {"tables":[{"name":"PrimaryResult","columns":[{{{names}}}{"name":"CskRows","type":"long"},{"name":"CskRun","type":"datetime"}],
             "rows":[[{{{values}}}7,"{{{run}}}"]]}],"error":{"code":"PartialError","message":"Not all."}}
            """;
    }

    private static Task<QueryServer> ServerAsync(ShippedWorkspace pack) =>
        QueryServer.StartAsync(pack.Schema with { Functions = [] }, pack.Workspace with { Now = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc), Functions = [] });

    private static Task<ImmutableArray<BacktestOutcome>> RunAsync(QueryServer server, BacktestPlan plan) =>
        new BacktestRunner(new(server.Address, "74be27de-1e4e-49d9-b579-fe0b331d3642", Http, new FakeTime(), null)).RunAsync(plan, null, CancellationToken.None);

    private static async Task<BacktestPlan> PlanAsync(TimeSpan length, TimeSpan? every, params string[] ids)
    {
        var compilation = await ShippedPack.Compilation;
        return BacktestPlan.Create(compilation.Items, compilation.Analyzed, [.. ids], Until, length, every);
    }

    private static EvaluationWorkspace Cut(EvaluationWorkspace workspace, DateTime run, TimeSpan window, TimeSpan delay) => workspace with
    {
        Now = run,
        Tables = [.. workspace.Tables.Select(table => Cut(table, run - window, run, run + delay))],
    };

    private static EvaluationTable Cut(EvaluationTable table, DateTime from, DateTime to, DateTime seen)
    {
        var time = table.Columns.IndexOf(new("TimeGenerated", "datetime"));
        var kept = Enumerable.Range(0, table.Rows.Length)
            .Where(i => table.Rows[i][time].Bits >= from.Ticks && table.Rows[i][time].Bits <= to.Ticks && table.IngestionTimes[i] <= seen).ToList();
        return table with { Rows = [.. kept.Select(i => table.Rows[i])], IngestionTimes = [.. kept.Select(i => table.IngestionTimes[i])] };
    }

    private static IEnumerable<int> Alerts(BacktestDetection detection, params int[] rows) => rows.Select(count => detection.Alerts(count));

    private static async Task<BacktestDetection> DetectionAsync(string entry)
    {
        var items = await TestPack.Rule("schedule: { every: 1h, lookback: 1h }", entry).Ok();
        return new(items.OfType<AnalyticsRule>().Single(), BacktestKind.Scheduled, TimeSpan.FromHours(1), TimeSpan.FromHours(1), "", []);
    }
}
