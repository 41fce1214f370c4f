using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using CopilotSentinelKit.Kql;
using CopilotSentinelKit.NodeHost;

namespace CopilotSentinelKit.Benchmarks;

/// <summary>The same queries, analysed by Kusto.Language alone in a warm Node process and through the kit's host: the ratio is what the
/// kit adds (protocol, result columns, what a query reads).</summary>
[InProcess]
[MemoryDiagnoser]
public class AnalysisBenchmarks
{
    private readonly LanguageServices _host = LanguageServices.Open();
    private readonly TableCatalog _catalog = TableCatalog.Load();
    private KqlSchema? _schema;
    private ImmutableArray<KqlRequest> _requests;
    private Process? _bare;

    // The in-process toolchain does not wait for a set-up that returns a task.
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup()
    {
        _bare!.StandardInput.Close();
        _bare.WaitForExit();
        _host.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private async Task SetupAsync()
    {
        (_schema, _requests) = await ShippedPack.QueriesAsync(_host.Templates, _catalog);
        _bare = Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "bare-kusto.js")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await _bare.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new
        {
            host = LanguageHostOptions.ForApplication().Directory,
            tables = Pairs(_catalog.Names.Select(name => (name, _catalog.Find(name)!.Value)).Concat(_schema.Tables.Select(t => (t.Name, t.Columns)))),
            functions = _schema.Functions.Select(f => new object[] { f.Name, f.Parameters.Select(p => new[] { p.Name, p.Type }), Columns(f.Columns) }),
            watchlists = _schema.Watchlists.Select(w => new object[] { w.Alias, Columns([.. w.Columns, new("SearchKey", "string")]) }),
            queries = _requests.Select(r => new { text = r.Text, parameters = r.Parameters.Select(p => new[] { p.Name, p.Type }) }),
        }));
        await _bare.StandardOutput.ReadLineAsync();
    }

    [Benchmark(Baseline = true)]
    public async Task<string?> KustoLanguageAlone()
    {
        await _bare!.StandardInput.WriteLineAsync("again");
        return await _bare.StandardOutput.ReadLineAsync();
    }

    [Benchmark]
    public async Task<int> ThroughTheKit() =>
        (await _host.Kql.AnalyzeAsync(_schema!, _requests, null, CancellationToken.None)).Length;

    private static IEnumerable<object[]> Pairs(IEnumerable<(string Name, ImmutableArray<Column> Columns)> tables) =>
        tables.Select(table => new object[] { table.Name, Columns(table.Columns) });

    private static string[] Columns(ImmutableArray<Column> columns) => [.. columns.SelectMany(column => new[] { column.Name, column.Type })];
}
