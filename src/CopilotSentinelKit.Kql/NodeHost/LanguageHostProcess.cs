using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.NodeHost;

/// <summary>A running host: requests go in, and the replies come back in the same order. Once it fails it stays failed.</summary>
internal sealed class LanguageHostProcess : IAsyncDisposable
{
    private const int MaxLine = 64 * 1024 * 1024;
    private const int Quoted = 80;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly TimeSpan _timeout;
    private readonly Queue<(long Id, string Subject, TaskCompletionSource<HostReply> Reply)> _pending = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly LastLines _errors = new();
    private readonly Task _reading;
    private readonly Task _readingErrors;
    private LanguageServiceException? _failure;
    private long _lastActivity = Stopwatch.GetTimestamp();
    private long _lastId;

    private LanguageHostProcess(Process process, TimeSpan timeout)
    {
        (_process, _timeout) = (process, timeout);
        Greeting = Expect(0, "");
        _readingErrors = _errors.ReadAsync(process.StandardError, _stop.Token);
        _reading = ReadAsync();
        _ = StopAfterExitAsync();
    }

    /// <summary>The schema that was sent last, as it was written; null before the first.</summary>
    public byte[]? Schema { get; set; }

    /// <summary>Whether it has ended or was given up.</summary>
    public bool HasFailed
    {
        get
        {
            lock (_pending)
            {
                return _failure is not null;
            }
        }
    }

    private Task<HostReply> Greeting { get; }

    /// <summary>Starts a host and waits for its greeting.</summary>
    /// <exception cref="LanguageServiceException">It cannot be started.</exception>
    public static async Task<LanguageHostProcess> StartAsync(LanguageHostOptions options, bool useSnapshot, CancellationToken cancellation)
    {
        var process = new LanguageHostProcess(Launch(options, useSnapshot), options.Timeout);
        try
        {
            var greeting = await process.WaitAsync(process.Greeting, cancellation).ConfigureAwait(false);
            return greeting.Error is null ? process : throw LanguageServiceErrors.NodeTooOld(greeting.Error);
        }
        catch
        {
            await process.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Puts requests into the output and in line for their replies.</summary>
    public Task<HostReply>[] Enqueue(IReadOnlyList<HostRequest> requests, ArrayBufferWriter<byte> output)
    {
        var first = _lastId + 1;
        foreach (var request in requests)
        {
            LanguageHostMessages.Write(output, ++_lastId, request);
        }

        return [.. requests.Select((request, i) => Expect(first + i, request.Subject))];
    }

    /// <summary>Sends what was enqueued. A host that does not take it fails its replies, not this.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> lines)
    {
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(lines, _stop.Token).ConfigureAwait(false);
            await _process.StandardInput.BaseStream.FlushAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It has ended; the reader knows why, and says so.
        }
    }

    /// <summary>Waits for a reply as long as the host says anything at all.</summary>
    public async Task<HostReply> WaitAsync(Task<HostReply> reply, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await reply.WaitAsync(_timeout, cancellation).ConfigureAwait(false);
            }
            catch (TimeoutException) when (Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastActivity)) < _timeout)
            {
                // Requests before this one were answered in the meantime.
            }
            catch (TimeoutException)
            {
                throw Fail(LanguageServiceErrors.NoAnswer(_timeout, SubjectOfNext()));
            }
        }
    }

    /// <summary>Kills it and all it may have started, and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        Fail(LanguageServiceErrors.Died(null, ""));
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has gone already.
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_reading, _readingErrors).WaitAsync(Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Dispose();
    }

    private static Process Launch(LanguageHostOptions options, bool useSnapshot)
    {
        var command = LanguageHostFiles.Command(options, useSnapshot);
        try
        {
            return Process.Start(command) ?? throw LanguageServiceErrors.NodeNotFound(options.Node);
        }
        catch (Win32Exception exception)
        {
            throw LanguageServiceErrors.NodeNotFound(options.Node, exception);
        }
    }

    private Task<HostReply> Expect(long id, string subject)
    {
        var reply = new TaskCompletionSource<HostReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_pending)
        {
            if (_failure is not null)
            {
                return Task.FromException<HostReply>(_failure);
            }

            _pending.Enqueue((id, subject, reply));
            Interlocked.Exchange(ref _lastActivity, Stopwatch.GetTimestamp());
        }

        return reply.Task;
    }

    private string SubjectOfNext()
    {
        lock (_pending)
        {
            return _pending.Select(pending => pending.Subject).FirstOrDefault(subject => subject.Length > 0, "");
        }
    }

    // The first failure counts: what follows it are only its effects.
    private LanguageServiceException Fail(LanguageServiceException failure)
    {
        lock (_pending)
        {
            _failure ??= failure;
            while (_pending.TryDequeue(out var pending))
            {
                pending.Reply.SetException(_failure);
                _ = pending.Reply.Task.Exception;
            }

            return _failure;
        }
    }

    private async Task ReadAsync()
    {
        var reader = PipeReader.Create(_process.StandardOutput.BaseStream, new(bufferSize: 64 * 1024));
        try
        {
            while (!HasFailed)
            {
                var read = await reader.ReadAsync(_stop.Token).ConfigureAwait(false);
                var rest = Accept(read.Buffer);
                reader.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Told below, as any other end.
        }

        await EndAsync().ConfigureAwait(false);
    }

    // Takes all whole lines and gives what is left.
    private ReadOnlySequence<byte> Accept(ReadOnlySequence<byte> buffer)
    {
        while (buffer.PositionOf((byte)'\n') is { } end)
        {
            AcceptLine(buffer.Slice(0, end));
            buffer = buffer.Slice(buffer.GetPosition(1, end));
        }

        if (buffer.Length > MaxLine || (!buffer.IsEmpty && buffer.FirstSpan[0] != (byte)'{'))
        {
            Refuse(buffer);
        }

        return buffer;
    }

    private void AcceptLine(in ReadOnlySequence<byte> line)
    {
        (long Id, string Subject, TaskCompletionSource<HostReply> Reply) next;
        lock (_pending)
        {
            Interlocked.Exchange(ref _lastActivity, Stopwatch.GetTimestamp());
            next = _pending.TryPeek(out var first) ? first : default;
        }

        if (next.Reply is null || LanguageHostMessages.Read(line, next.Id) is not { } reply)
        {
            Refuse(line);
            return;
        }

        lock (_pending)
        {
            _pending.TryDequeue(out _);
        }

        next.Reply.TrySetResult(reply);
    }

    private void Refuse(in ReadOnlySequence<byte> garbage) =>
        Fail(LanguageServiceErrors.Garbage(LastLines.Clean(
            Encoding.UTF8.GetString(garbage.Slice(0, Math.Min(Quoted, garbage.Length)).ToArray()))));

    private async Task EndAsync()
    {
        await _readingErrors.WaitAsync(Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Fail(LanguageServiceErrors.Died(_process.HasExited ? _process.ExitCode : null, _errors.Text));
    }

    // A process of its own that it leaves behind would keep its stdout open.
    private async Task StopAfterExitAsync()
    {
        await _process.WaitForExitAsync(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.CancelAfter(Grace);
    }
}
