using System.Collections.Immutable;
using CopilotSentinelKit.Kql.InProcess;
using CopilotSentinelKit.Kql.Language;
using Kusto.Language;

namespace CopilotSentinelKit.Benchmarks;

/// <summary>The yardstick: Kusto.Language alone in this process, on all cores.</summary>
internal sealed class BareKusto(KqlSchema schema, ImmutableArray<KqlRequest> requests) : IDisposable
{
    private readonly ImmutableArray<(string Text, GlobalState Globals)> _queries = Bind(new(schema, requests.Select(request => request.Text)), requests);

    /// <summary>Analyses all queries once more.</summary>
    public int Analyze()
    {
        var count = 0;
        Parallel.ForEach(_queries, query => Interlocked.Add(ref count, KustoCode.ParseAndAnalyze(query.Text, query.Globals).GetDiagnostics().Count));
        return count;
    }

    public void Dispose()
    {
    }

    private static ImmutableArray<(string Text, GlobalState Globals)> Bind(WorkspaceSymbols workspace, ImmutableArray<KqlRequest> requests) =>
        [.. requests.Select(request => (request.Text, workspace.Globals.AddOrUpdateAmbientSymbols([.. request.Parameters.Select(WorkspaceSymbols.ParameterOf)])))];
}
