using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate;

/// <summary>What a query may take before it is stopped with an <see cref="EvaluationException"/>.</summary>
/// <param name="Time">How long it may compile, and how long it may run.</param>
/// <param name="Memory">Bytes that the process may hold meanwhile.</param>
public sealed record EvaluationLimits(TimeSpan Time, long Memory)
{
    /// <summary>Four minutes, which Kusto gives a query too, and 4 GiB.</summary>
    public static EvaluationLimits Default { get; } = new(TimeSpan.FromMinutes(4), 4L << 30);
}

/// <summary>Stops a query that is cancelled, or that takes more than it may: the rows of tables, and those that operators make
/// more of than they read, are counted here.</summary>
internal sealed class Budget(EvaluationLimits limits)
{
    private const int RowsBetweenChecks = 256;
    private CancellationToken _cancellation;
    private long _start = Environment.TickCount64;
    private int _rows;

    /// <summary>Begins to count the time anew.</summary>
    public void Begin(CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _start = Environment.TickCount64;
    }

    /// <summary>Counts one step of work.</summary>
    /// <exception cref="OperationCanceledException">Somebody has cancelled the query.</exception>
    /// <exception cref="EvaluationException">A limit is reached.</exception>
    public void Step()
    {
        if (++_rows % RowsBetweenChecks == 0)
        {
            Check();
        }
    }

    /// <summary>The same rows, counted as they are read.</summary>
    public IEnumerable<Value[]> Count(IEnumerable<Value[]> rows)
    {
        foreach (var row in rows)
        {
            Step();
            yield return row;
        }
    }

    private void Check()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (Environment.TickCount64 - _start > limits.Time.TotalMilliseconds)
        {
            throw EvaluationException.Of($"The query takes longer than {(long)limits.Time.TotalSeconds} seconds. Give it fewer rows, or filter before it joins and expands.");
        }

        // What nobody holds any more does not count, but is looked for only when there is much.
        if (GC.GetTotalMemory(false) > limits.Memory && GC.GetTotalMemory(true) > limits.Memory)
        {
            throw EvaluationException.Of($"The query needs more than {limits.Memory >> 20} MiB of memory. Give it fewer rows, or filter before it joins and expands.");
        }
    }
}
