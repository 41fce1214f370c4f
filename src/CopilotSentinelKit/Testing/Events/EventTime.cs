using System.Globalization;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>Times as people write them in events.</summary>
public static partial class EventTime
{
    /// <summary>What a finding says that a time may be.</summary>
    internal const string Expected = "a time such as 2026-01-31T08:00:00Z, or one that counts from the test's now, such as -5m or -1d12h";

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>The time in UTC, or null when the text is none. ISO 8601 with or without seconds, fractions and offset (UTC without one, as in
    /// audit records); or relative to now: -5m, -1h30m, +2m, -14d, 0m, now.</summary>
    /// <param name="text">The text.</param>
    /// <param name="now">What relative times count from, UTC.</param>
    public static DateTime? TryRead(string text, DateTime now)
    {
        var trimmed = text.Trim();
        return TryReadAbsolute(trimmed) ?? (trimmed == "now" ? DateTime.SpecifyKind(now, DateTimeKind.Utc) : TryReadRelative(trimmed, now));
    }

    /// <summary>The time of an ISO 8601 text, in UTC, or null.</summary>
    public static DateTime? TryReadAbsolute(string text) =>
        Iso().IsMatch(text) && DateTimeOffset.TryParse(text, Culture, DateTimeStyles.AssumeUniversal, out var time) ? time.UtcDateTime : null;

    private static DateTime? TryReadRelative(string text, DateTime now)
    {
        var isSigned = text is ['-' or '+', ..];
        if (DurationText.StepTicks(isSigned ? text[1..] : text) is not { } ticks)
        {
            return null;
        }

        // Without a sign, only nothing at all is clear.
        var isBefore = text[0] == '-';
        var far = isBefore ? now.Ticks : DateTime.MaxValue.Ticks - now.Ticks;
        return (!isSigned && ticks > 0) || ticks > far ? null : new DateTime(now.Ticks + (long)(isBefore ? -ticks : ticks), DateTimeKind.Utc);
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?(Z|[-+][0-9]{2}:?[0-9]{2})?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();
}
