using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.NodeHost;

namespace CopilotSentinelKit.Benchmarks;

/// <summary>The yardstick: Kusto.Language alone in a warm Node process (bare-kusto.js).</summary>
internal sealed class BareKusto : IDisposable
{
    private readonly Process _process;

    public BareKusto(KqlSchema schema, ImmutableArray<KqlRequest> requests)
    {
        _process = Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "bare-kusto.js")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var tables = schema.Catalog.Names.Select(name => (Name: name, Columns: schema.Catalog.Find(name)!.Value)).Concat(schema.Tables.Select(t => (t.Name, t.Columns)));
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new
        {
            host = LanguageHostOptions.ForApplication().Directory,
            tables = tables.Select(table => new object[] { table.Name, Columns(table.Columns) }),
            functions = schema.Functions.Select(f => new object[] { f.Name, f.Parameters.Select(p => new[] { p.Name, p.Type }), Columns(f.Columns) }),
            watchlists = schema.Watchlists.Select(w => new object[] { w.Alias, Columns([.. w.Columns, new("SearchKey", "string")]) }),
            queries = requests.Select(r => new { text = r.Text, parameters = r.Parameters.Select(p => new[] { p.Name, p.Type }) }),
        }));
        _process.StandardOutput.ReadLine();
    }

    /// <summary>Analyses all queries once more.</summary>
    public int Analyze()
    {
        _process.StandardInput.WriteLine("again");
        return _process.StandardOutput.ReadLine()!.Length;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string[] Columns(ImmutableArray<Column> columns) => [.. columns.SelectMany(column => new[] { column.Name, column.Type })];
}
