using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql;

/// <summary>The language host that this kit was built with (the build property LanguageHost): Kusto.Language, ready to ask.</summary>
public sealed partial class LanguageServices : IAsyncDisposable
{
    private readonly IAsyncDisposable? _host;

    private LanguageServices(IKqlAnalyzer kql, IAsyncDisposable? host) => (Kql, _host) = (kql, host);

    /// <summary>Kusto.Language.</summary>
    public IKqlAnalyzer Kql { get; }

    /// <summary>Stops what was started.</summary>
    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
