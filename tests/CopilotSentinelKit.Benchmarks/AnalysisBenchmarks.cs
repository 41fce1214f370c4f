using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Benchmarks;

/// <summary>The same queries, analysed by Kusto.Language alone and through the kit's host, both warm: the ratio is what the kit adds (result
/// columns, what a query reads, the tree, and a protocol where there is one).</summary>
[InProcess]
[MemoryDiagnoser]
public class AnalysisBenchmarks
{
    private readonly LanguageServices _host = LanguageServices.Open();
    private KqlSchema? _schema;
    private ImmutableArray<KqlRequest> _requests;
    private BareKusto? _bare;

    // The in-process toolchain does not wait for a set-up that returns a task.
    [GlobalSetup]
    public void Setup()
    {
        (_schema, _requests) = ShippedPack.QueriesAsync(KitData.LoadTables()).GetAwaiter().GetResult();
        _bare = new(_schema, _requests);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _bare!.Dispose();
        _host.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    [Benchmark(Baseline = true)]
    public int KustoLanguageAlone() => _bare!.Analyze();

    [Benchmark]
    public async Task<int> ThroughTheKit() =>
        (await _host.Kql.AnalyzeAsync(_schema!, _requests, null, CancellationToken.None)).Length;
}
