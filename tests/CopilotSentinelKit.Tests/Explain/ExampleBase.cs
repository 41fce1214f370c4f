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
