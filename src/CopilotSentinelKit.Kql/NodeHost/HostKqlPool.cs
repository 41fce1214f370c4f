using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.NodeHost;

/// <summary>Kusto.Language in several language hosts: each is one thread, and analysing queries is most of a run's time.
/// Many questions are shared out; few go to the host that has least to do, so that small work starts one host alone.</summary>
public sealed class HostKqlPool : IKqlAnalyzer, IAsyncDisposable
{
    // Starting a host takes as long as some ten queries.
    private const int WorthAnother = 10;

    private readonly ImmutableArray<LanguageHost> _hosts;
    private readonly int[] _waiting;
    private readonly Lock _sharing = new();

    /// <summary>A pool of hosts that start with their first question.</summary>
    /// <param name="options">How to start each.</param>
    /// <param name="size">How many at most, one or more.</param>
    public HostKqlPool(LanguageHostOptions options, int size)
    {
        _hosts = [.. Enumerable.Range(0, size).Select(_ => new LanguageHost(options))];
        _waiting = new int[size];
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(
        KqlSchema schema, ImmutableArray<KqlRequest> requests, Action? analyzed, CancellationToken cancellation)
    {
        // In turn, so that long queries, which stand together, do not end up on one host.
        var shares = Math.Clamp(requests.Length / WorthAnother, 1, _hosts.Length);
        var parts = Enumerable.Range(0, shares).Select(share => Indices(share).Select(index => requests[index]).ToImmutableArray());
        var answers = await Task.WhenAll(parts.Select(part => AskAsync(schema, part, analyzed, cancellation))).ConfigureAwait(false);
        return [.. Enumerable.Range(0, requests.Length).Select(index => answers[index % shares][index / shares])];

        IEnumerable<int> Indices(int share)
        {
            for (var index = share; index < requests.Length; index += shares)
            {
                yield return index;
            }
        }
    }

    /// <summary>Stops all hosts and waits until they have gone.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<ImmutableArray<KqlAnalysis>> AskAsync(KqlSchema schema, ImmutableArray<KqlRequest> requests, Action? analyzed, CancellationToken cancellation)
    {
        int chosen;
        lock (_sharing)
        {
            chosen = Array.IndexOf(_waiting, _waiting.Min());
            _waiting[chosen] += requests.Length;
        }

        try
        {
            return await new HostKqlAnalyzer(_hosts[chosen]).AnalyzeAsync(schema, requests, analyzed, cancellation).ConfigureAwait(false);
        }
        finally
        {
            lock (_sharing)
            {
                _waiting[chosen] -= requests.Length;
            }
        }
    }
}
