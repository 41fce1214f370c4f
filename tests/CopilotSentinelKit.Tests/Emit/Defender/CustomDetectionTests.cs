using System.Text.Json.Nodes;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Emit.Defender;

/// <summary>A rule as a custom detection of Defender: what it becomes there, and why it cannot.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class CustomDetectionTests
{
    private const string Query = "query: CopilotEvents() | project TimeGenerated, RecordId, ActorUpn";

    [Test]
    public async Task The_body_of_the_request()
    {
        var body = await BodyOf(
            Query,
            "schedule: { every: 3h, lookback: 12h }",
            "description: '#DONT_CORR# Identifies things.'",
            "severity: High",
            "attack: { tactics: [Collection, Exfiltration], techniques: [T1213.002, T1567] }",
            "entities: [{ type: Account, FullName: ActorUpn }]",
            "details: { Who: ActorUpn }",
            "response: Look.",
            "alert: { name: 'By {{ActorUpn}}', description: 'It was {{ActorUpn}}.' }");
        var alert = body["detectionAction"]!["alertTemplate"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(body["id"]!.ToString(), Is.EqualTo("a-detection"));
            Assert.That(body["status"]!.ToString(), Is.EqualTo("enabled"));
            Assert.That(body["description"]!.ToString(), Is.EqualTo("#DONT_CORR# Identifies things."));
            Assert.That(body["schedule"]!.ToJsonString(), Is.EqualTo("""{"frequency":"PT3H"}"""));
            Assert.That(body["queryCondition"]!["queryText"]!.ToString(), Does.Contain("Timestamp >= starttime").And.Contain("TimeGenerated = Timestamp").And.EndWith("| extend Timestamp = TimeGenerated, ReportId = RecordId"));
            Assert.That(alert["title"]!.ToString(), Is.EqualTo("By {{ActorUpn}}"));
            Assert.That(alert["description"]!.ToString(), Is.EqualTo("#DONT_CORR# It was {{ActorUpn}}."));
            Assert.That(alert["recommendedActions"]!.ToString(), Is.EqualTo("What to do: Look."));
            Assert.That(alert["severity"]!.ToString(), Is.EqualTo("high"));
            Assert.That(alert["tactics"]!.ToJsonString(), Is.EqualTo("""[{"tactic":"Collection","techniques":[{"technique":"T1213","subTechniques":["T1213.002"]}]}]"""));
            Assert.That(alert["entityMappings"]!.ToJsonString(), Is.EqualTo("""{"accounts":[{"upnColumn":"ActorUpn"}]}"""));
            Assert.That(alert["customDetails"]!.ToJsonString(), Is.EqualTo("""{"Who":"ActorUpn"}"""));
            Assert.That(alert["eventGroupingKind"]!.ToString(), Is.EqualTo("singleAlert"));
        }
    }

    [TestCase("15m", "1d", "PT1H", "P1D")]
    [TestCase("1h", "4h", "PT1H", null)]
    [TestCase("30m", "30m", "PT1H", "PT1H")]
    [TestCase("6h", "14d", "PT12H", "P14D")]
    public async Task The_schedule_is_the_nearest_of_Defenders(string every, string lookback, string frequency, string? readsBack)
    {
        var schedule = (await BodyOf(Query, $"schedule: {{ every: {every}, lookback: {lookback} }}"))["schedule"]!;
        Assert.That((schedule["frequency"]!.ToString(), schedule["lookback"]?.ToString()), Is.EqualTo((frequency, readsBack)));
    }

    [Test]
    public async Task A_rule_in_near_real_time_runs_each_hour_over_that_hour()
    {
        var rule = await RuleOf("kind: nrt", Query);
        Assert.That(rule.CustomDetection!.Schedule, Is.EqualTo(new DefenderSchedule(TimeSpan.FromHours(1), TimeSpan.FromHours(1))));
        Assert.That(rule.CustomDetection.Differences, Has.Some.Contains("not near real time"));
    }

    [Test]
    public async Task A_long_description_ends_with_a_sentence()
    {
        var body = await BodyOf(Query, $"description: {string.Concat(Enumerable.Repeat("Ten words that say something and then say it again. ", 20))}");
        var shown = body["detectionAction"]!["alertTemplate"]!["description"]!.ToString();
        Assert.That(shown, Has.Length.LessThanOrEqualTo(CustomDetection.DescriptionLimit).And.EndsWith("again."));
    }

    [TestCase("counts rows", "trigger: { operator: gt, threshold: 5 }", Query)]
    [TestCase("at least once a day", "schedule: { every: 2d, lookback: 2d }", Query)]
    [TestCase("reads \\\"SigninLogs\\\" beside", "query: CopilotEvents() | join kind=inner (SigninLogs | project ActorUpn = UserPrincipalName) on ActorUpn | project TimeGenerated, RecordId, ActorUpn")]
    [TestCase("none of Copilot's records", "query: 'print TimeGenerated = now(), RecordId = \"\", ActorUpn = \"\"'")]
    [TestCase("does not say which record", "query: CopilotEvents() | summarize TimeGenerated = max(TimeGenerated) by ActorUpn")]
    [TestCase("of another type", "query: CopilotEvents() | summarize TimeGenerated = max(TimeGenerated), RecordId = make_set(RecordId) by ActorUpn")]
    [TestCase("no account, address", "entities: [{ type: CloudApplication, Name: ActorUpn }]", Query)]
    [TestCase("times of its own", "query: CopilotEvents(starttime=ago(20m)) | project TimeGenerated, RecordId, ActorUpn", "schedule: { every: 15m, lookback: 20m }")]
    public async Task Why_there_is_none(string reason, params string[] entries)
    {
        var compilation = await Pack(entries).CompileAsync();
        var finding = compilation.Findings.Single(finding => finding.Code == "CSK0930");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(finding.Message, Does.Contain(reason.Replace("\\", "", StringComparison.Ordinal)));
            Assert.That(finding.Span.Text, Is.EqualTo("a-detection"));
            Assert.That(Compiler.Emit(compilation, []).Artifacts.Select(file => file.Path), Has.None.StartsWith("defender/graph"));
        }
    }

    [Test]
    public async Task A_project_that_does_not_read_the_table() =>
        Assert.That((await TestPack.Rule(Query).WithKit("formats: [yaml, defender]\nsources: [Custom]").CompileAsync()).Findings.Select(finding => finding.Code), Has.Member("CSK0931"));

    [Test]
    public async Task Nothing_is_asked_of_it_where_the_format_is_not_wanted() =>
        Assert.That((await TestPack.Rule(Query).WithKit("formats: [yaml]").Ok()).OfType<AnalyticsRule>().Single(), Has.Property("CustomDetection").Null.And.Property("NoCustomDetection").Null);

    private static TestPack Pack(string[] entries)
    {
        var all = entries.Any(entry => entry.StartsWith("entities", StringComparison.Ordinal)) ? entries : [.. entries.Prepend("entities: [{ type: Account, FullName: ActorUpn }]")];
        return TestPack.Small.With(TestPack.RulePath, all.Contains("kind: nrt") ? Samples.Without("schedule", all) : Samples.With(all)).WithKit("formats: [yaml, defender]");
    }

    private static async Task<AnalyticsRule> RuleOf(params string[] entries)
    {
        var compilation = await Pack(entries).CompileAsync();
        Assert.That(compilation.HasErrors, Is.False, () => Marked.Shown(compilation.Findings));
        return compilation.Items.OfType<AnalyticsRule>().Single();
    }

    private static async Task<JsonNode> BodyOf(params string[] entries)
    {
        var compilation = await Pack(entries).CompileAsync();
        Assert.That(compilation.HasErrors, Is.False, () => Marked.Shown(compilation.Findings));
        return JsonNode.Parse(Compiler.Emit(compilation, [OutputFormat.Defender]).Artifacts.Single(file => file.Path == "defender/graph/ADetection.json").Text)!;
    }
}
