using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Backtest;

/// <summary>The shipped pack over tables with rows: three users, one of whom attempts a jailbreak and reads labelled files afterwards.</summary>
internal sealed record ShippedWorkspace(KqlSchema Schema, EvaluationWorkspace Workspace, ImmutableArray<(ContentItem Item, EngineQuery Query)> Queries)
{
    private static readonly Lazy<Task<ShippedWorkspace>> Built = new(BuildAsync);

    public static readonly DateTime Now = new(2026, 1, 15, 12, 0, 0, DateTimeKind.Utc);

    public static Task<ShippedWorkspace> GetAsync() => Built.Value;

    private static async Task<ShippedWorkspace> BuildAsync()
    {
        var compilation = await ShippedPack.Compilation;
        var bench = await TestBench.PrepareAsync(compilation.Analyzed, compilation.Schema!, SharedHost.Analyzer, CancellationToken.None);
        var tables = bench.Tables.Select(name => Table(name, bench.ColumnsOf(name)!.Value));
        var watchlists = bench.Watchlists.Select(list => list.Deployed with { Rows = [] });
        return new(
            compilation.Schema!,
            new(Now, [.. tables], bench.Functions, [.. watchlists]),
            [
                .. from item in compilation.Analyzed
                   where item.Item is AnalyticsRule or HuntingQuery
                   select (item.Item, new EngineQuery(item.Item.GetQuery()!.Text, item.Analysis!)),
            ]);
    }

    private static EvaluationTable Table(string name, ImmutableArray<Column> columns)
    {
        var times = Enumerable.Range(0, 24).Select(i => Now.AddMinutes(-10).AddHours(-i * 12)).ToImmutableArray();
        return new(name, columns, [.. times.Select((time, i) => columns.Select(column => Cell(column, time, i)).ToImmutableArray())], [.. times.Select(time => time.AddMinutes(1))]);
    }

    private static Value Cell(Column column, DateTime time, int number)
    {
        var user = $"user{number % 3}@contoso.com";
        return column.Name switch
        {
            "TimeGenerated" => Value.Of(time),
            "RecordId" => Value.Of($"record-{number}"),
            "RecordType" or "ActionType" => Value.Of("CopilotInteraction"),
            "ActorName" or "AccountDisplayName" or "UserPrincipalName" => Value.Of(user),
            "ActorUserId" or "UserId" or "AccountObjectId" => Value.Of($"id-{number % 3}"),
            "SrcIpAddr" or "IPAddress" => Value.Of($"203.0.113.{number % 3}"),
            "LLMEventData" => DynamicJson.TryParse(Event(number))!.Value,
            "RawEventData" => DynamicJson.TryParse($$"""{"Id":"record-{{number}}","RecordType":261,"UserId":"{{user}}","UserKey":"key","CopilotEventData":{{Event(number)}}}""")!.Value,
            "RiskLevelDuringSignIn" => Value.Of("high"),
            "ResultType" => Value.Of("0"),
            _ => column.Type == "string" ? Value.Empty : Value.Null,
        };
    }

    private static string Event(int number) =>
        $$"""
        {"AppHost":"Word","ThreadId":"thread-{{number % 7}}","Messages":[{"Id":"m{{number}}","isPrompt":true,"JailbreakDetected":{{(number % 3 == 0 ? "true" : "false")}}}],
         "AccessedResources":[{"Id":"r{{number}}","Name":"a \"b\".docx","SiteUrl":"https://contoso.com/sites/{{number}}","SensitivityLabelId":"label-1","Action":"Read","XPIADetected":{{(number % 5 == 0 ? "true" : "false")}}}],
         "AISystemPlugin":[{"Id":"BingWebSearch","Name":"BingWebSearch"}]}
        """;
}
