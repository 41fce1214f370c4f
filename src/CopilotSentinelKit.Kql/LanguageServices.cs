using System.Collections.Immutable;
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

/// <summary>A library of the language host.</summary>
/// <param name="Name">What it calls itself.</param>
/// <param name="Version">Its version.</param>
public sealed record LanguageLibrary(string Name, string Version);

/// <summary>What a language host is.</summary>
/// <param name="Name">"Node.js" or "in process".</param>
/// <param name="Libraries">The libraries that it was built with; empty when they are not there.</param>
/// <param name="Key">Changes whenever its answers could: part of cache keys.</param>
public sealed record LanguageHostDescription(string Name, ImmutableArray<LanguageLibrary> Libraries, string Key);
