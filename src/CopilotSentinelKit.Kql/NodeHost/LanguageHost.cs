using System.Buffers;
using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.NodeHost;

/// <summary>Kusto.Language in a Node.js child process. It starts with the first question, so that a run without one starts
/// nothing, and has gone when this is disposed of or a question is cancelled; a question after a failure starts it anew.</summary>
/// <param name="options">How to start it.</param>
public sealed class LanguageHost(LanguageHostOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private LanguageHostProcess? _process;
    private bool _snapshotRefused;
    private bool _disposed;

    /// <summary>Stops the host and waits until it has gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        if (_process is { } process)
        {
            await process.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Asks all questions at once and reads the answers in order.</summary>
    /// <param name="schema">The parameters of a schema request that goes first, unless the host knows it already; or null.</param>
    /// <param name="requests">The questions.</param>
    /// <param name="read">Makes the result of an answer; gets the question's index.</param>
    /// <param name="cancellation">Stops the host.</param>
    /// <exception cref="LanguageServiceException">The host is missing, broken or silent.</exception>
    internal async Task<ImmutableArray<T>> AskAsync<T>(
        byte[]? schema, IReadOnlyList<HostRequest> requests, Func<int, HostReply, T> read, CancellationToken cancellation)
    {
        if (requests.Count == 0)
        {
            return [];
        }

        var (process, replies) = await SendAsync(schema, requests, cancellation).ConfigureAwait(false);
        try
        {
            var results = ImmutableArray.CreateBuilder<T>(requests.Count);
            for (var i = 0; i < replies.Length; i++)
            {
                var reply = await process.WaitAsync(replies[i], cancellation).ConfigureAwait(false);
                var index = i - (replies.Length - requests.Count);
                if (index >= 0)
                {
                    results.Add(read(index, reply));
                }
                else if (reply.Error is not null)
                {
                    process.Schema = null;
                    throw LanguageServiceErrors.Refused(reply.Error);
                }
            }

            return results.MoveToImmutable();
        }
        catch (Exception exception) when (exception is OperationCanceledException || process.HasFailed)
        {
            await process.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // The gate keeps a batch together. It opens when all is written: a host that takes nothing in is killed by the wait for its reply.
    private async Task<(LanguageHostProcess Process, Task<HostReply>[] Replies)> SendAsync(
        byte[]? schema, IReadOnlyList<HostRequest> requests, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        Task? sending = null;
        try
        {
            var process = await StartedAsync(cancellation).ConfigureAwait(false);
            if (_disposed)
            {
                await process.DisposeAsync().ConfigureAwait(false);
            }

            var output = new ArrayBufferWriter<byte>();
            var all = requests;
            if (schema is not null && !schema.AsSpan().SequenceEqual(process.Schema))
            {
                process.Schema = schema;
                all = [new("schema", writer => writer.WriteRawValue(schema, skipInputValidation: true)), .. requests];
            }

            var replies = process.Enqueue(all, output);
            sending = ReleaseAfterAsync(process.SendAsync(output.WrittenMemory));
            return (process, replies);
        }
        finally
        {
            if (sending is null)
            {
                _gate.Release();
            }
        }
    }

    private async Task ReleaseAfterAsync(Task sending)
    {
        await sending.ConfigureAwait(false);
        _gate.Release();
    }

    private async Task<LanguageHostProcess> StartedAsync(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_process is { HasFailed: false })
        {
            return _process;
        }

        if (!_snapshotRefused && LanguageHostFiles.HasSnapshot(options))
        {
            try
            {
                return _process = await LanguageHostProcess.StartAsync(options, useSnapshot: true, cancellation).ConfigureAwait(false);
            }
            catch (LanguageServiceException exception) when (exception.Code == "CSK0903")
            {
                // Another Node than the one that built the snapshot, or a damaged file.
                _snapshotRefused = true;
            }
        }

        return _process = await LanguageHostProcess.StartAsync(options, useSnapshot: false, cancellation).ConfigureAwait(false);
    }
}
