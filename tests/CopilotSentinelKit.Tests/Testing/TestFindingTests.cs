namespace CopilotSentinelKit.Tests.Testing;

/// <summary>Mistakes in tests, each at its place.</summary>
internal sealed class TestFindingTests
{
    private const string Prompt = "events: ../events/prompt.json";

    [TestCase("CSK1100", "{ name: t, events: «../events/promt.json», expect: none }")]
    [TestCase("CSK1100", "{ name: t, events: «../../../events/prompt.json», expect: none }")]
    [TestCase("CSK1100", "{ name: t, events: [" + "{ file: «../detections/prompt.json» }], expect: none }")]
    [TestCase("CSK1102", "{ name: t, sources: [«Customs»], " + Prompt + ", expect: none }")]
    [TestCase("CSK1104", "{ name: t, tables: { «SigninLog»: [{ A: 1 }] }, expect: none }")]
    [TestCase("CSK1105", "{ name: t, " + Prompt + ", watchlists: { «Vips»: [{ A: 1 }] }, expect: none }")]
    [TestCase("CSK1106", "{ name: t, " + Prompt + ", expect: [{ «ActorUpm»: a }] }")]
    [TestCase("CSK1107", "{ name: t, events: «{ record: { Operation: x } }», expect: none }")]
    [TestCase("CSK1108", "{ name: t, events: { file: ../events/prompt.json, set: { «UserId.Name»: x } }, expect: none }")]
    [TestCase("CSK1109", "{ name: t, events: «{ file: ../events/prompt.json, at: [-1m, -2m, -3m], repeat: 99999 }», expect: none }")]
    [TestCase("CSK1112", "{ name: t, " + Prompt + ", expect: [{ Prompts: «two» }] }")]
    [TestCase("CSK1112", "{ name: t, " + Prompt + ", expect: [{ TimeGenerated: «noon» }] }")]
    [TestCase("CSK1113", "{ name: t, events: «{ file: ../events/prompt.json, at: +1m }», expect: none }")]
    [TestCase("CSK1115", "{ name: t, events: { file: ../events/prompt.json, at: «2026-02-30» }, expect: none }")]
    [TestCase("CSK1115", "{ name: t, events: { file: ../events/prompt.json, at: [-5m, «-30m1h»] }, expect: none }")]
    [TestCase("CSK1115", "{ name: t, now: «2026-13-01T00:00Z», " + Prompt + ", expect: none }")]
    [TestCase("CSK1114", "{ name: «t», expect: none }")]
    [TestCase("CSK1117", "{ name: t, " + Prompt + ", functions: { «Owners»: [{ A: 1 }] }, expect: none }")]
    [TestCase("CSK0121", "{ name: t, " + Prompt + ", «expected»: none, expect: none }")]
    public Task A_mistake(string code, string test) => TestedRule.Pack("tests:\n  - " + test + "\n").VerifyTests(code);

    [TestCase("{ name: t, " + Prompt + ", expect: «some» }")]
    [TestCase("{ name: t, events: «prompt.yaml», expect: none }")]
    [TestCase("{ name: t, events: { file: ../events/prompt.json, at: «yesterday» }, expect: none }")]
    [TestCase("{ name: t, events: { file: ../events/prompt.json, every: «1w» }, expect: none }")]
    [TestCase("{ name: t, now: «2026-01-15», " + Prompt + ", expect: none }")]
    public async Task A_wrong_form(string test) =>
        Assert.That((await TestedRule.Pack("tests:\n  - " + test + "\n").VerifyTests("CSK0126")).Message, Does.Contain("must be"));

    [Test]
    public async Task Alerts_of_a_parser()
    {
        var pack = TestedRule.Pack("").With("rules/tests/t.yaml", $"for: CopilotEvents\ntests:\n  - {{ name: t, {Prompt}, expect: {{ alerts: none }} }}\n");
        var finding = (await pack.TestAsync(new("CopilotEvents/"))).Compilation.Findings.Single(finding => finding.Code == "CSK1116");
        Assert.That((finding.Span.Text, finding.Message), Is.EqualTo(("none", "\"CopilotEvents\" is no analytics rule, so Sentinel makes no alerts of its rows. Expect rows.")));
    }

    [Test]
    public Task Two_tests_of_one_name() => TestedRule.Pack($"tests:\n  - {{ name: t, {Prompt}, expect: none }}\n  - {{ name: «t», {Prompt}, expect: none }}\n").VerifyTests("CSK1101");

    [Test]
    public async Task A_source_that_does_not_say_how_records_become_rows()
    {
        var pack = TestedRule.Pack($"tests:\n  - {{ name: t, {Prompt}, expect: none }}\n").Replace("rules/mapping.yaml", "    row: { TimeGenerated: { record: CreationTime }, Data: { record: $ } }\n", "").Replace("rules/mapping.yaml", "  Custom:", "  «Custom»:");
        await pack.VerifyTests("CSK1103");
    }

    [TestCase("CSK1110", "expect: none")]
    [TestCase("CSK1111", "expect: 1")]
    public async Task Tests_that_are_missing(string code, string expect)
    {
        var run = await TestedRule.Pack($"tests:\n  - {{ name: t, events: {{ file: ../events/prompt.json, repeat: 2 }}, {expect} }}\n").TestAsync();
        Assert.That(run.Compilation.Findings.Where(finding => finding.Span.Text == "a-detection").Select(finding => finding.Code), Is.EqualTo([code]));
    }

    [Test]
    public Task Tests_of_nothing() =>
        TestedRule.Pack("").With("rules/tests/t.yaml", $"for: «a-detectoin»\ntests:\n  - {{ name: t, {Prompt}, expect: none }}\n").VerifyTests("CSK0223");
}
