namespace CopilotSentinelKit.Tests.Backtest;

/// <summary>A clock at which waits are over at once, and which remembers them; patience (a minute and more) never ends unless asked to.</summary>
internal sealed class FakeTime(bool losesPatience = false) : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private DateTimeOffset _now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public List<double> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var isWait = dueTime < Patience;
        if (isWait)
        {
            lock (Waits)
            {
                Waits.Add(dueTime.TotalSeconds);
                _now += dueTime;
            }
        }

        return System.CreateTimer(callback, state, isWait || losesPatience ? TimeSpan.FromMilliseconds(1) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
