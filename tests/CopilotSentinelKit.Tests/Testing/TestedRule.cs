
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Testing;

/// <summary>A rule with tests over two sources of a small mapping.</summary>
internal static class TestedRule
{
    private const string Mapping = """
        version: 1.0.0
        sources:
          CloudAppEvents:
            table: CloudAppEvents
            connector: MicrosoftThreatProtection
            where: ActionType == "CopilotInteraction"
            record: RawEventData
            event: RawEventData.CopilotEventData
            row:
              TimeGenerated: { record: CreationTime }
              ActionType: { record: Operation }
              RawEventData: { record: $ }
          Custom:
            table: CopilotAudit_CL
            record: Data
            event: Data.CopilotEventData
            declares: { TimeGenerated: datetime, Data: dynamic }
            row: { TimeGenerated: { record: CreationTime }, Data: { record: $ } }
        fields:
          RecordId: { type: string, record: [Id, ID] }
          ActorUpn: { type: string, record: UserId }
          AppHost: { type: string, event: AppHost }
          Messages: { type: dynamic, array: true, event: Messages }
        parsers:
          CopilotEvents: { description: Records., template: events }

        """;

    private const string Rule = """
        id: a-detection
        version: 1.0.0
        kind: scheduled
        name: Prompts
        description: Identifies prompts.
        severity: Low
        schedule: { every: 1h, lookback: 1d }
        parameters: { min: { type: int, default: 2, description: How many. } }
        query: |
          CopilotEvents()
          | where AppHost =~ "word"
          | where IngestionTime > ago(1h)
          | summarize Prompts = count(), TimeGenerated = max(TimeGenerated) by ActorUpn
          | where Prompts >= {{ min | kql }}
        entities:
          - { type: Account, FullName: ActorUpn }

        """;

    private const string Prompt = """
        { "Id": "1", "CreationTime": "-10m", "Operation": "CopilotInteraction", "UserId": "a@contoso.com", "CopilotEventData": { "AppHost": "Word" } }
        """;

    /// <summary>The pack; marks «» show what a finding must underline.</summary>
    public static TestPack Pack(string tests, string rule = Rule) => TestPack.Small
        .With(TestPack.MappingPath, Mapping)
        .With("rules/events/prompt.json", Prompt)
        .With(TestPack.RulePath, rule + tests);

    /// <summary>The same with a part of the rule written anew.</summary>
    public static TestPack Changed(string part, string other, string tests) => Pack(tests, Rule.Replace(part, other, StringComparison.Ordinal));

    /// <summary>What became of the tests of the rule, a line each: <c>Custom: Passed</c>.</summary>
    public static async Task<string[]> OutcomesAsync(string tests) => [.. (await RunAsync(Pack(tests))).Select(result => $"{result.Source}: {result.Outcome}")];

    public static async Task<IReadOnlyList<TestResult>> RunAsync(TestPack pack, bool schedule = false)
    {
        var run = await pack.TestAsync(new("a-detection/", Schedule: schedule));
        Assert.That(run.Compilation.Findings, Is.Empty, () => string.Join('\n', run.Compilation.Lines()));
        return run.Results;
    }
}
