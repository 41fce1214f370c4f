using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Testing;

namespace CopilotSentinelKit.Benchmarks;

/// <summary>The evaluator over 1,000,000 synthetic audit rows, and one shipped rule compiled and run over ten.</summary>
[InProcess]
[MemoryDiagnoser]
public class EvaluationBenchmarks
{
    private const int Many = 1_000_000;
    private const int Few = 10;
    private static readonly ImmutableArray<Column> Columns =
        [new("TimeGenerated", "datetime"), new("ActorName", "string"), new("AppHost", "string"), new("SrcIpAddr", "string"), new("LLMEventData", "dynamic")];

    private readonly LanguageServices _host = LanguageServices.Open();
    private CompiledQuery? _filter;
    private CompiledQuery? _summarize;
    private CompiledQuery? _join;
    private CompiledQuery? _expand;
    private KqlAnalysis? _rule;
    private EvaluationWorkspace? _ruleWorkspace;

    // The in-process toolchain does not wait for a set-up that returns a task.
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => _host.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Benchmark]
    public int WhereAndExtend() => _filter!.Run().Rows.Length;

    [Benchmark]
    public int SummarizeByTwoKeys() => _summarize!.Run().Rows.Length;

    [Benchmark]
    public int Join() => _join!.Run().Rows.Length;

    [Benchmark]
    public int MvExpand() => _expand!.Run().Rows.Length;

    [Benchmark]
    public CompiledQuery CompileShippedRule() => CompiledQuery.Compile(_rule!, _ruleWorkspace!);

    [Benchmark]
    public int CompileAndRunShippedRule() => CompiledQuery.Compile(_rule!, _ruleWorkspace!).Run().Rows.Length;

    private async Task SetupAsync()
    {
        var analyzer = _host.Kql;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var workspace = Workspace([new("CopilotActivity", Columns, Rows(Many)), new("Vips", [new("ActorName", "string")], Names(100))], []);
        CompiledQuery.Compile((await AnalyzeAsync("CopilotActivity | count"))[0], workspace).Run();
        Console.WriteLine(FormattableString.Invariant($"// Memory of {Many:N0} rows, once more in the form that queries read: {(GC.GetTotalMemory(forceFullCollection: true) - before) >> 20} MiB"));
        var analyses = await AnalyzeAsync(
            "CopilotActivity | where AppHost == 'Teams' and SrcIpAddr has '10' | extend Hour = bin(TimeGenerated, 1h), Id = tostring(LLMEventData.ThreadId) | count",
            "CopilotActivity | summarize count(), dcount(SrcIpAddr), max(TimeGenerated) by ActorName, AppHost",
            "CopilotActivity | join kind=inner Vips on ActorName | count",
            "CopilotActivity | mv-expand Message = LLMEventData.Messages | where tostring(Message.isPrompt) == 'true' | count");
        var compiled = analyses.Select(analysis => CompiledQuery.Compile(analysis, workspace)).ToArray();
        (_filter, _summarize, _join, _expand) = (compiled[0], compiled[1], compiled[2], compiled[3]);
        await PrepareRuleAsync(analyzer);

        async Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(params string[] queries) => await analyzer.AnalyzeAsync(
            new(KitData.LoadTables(), [new("CopilotActivity", Columns), new("Vips", [new("ActorName", "string")])], [], []), [.. queries.Select(query => new KqlRequest(query, [], WithTree: true))], null, CancellationToken.None);
    }

    private async Task PrepareRuleAsync(IKqlAnalyzer analyzer)
    {
        var catalog = KitData.LoadTables();
        var compilation = await new Compiler(analyzer, catalog).CompileAsync(ShippedPack.Files, [], null, CancellationToken.None);
        var bench = await TestBench.PrepareAsync(compilation.Analyzed, compilation.Schema!, analyzer, CancellationToken.None);
        _rule = bench.Targets["copilot-jailbreak-attempt"].Query.Analysis;
        _ruleWorkspace = Workspace(
            [.. bench.Tables.Select(name => new EvaluationTable(name, bench.ColumnsOf(name)!.Value, name == "CopilotActivity" ? RowsOf(catalog.Find(name)!.Value) : []))],
            bench.Functions);
        if (CompiledQuery.Compile(_rule, _ruleWorkspace).Refusal is { } refusal)
        {
            throw new InvalidOperationException(refusal.Message);
        }
    }

    private static EvaluationWorkspace Workspace(ImmutableArray<EvaluationTable> tables, ImmutableArray<EvaluationFunction> functions) =>
        new(new(2026, 1, 15, 12, 0, 0, DateTimeKind.Utc), tables, functions, []);

    private static ImmutableArray<ImmutableArray<Value>> Rows(int count) => [.. Enumerable.Range(0, count).Select(i => ImmutableArray.Create(
        Value.Of(new DateTime(2026, 1, 15, 0, 0, 0, DateTimeKind.Utc).AddSeconds(i % 86_400)),
        Value.Of(FormattableString.Invariant($"user{i % 5_000}@contoso.com")),
        Value.Of((i % 4) switch { 0 => "Teams", 1 => "Word", 2 => "Excel", _ => "BizChat" }),
        Value.Of(FormattableString.Invariant($"{(i % 3) + 9}.0.{i % 251}.{i % 13}")),
        Event(i)))];

    private static Value Event(int i) => DynamicJson.TryParse(FormattableString.Invariant(
        $$"""{"ThreadId":"t{{i % 1000}}","Messages":[{"Id":"{{i}}","isPrompt":true,"JailbreakDetected":{{(i % 7 == 0 ? "true" : "false")}}},{"Id":"{{i}}a","isPrompt":false}]}"""))!.Value;

    private static ImmutableArray<ImmutableArray<Value>> RowsOf(ImmutableArray<Column> columns) => [.. Enumerable.Range(0, Few).Select(i => columns.Select(column => column.Name switch
    {
        "TimeGenerated" => Value.Of(new DateTime(2026, 1, 15, 11, 30 + i, 0, DateTimeKind.Utc)),
        "RecordType" => Value.Of("CopilotInteraction"),
        "LLMEventData" => Event(i),
        _ => Value.Null,
    }).ToImmutableArray())];

    private static ImmutableArray<ImmutableArray<Value>> Names(int count) =>
        [.. Enumerable.Range(0, count).Select(i => ImmutableArray.Create(Value.Of(FormattableString.Invariant($"user{i * 7}@contoso.com"))))];
}
