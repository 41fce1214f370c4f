using System.Security.Cryptography;
using System.Text;
using CopilotSentinelKit.Tests.Spec;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Generate;

/// <summary>Parsers under <c>masked: true</c>, by the tests of a rule over them.</summary>
internal sealed class MaskingTests
{
    private const string Mapping = """
        version: 1.0.0
        sources:
          Custom:
            table: CopilotAudit_CL
            record: Data
            event: Data.CopilotEventData
            declares: { TimeGenerated: datetime, Data: dynamic }
            row: { TimeGenerated: { record: CreationTime }, Data: { record: $ } }
        fields:
          RecordId: { type: string, record: [Id, ID] }
          ActorUpn: { type: string, pii: true, record: UserId }
          Tenant: { type: string, expression: 'tolower(extract("@(.+)$", 1, ActorUpn))' }
          Contexts: { type: dynamic, pii: true, array: true, event: Contexts }
        parsers:
          CopilotEvents: { description: Records., template: events }
          CopilotContexts: { description: Contexts., template: elements, each: Contexts, keep: [TimeGenerated, ActorUpn], fields: { ContextId: { type: string, pii: true, record: Id }, ContextType: { type: string, record: Type } }, rest: MoreOfIt }

        """;

    private const string Event = """
        { "Id": "1", "CreationTime": "-10m", "UserId": "a@contoso.com", "Secret": "b", "CopilotEventData": { "Contexts": [{ "Id": "https://contoso.com/plan", "Type": "docx", "Title": "Plan" }] } }
        """;

    private static readonly string[] Plain = ["Passed"];

    [Test]
    public async Task Text_is_hashed_what_is_worked_out_of_it_is_right_and_the_rest_is_gone([Values("deployed", "inline")] string parsers) => Assert.That(
        await OutcomesAsync(
            $"masked: true\nparsers: {parsers}",
            "CopilotEvents() | project TimeGenerated, ActorUpn, Tenant, Contexts, AdditionalFields",
            $"[{{ ActorUpn: {Sha256("a@contoso.com")}, Tenant: contoso.com, Contexts: null, AdditionalFields: null }}]"),
        Is.EqualTo(Plain));

    [Test]
    public async Task Elements_of_a_masked_collection_are_still_there([Values("deployed", "inline")] string parsers) => Assert.That(
        await OutcomesAsync(
            $"masked: true\nparsers: {parsers}",
            "CopilotContexts() | project TimeGenerated, ActorUpn, ContextId, ContextType, MoreOfIt",
            $"[{{ ActorUpn: {Sha256("a@contoso.com")}, ContextId: {Sha256("https://contoso.com/plan")}, ContextType: docx, MoreOfIt: null }}]"),
        Is.EqualTo(Plain));

    [Test]
    public async Task Without_it_nothing_changes() => Assert.That(
        await OutcomesAsync("masked: false", "CopilotContexts() | project TimeGenerated, ActorUpn, ContextId", "[{ ActorUpn: a@contoso.com, ContextId: 'https://contoso.com/plan' }]"),
        Is.EqualTo(Plain));

    [TestCase("CopilotEvents() | project TimeGenerated, ActorUpn", "CSK0226")]
    [TestCase("CopilotEvents() | project TimeGenerated, Tenant", null)]
    [TestCase("CopilotEvents() | project TimeGenerated, Contexts", "CSK0225")]
    [TestCase("CopilotEvents() | project TimeGenerated, AdditionalFields", "CSK0225")]
    [TestCase("CopilotEvents() | join kind=inner (SigninLogs | project UserPrincipalName) on $left.ActorUpn == $right.UserPrincipalName | project TimeGenerated", "CSK0225")]
    [TestCase("CopilotEvents() | where ActorUpn in~ (_GetWatchlist('Vips') | project SearchKey) | project TimeGenerated", "CSK0225")]
    public async Task A_rule_that_needs_what_is_masked_is_told(string query, string? code)
    {
        var compilation = await Pack("masked: true\nwatchlists: { Vips: { Note: string } }", query, "").CompileAsync();
        Assert.That(compilation.Findings.Select(finding => finding.Code).Where(found => found is "CSK0225" or "CSK0226"), Is.EqualTo(code is null ? Array.Empty<string>() : [code]), () => Marked.Shown(compilation.Findings));
    }

    [Test]
    public void Shipped_tests_rest_since_they_expect_what_is_masked() =>
        Assert.That(TestPack.Shipped().WithKit("masked: true").Load().Tests.Select(target => target.Rests), Is.All.True);

    private static async Task<string[]> OutcomesAsync(string kit, string query, string rows)
    {
        var run = await Pack(kit, query, $"  - {{ name: t, events: ../events/one.json, expect: {rows} }}\n").TestAsync(new("a-detection/"));
        Assert.That(run.Compilation.Findings.Where(finding => finding.Code is not "CSK0225" and not "CSK0226"), Is.Empty, () => Marked.Shown(run.Compilation.Findings));
        return [.. run.Results.Select(result => string.Join(" / ", [result.Outcome.ToString(), .. result.Explanation]))];
    }

    private static TestPack Pack(string kit, string query, string tests) => TestPack.Small
        .With(TestPack.MappingPath, Mapping)
        .WithKit(kit)
        .Project("rules/events/one.json", Event)
        .Project(TestPack.RulePath, $"""
            id: a-detection
            version: 1.0.0
            kind: scheduled
            name: Prompts
            description: Identifies prompts.
            severity: Low
            schedule: {"{"} every: 1h, lookback: 1h {"}"}
            query: |
              {query}
            {(tests.Length == 0 ? "" : "tests:\n" + tests)}
            """);

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
