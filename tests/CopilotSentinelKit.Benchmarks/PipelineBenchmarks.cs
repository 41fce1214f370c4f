using BenchmarkDotNet.Attributes;
using CopilotSentinelKit.Cache;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Kql;
using CopilotSentinelKit.Model;
using CopilotSentinelKit.Templates;

namespace CopilotSentinelKit.Benchmarks;

/// <summary>The kit's own stages over the shipped pack, without and with the language services (from the cache).</summary>
[InProcess]
[MemoryDiagnoser]
public class PipelineBenchmarks
{
    private readonly LanguageHost _host = new(LanguageHostOptions.ForApplication());
    private readonly string _folder = Directory.CreateTempSubdirectory("csk-benchmark").FullName;
    private Compiler? _compiler;
    private Compilation? _compilation;

    [GlobalSetup]
    public async Task Setup()
    {
        var cache = new ResultCache(_folder, "benchmark");
        _compiler = new(
            new CachedKqlAnalyzer(new HostKqlAnalyzer(_host), cache), new CachedTemplateEngine(new HostTemplateEngine(_host), cache), TableCatalog.Load());
        _compilation = await CompileFromTheCache();
    }

    [GlobalCleanup]
    public async Task Cleanup()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public Pack ReadAndBuild() => ShippedPack.Build();

    [Benchmark]
    public Task<Compilation> CompileFromTheCache() => _compiler!.CompileAsync(ShippedPack.Files, [], null, CancellationToken.None);

    [Benchmark]
    public Emission Emit() => ContentEmitter.Emit(_compilation!.Items, _compilation.Pack!.Formats, "content/");

    [Benchmark]
    public TableCatalog LoadTableCatalog() => TableCatalog.Load();
}
