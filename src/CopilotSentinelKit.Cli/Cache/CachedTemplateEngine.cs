using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Templates;

namespace CopilotSentinelKit.Cli.Cache;

/// <summary>Asks the template engine only for templates whose text or values changed since they were last rendered.</summary>
public sealed class CachedTemplateEngine(ITemplateEngine inner, ResultCache cache) : ITemplateEngine
{
    /// <inheritdoc/>
    public Task<ImmutableArray<RenderResult>> RenderAsync(ImmutableArray<RenderRequest> requests, CancellationToken cancellation) =>
        CacheJson.GetOrAddAsync(
            cache,
            [.. requests.Select(request => cache.Key(
                request.Language == TemplateLanguage.Liquid ? "liquid" : "scriban", request.Template, request.Query is null ? "" : "query", request.Query ?? "", request.Values.ToJsonString()))],
            CacheJson.Default.RenderResult,
            missing => inner.RenderAsync([.. missing.Select(i => requests[i])], cancellation));
}
