using System.Runtime.InteropServices;

namespace CopilotSentinelKit.Cli;

/// <summary>Ctrl+C, or a request of the system to end: asks the command to stop, through its own ways out, and ends the process where that takes longer than
/// <paramref name="grace"/> or is asked for again. What an ended process leaves in an output folder the next command brings to one side.</summary>
/// <param name="grace">How long a command may take to stop.</param>
/// <param name="end">Ends the process.</param>
internal sealed class Interruption(TimeSpan grace, Action end) : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<IDisposable> _resources = [];

    /// <summary>What the command watches.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Watches for the signals that ask this process to end, until the result is disposed of.</summary>
    public static Interruption Watch(TimeSpan grace, Action end)
    {
        var interruption = new Interruption(grace, end);
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            interruption._resources.Add(PosixSignalRegistration.Create(signal, context =>
            {
                // The language host is a child process: leave through the finally blocks that end it.
                context.Cancel = true;
                interruption.Ask();
            }));
        }

        return interruption;
    }

    /// <summary>What a signal does.</summary>
    internal void Ask()
    {
        if (_source.IsCancellationRequested)
        {
            end();
            return;
        }

        _resources.Add(new Timer(_ => end(), null, grace, Timeout.InfiniteTimeSpan));
        _source.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _resources.ForEach(resource => resource.Dispose());
        _source.Dispose();
    }
}
