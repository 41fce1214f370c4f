using System.Collections.Immutable;
using CopilotSentinelKit.Templates;

namespace CopilotSentinelKit.InProcess;

/// <summary>Scriban in this process.</summary>
public sealed class InProcessTemplateEngine : ITemplateEngine
{
    /// <inheritdoc/>
    public Task<ImmutableArray<RenderResult>> RenderAsync(ImmutableArray<RenderRequest> requests, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
