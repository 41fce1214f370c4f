using System.Collections.Immutable;
using System.Text.Json;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Cli.Cache;

/// <summary>Asks the analyzer only for queries whose text, parameters or schema changed since they were last analysed.</summary>
public sealed class CachedKqlAnalyzer(IKqlAnalyzer inner, ResultCache cache) : IKqlAnalyzer
{
    /// <inheritdoc/>
    public async Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(
        KqlSchema schema, ImmutableArray<KqlRequest> requests, Action? analyzed, CancellationToken cancellation)
    {
        var digest = JsonSerializer.Serialize(
            new KqlSchemaDigest(schema.Catalog.Hash, schema.Tables, schema.Functions, schema.Watchlists), CacheJson.Default.KqlSchemaDigest);
        return await CacheJson.GetOrAddAsync(
            cache,
            [.. requests.Select(request => cache.Key(
                "kql", digest, request.Text, string.Join(';', request.Parameters), (request.WithTree ? "tree" : "") + (request.WithFormat ? "format" : "")))],
            CacheJson.Default.KqlAnalysis,
            missing => inner.AnalyzeAsync(schema, [.. missing.Select(i => requests[i])], analyzed, cancellation));
    }
}

/// <summary>What an analysis depends on beside the query.</summary>
internal sealed record KqlSchemaDigest(
    string Catalog, ImmutableArray<KqlTable> Tables, ImmutableArray<KqlFunction> Functions, ImmutableArray<KqlWatchlist> Watchlists);
