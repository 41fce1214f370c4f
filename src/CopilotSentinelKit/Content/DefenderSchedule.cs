using System.Collections.Immutable;

namespace CopilotSentinelKit.Content;

/// <summary>When a custom detection runs.</summary>
/// <param name="Frequency">One of those that Defender has: 1, 3, 12 or 24 hours.</param>
/// <param name="Lookback">How far back a run reads: at least the frequency, at most 30 days.</param>
public sealed record DefenderSchedule(TimeSpan Frequency, TimeSpan Lookback)
{
    /// <summary>Each frequency, and how far back Defender reads when nothing else is said.</summary>
    private static readonly ImmutableArray<(TimeSpan Frequency, TimeSpan Lookback)> Known =
    [
        (TimeSpan.FromHours(1), TimeSpan.FromHours(4)),
        (TimeSpan.FromHours(3), TimeSpan.FromHours(12)),
        (TimeSpan.FromHours(12), TimeSpan.FromHours(48)),
        (TimeSpan.FromHours(24), TimeSpan.FromDays(30)),
    ];

    /// <summary>The furthest that a run reads back.</summary>
    public static TimeSpan LongestLookback => Known[^1].Lookback;

    /// <summary>Whether the lookback is the one that Defender takes when none is given.</summary>
    public bool IsUsual => Known.Contains((Frequency, Lookback));

    /// <summary>The schedule nearest to that of a rule: no more often, and reading as much; null when the rule runs less than once a day or reads further
    /// back than Defender does.</summary>
    /// <param name="every">Time between runs; an NRT rule's becomes an hour.</param>
    /// <param name="lookback">How far back a run reads.</param>
    public static DefenderSchedule? For(TimeSpan every, TimeSpan lookback) =>
        lookback > LongestLookback || Known.FirstOrDefault(known => known.Frequency >= every) is not { Frequency.Ticks: > 0 } known
            ? null
            : new(known.Frequency, lookback > known.Frequency ? lookback : known.Frequency);
}
