
using CopilotSentinelKit.Testing;

namespace CopilotSentinelKit.Tests.Testing;

/// <summary>What tests of specs say of the rule that they are for.</summary>
internal sealed class TestRunTests
{
    private const string Two = "tests:\n  - name: two\n    events: { file: ../events/prompt.json, at: [-10m, -5m] }\n";

    [Test]
    public async Task A_test_runs_on_every_source_and_on_all_together() => Assert.That(
        await TestedRule.OutcomesAsync(Two + "    expect: [{ ActorUpn: a@contoso.com, Prompts: 2, TimeGenerated: -5m }]\n"),
        Is.EqualTo(["CloudAppEvents: Passed", "Custom: Passed", "all sources: Passed"]));

    [Test]
    public async Task Sources_can_be_chosen() => Assert.That(
        await TestedRule.OutcomesAsync(Two + "    sources: [Custom]\n    expect: 1\n"), Is.EqualTo(["Custom: Passed"]));

    [TestCase("expect: none", "Failed")]
    [TestCase("expect: []", "Failed")]
    [TestCase("expect: 1", "Passed")]
    [TestCase("expect: 2", "Failed")]
    [TestCase("expect: { count: 1, rows: [{ Prompts: 2 }] }", "Passed")]
    [TestCase("expect: { rows: [{ Prompts: 2 }] }", "Passed")]
    [TestCase("expect: { rows: [{ Prompts: 3 }] }", "Failed")]
    [TestCase("expect: [{ Prompts: 2 }, { Prompts: 2 }]", "Failed")]
    [TestCase("expect: [{ TimeGenerated: 2026-01-15T11:55:00Z }]", "Passed")]
    [TestCase("expect: [{ TimeGenerated: -6m }]", "Failed")]
    [TestCase("expect: [{ ActorUpn: A@contoso.com }]", "Failed")]
    [TestCase("expect: { columns: [ActorUpn, Prompts, TimeGenerated] }", "Passed")]
    [TestCase("expect: { columns: [Prompts, ActorUpn, TimeGenerated] }", "Failed")]
    [TestCase("expect: { alerts: 1 }", "Passed")]
    [TestCase("expect: { alerts: none }", "Failed")]
    [TestCase("expect: { alerts: [{ title: Prompts, severity: Low, entities: [{ type: Account, FullName: a@contoso.com }] }] }", "Passed")]
    [TestCase("expect: { alerts: [{ title: Prompt }] }", "Failed")]
    [TestCase("expect: { alerts: [{ severity: High }] }", "Failed")]
    [TestCase("expect: { alerts: [{ entities: [] }] }", "Failed")]
    [TestCase("expect: { alerts: [{ details: { Prompts: 2 } }] }", "Failed")]
    public async Task Rows_are_compared(string expect, string outcome) => Assert.That(
        await TestedRule.OutcomesAsync(Two + "    sources: [Custom]\n    " + expect + "\n"), Is.EqualTo(["Custom: " + outcome]));

    [TestCase("at: -10m, repeat: 3, every: 1m", 3)]
    [TestCase("at: -1d, repeat: 23, every: 1h", 0, TestName = "History is seen, and is not new")]
    [TestCase("at: -20m, delay: 30m, repeat: 2", 0, TestName = "What has not arrived is not seen")]
    [TestCase("at: -20m, delay: 10m, repeat: 2", 2)]
    [TestCase("at: -25h, delay: 1d, repeat: 2", 0, TestName = "What is older than the lookback is not seen")]
    [TestCase("at: -10m, repeat: 4, vary: { CopilotEventData.AppHost: [Word, Teams] }", 2)]
    [TestCase("at: -10m, repeat: 4, vary: { UserId: 'u{n}@contoso.com' }", 0)]
    [TestCase("at: -10m, repeat: 2, set: { CopilotEventData: { AppHost: word } }", 2)]
    [TestCase("at: -10m, repeat: 4, vary: { CopilotEventData: [{ AppHost: 'w{n}' }, { AppHost: Word, List: ['{n}'] }] }", 2)]
    [TestCase("at: -10m, repeat: 2, set: { Id: same }", 0, TestName = "Copies that keep their id are one record")]
    public async Task Events_are_copied_and_changed(string copies, int prompts) => Assert.That(
        await TestedRule.OutcomesAsync($"tests:\n  - name: t\n    sources: [Custom]\n    events: {{ file: ../events/prompt.json, {copies} }}\n    expect: {(prompts == 0 ? "none" : $"[{{ Prompts: {prompts} }}]")}\n"),
        Is.EqualTo(["Custom: Passed"]));

    [Test]
    public async Task A_record_as_it_is_and_a_copy_of_it_are_two_in_any_order() => Assert.That(
        await TestedRule.OutcomesAsync("tests:\n  - name: t\n    sources: [Custom]\n    events: [{ file: ../events/prompt.json, at: -9m, delay: 1m30s }, ../events/prompt.json]\n    expect: [{ Prompts: 2 }]\n"),
        Is.EqualTo(["Custom: Passed"]));

    [Test]
    public async Task A_failure_shows_the_difference_and_where_the_rows_went()
    {
        var result = (await TestedRule.RunAsync(TestedRule.Pack("tests:\n  - { name: one, sources: [Custom], events: ../events/prompt.json, expect: [{ ActorUpn: a@contoso.com, Prompts: 1 }] }\n"))).Single();
        Assert.That(result.Explanation, Is.EqualTo(
        [
            "No row, and the test expects 1 row.",
            "- ActorUpn: a@contoso.com, Prompts: 1 (line 18)",
            "1 row  from  CopilotEvents",
            "1 row  after rules/detections/a-detection.yaml:11:5  where AppHost =~ \"word\"",
            "1 row  after rules/detections/a-detection.yaml:12:5  where IngestionTime > ago(1h)",
            "1 row  after rules/detections/a-detection.yaml:13:5  summarize Prompts = count(), TimeGenerated = max(TimeGenerated) by ActorUpn",
            "0 rows after rules/detections/a-detection.yaml:14:5  where Prompts >= 2",
        ]));
    }

    [Test]
    public async Task A_row_that_is_almost_right_is_compared_cell_by_cell()
    {
        var result = (await TestedRule.RunAsync(TestedRule.Pack(Two + "    sources: [Custom]\n    expect: [{ ActorUpn: a@contoso.com, Prompts: 3 }]\n"))).Single();
        Assert.That(result.Explanation, Is.EqualTo(["1 row, as expected, but one is different.", "- ActorUpn: a@contoso.com, Prompts: 3 (line 21)", "  Prompts is 2, not 3"]));
    }

    [Test]
    public async Task What_the_evaluator_does_not_know_is_not_passed()
    {
        var pack = TestedRule.Changed("| where Prompts", "| extend X = geo_geohash_to_central_point(\"sunny\")\n  | where Prompts", Two + "    expect: 1\n");
        Assert.That((await TestedRule.RunAsync(pack)).Select(result => (result.Outcome, result.Explanation[0])), Is.All.Matches<(TestOutcome Outcome, string Line)>(
            result => result.Outcome == TestOutcome.NotRunnable && result.Line.StartsWith("CSK1002", StringComparison.Ordinal) && result.Line.Contains("a-detection.yaml:14", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Rows_of_other_tables_and_watchlists_are_given()
    {
        const string Watchlist = "alias: Vips\nversion: 1.0.0\nname: Vips\ndescription: Who.\nsearchKey: Upn\ncolumns: { Upn: string, Rank: int }\nrows: [{ Upn: b@contoso.com, Rank: 1 }]\n";
        const string Query = "query: |\n  SigninLogs\n  | lookup kind=inner (_GetWatchlist('Vips')) on $left.UserPrincipalName == $right.SearchKey\n  | project TimeGenerated, UserPrincipalName, Rank, ActorUpn = Upn\n";
        const string Rule = "id: a-detection\nversion: 1.0.0\nkind: scheduled\nname: Vips\ndescription: Identifies vips.\nseverity: Low\nschedule: { every: 1h, lookback: 1d }\n" + Query
            + "entities:\n  - { type: Account, FullName: ActorUpn }\n";
        var results = await TestedRule.RunAsync(TestedRule.Pack(
            """
            tests:
              - name: the rows that it is deployed with
                tables: { SigninLogs: [{ TimeGenerated: -5m, UserPrincipalName: b@contoso.com }, { UserPrincipalName: c@contoso.com }] }
                expect: [{ UserPrincipalName: b@contoso.com, Rank: 1 }]
              - name: rows of the test
                tables: { SigninLogs: [{ UserPrincipalName: b@contoso.com }, { UserPrincipalName: c@contoso.com }] }
                watchlists: { Vips: [{ Upn: c@contoso.com, Rank: 7 }] }
                expect: [{ UserPrincipalName: c@contoso.com, Rank: 7 }]

            """, Rule).With("rules/watchlists/vips.yaml", Watchlist));
        Assert.That(results.Select(result => (result.Source, result.Outcome)), Is.EqualTo([("", TestOutcome.Passed), ("", TestOutcome.Passed)]), () => string.Join('\n', results.SelectMany(result => result.Explanation)));
    }

    [Test]
    public async Task Tests_of_a_project_are_added_or_take_the_place_of_those_below()
    {
        var below = TestedRule.Pack(Two + "    expect: 1\n");
        const string Own = "for: a-detection\ntests:\n  - { name: own, events: ../events/own.json, expect: none }\n";
        const string Other = """{ "Id": "1", "CreationTime": "-10m", "Operation": "Other" }""";
        Assert.That((await TestedRule.RunAsync(below.Project("rules/tests/a.yaml", Own).Project("rules/events/own.json", Other))).Select(result => result.Name).Distinct(), Is.EqualTo(["two", "own"]));
        Assert.That((await TestedRule.RunAsync(below.Project("rules/tests/a.yaml", "override: true\n" + Own).Project("rules/events/own.json", Other))).Select(result => result.Name).Distinct(), Is.EqualTo(["own"]));
    }

    [Test]
    public async Task A_parser_is_tested_by_name()
    {
        var run = await TestedRule.Pack("").With("rules/tests/events.yaml", "for: CopilotEvents\ntests:\n  - { name: t, events: ../events/prompt.json, expect: [{ ActorUpn: a@contoso.com, AppHost: Word, RecordId: '1' }] }\n").TestAsync(new("CopilotEvents"));
        Assert.That(run.Results.Select(result => result.Outcome), Is.EqualTo([TestOutcome.Passed, TestOutcome.Passed, TestOutcome.Passed]), () => string.Join('\n', run.Results.SelectMany(result => result.Explanation)));
    }

    [Test]
    public async Task Nothing_runs_while_there_is_an_error()
    {
        var run = await TestedRule.Changed("where AppHost", "where AppHosts", Two + "    expect: 1\n").TestAsync();
        Assert.That(run.Compilation.HasErrors);
        Assert.That(run.Results, Is.Empty);
    }
}
