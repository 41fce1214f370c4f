using BenchmarkDotNet.Attributes;
using CopilotSentinelKit.Cli.Cache;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Kql;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Pack;

namespace CopilotSentinelKit.Benchmarks;

/// <summary>The kit's own stages over the shipped pack, without and with the language services (from the cache).</summary>
[InProcess]
[MemoryDiagnoser]
public class PipelineBenchmarks
{
    private readonly LanguageServices _host = LanguageServices.Open();
    private readonly string _folder = Directory.CreateTempSubdirectory("csk-benchmark").FullName;
    private Compiler? _compiler;
    private Compilation? _compilation;

    // The in-process toolchain does not wait for a set-up that returns a task.
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup()
    {
        _host.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task SetupAsync()
    {
        var cache = new ResultCache(_folder, "benchmark");
        _compiler = new(new CachedKqlAnalyzer(_host.Kql, cache), KitData.LoadTables());
        _compilation = await CompileFromTheCache();
    }

    [Benchmark]
    public ResolvedPack ReadAndBuild() => ShippedPack.Build();

    [Benchmark]
    public Task<Compilation> CompileFromTheCache() => _compiler!.CompileAsync(ShippedPack.Files, [], null, CancellationToken.None);

    [Benchmark]
    public Emission Emit() => ContentEmitter.Emit(_compilation!.Items, _compilation.Pack!.Formats);

    [Benchmark]
    public TableCatalog LoadTableCatalog() => KitData.LoadTables();
}
