using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Tests.Explain;

/// <summary>The sound specs that an example changes: its top-level keys stand in for those of the base. A comment "# without KEY" takes one
/// out, and one "# the whole file" says that nothing of the base is there.</summary>
internal static partial class ExampleBase
{
    public const string Detection = """
        id: an-example
        version: 1.0.0
        kind: scheduled
        name: Use of Copilot
        description: Identifies use of Copilot.
        severity: Medium
        schedule: { every: 1h, lookback: 2h }
        attack: { tactics: [Collection], techniques: [T1213] }
        query: CopilotActivity | project TimeGenerated, ActorUpn = ActorName, ActorUserId, SrcIpAddr

        """;

    public const string Hunt = """
        id: an-example
        version: 1.0.0
        kind: hunting
        name: Use of Copilot
        description: Lists use of Copilot.
        attack: { tactics: [Collection], techniques: [T1213] }
        query: CopilotActivity | project TimeGenerated, ActorUpn = ActorName, ActorUserId, SrcIpAddr

        """;

    public const string Watchlist = """
        alias: VipUsers
        version: 1.0.0
        name: VIP users
        description: Accounts to look at first, by user principal name.
        searchKey: Upn
        columns: { Upn: string, Since: datetime }
        rows:
          - { Upn: user@contoso.com, Since: 2026-01-31 }

        """;

    public const string Workbook = """
        id: an-example
        version: 1.0.0
        name: Use of Copilot
        description: Who uses Copilot.
        parameters:
          TimeRange: { timeRange: [1d, 7d], default: 7d }
        items:
          - query: CopilotActivity | where TimeGenerated {TimeRange} | project TimeGenerated, ActorName, AppHost

        """;

    public const string Summary = """
        id: an-example
        version: 1.0.0
        name: Use of Copilot by hour
        description: Keeps how many records each account had.
        table: CopilotHourly_CL
        bin: 1h
        query: CopilotActivity | summarize Records = count() by ActorName
        columns: { ActorName: string, Records: long }

        """;

    public const string Automation = """
        id: an-example
        version: 1.0.0
        name: Tags for Copilot
        description: Tags incidents.
        trigger: incidentCreated
        detections: [copilot-jailbreak-attempt]
        actions: [{ set: { tags: [copilot] } }]

        """;

    public const string Rule = """
        id: 6f1d9a52-3c84-4b7e-9d0f-2a5b8c7e1f34
        name: Use of Copilot
        description: Identifies use of Copilot.
        severity: Medium
        requiredDataConnectors:
          - connectorId: MicrosoftCopilot
            dataTypes: [CopilotActivity]
        queryFrequency: 1h
        queryPeriod: 2h
        triggerOperator: gt
        triggerThreshold: 0
        tactics: [Collection]
        relevantTechniques: [T1213]
        query: CopilotActivity | where ingestion_time() > ago(1h) | project TimeGenerated, ActorUpn = ActorName, ActorUserId, SrcIpAddr
        entityMappings:
          - entityType: Account
            fieldMappings: [{ identifier: FullName, columnName: ActorUpn }]
        version: 1.0.0
        kind: Scheduled

        """;

    public const string HuntingRule = """
        id: 8b2e6c17-5d93-4f0a-8e41-7c9a0d3b5f26
        name: Use of Copilot
        description: Lists use of Copilot.
        requiredDataConnectors:
          - connectorId: MicrosoftCopilot
            dataTypes: [CopilotActivity]
        tactics: [Collection]
        relevantTechniques: [T1213]
        query: CopilotActivity | project TimeGenerated, ActorUpn = ActorName, ActorUserId, SrcIpAddr
        entityMappings:
          - entityType: Account
            fieldMappings: [{ identifier: FullName, columnName: ActorUpn }]
        version: 1.0.0

        """;

    public const string Parser = """
        id: 3a7c5e90-1b64-4d28-b3f7-6e8d2c4a9b15
        Function:
          Title: Parser of Copilot's events
          Version: 1.0.0
          LastUpdated: "2026-01-31"
        Category: Microsoft Sentinel Parser
        FunctionName: CopilotUse
        FunctionAlias: CopilotUse
        FunctionQuery: CopilotActivity | project TimeGenerated, ActorName

        """;

    /// <summary>The base with the example's keys in place of its own.</summary>
    public static string With(string spec, string example)
    {
        if (example.StartsWith("# the whole file", StringComparison.Ordinal))
        {
            return example;
        }

        var gone = Key().Matches(example).Select(match => match.Groups[1].Value)
            .Concat(Without().Matches(example).Select(match => match.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal);
        if (example.Contains("kind: nrt\n", StringComparison.Ordinal))
        {
            gone.Add("schedule");
        }

        return string.Concat(Block().Matches(spec).Where(block => !gone.Contains(block.Groups[1].Value)).Select(block => block.Value)) + example;
    }

    /// <summary>The base detection with another query.</summary>
    public static string Query(string kql) =>
        With(Detection, "query: |\n" + string.Concat(kql.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "\n" : "  " + line + "\n")));

    [GeneratedRegex(@"^([A-Za-z]\w*):", RegexOptions.Multiline)]
    private static partial Regex Key();

    [GeneratedRegex(@"^# without (\w+)", RegexOptions.Multiline)]
    private static partial Regex Without();

    [GeneratedRegex(@"^(\w+):.*\n([ -].*\n)*", RegexOptions.Multiline)]
    private static partial Regex Block();
}
