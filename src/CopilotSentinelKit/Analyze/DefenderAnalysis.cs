using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Generate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Pack;

namespace CopilotSentinelKit.Analyze;

/// <summary>A rule's query for Defender, and what Kusto.Language says of it against Defender's tables; null where there is no query.</summary>
internal sealed record AnalyzedDefenderQuery(DefenderQuery Rendered, KqlAnalysis? Analysis);

/// <summary>Binds the rules' queries for Defender as advanced hunting would.</summary>
internal static class DefenderAnalysis
{
    /// <summary>What such a query can name: Defender's table, and what kit.yaml declares, so that what else it reads can be told.</summary>
    public static KqlSchema Schema(ResolvedPack pack, TableCatalog catalog) => new(
        catalog,
        [new(CustomDetection.Table, catalog.FindDefender(CustomDetection.Table) ?? []), .. WorkspaceSchema.Of(pack, catalog).Tables.Where(table => table.Name != CustomDetection.Table)],
        pack.Workspace.Functions,
        WorkspaceSchema.Of(pack, catalog).Watchlists);

    /// <summary>All queries with their analysis; null when the project does not read CloudAppEvents.</summary>
    public static async Task<ImmutableArray<AnalyzedDefenderQuery>?> RunAsync(ResolvedPack pack, TableCatalog catalog, IKqlAnalyzer kql, CancellationToken cancellation)
    {
        if (DefenderQueries.Render(pack, catalog, cancellation) is not { } queries)
        {
            return null;
        }

        var schema = Schema(pack, catalog);
        ImmutableArray<KqlRequest> requests = [.. queries.Where(query => query.Query is not null).Select(query => new KqlRequest(query.Query!.Text, [], WithTree: true) { Place = query.Query.Fallback.ToString() })];
        var analyses = await kql.AnalyzeAsync(schema, requests, null, cancellation);
        var next = 0;
        return [.. queries.Select(query => new AnalyzedDefenderQuery(query, query.Query is null ? null : ServiceRules.Apply(analyses[next], requests[next++].Text, schema)))];
    }
}
