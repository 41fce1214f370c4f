using System.Globalization;
using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Kql.Evaluate.Values;

/// <summary>Dates and lengths of time as text.</summary>
internal static partial class TimeText
{
    private const int DateLength = 10;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>The time of an ISO 8601, RFC 822 or RFC 850 text, in UTC; null when it is none.</summary>
    /// <exception cref="EvaluationException">It has digits in another form, of which readers differ in what day they mean.</exception>
    public static Value ReadDateTime(string text)
    {
        var trimmed = text.Trim();
        if (Iso().IsMatch(trimmed) || MonthName().IsMatch(trimmed))
        {
            // .NET knows a zone by name only behind a space between date and time.
            var readable = trimmed.EndsWith("GMT", StringComparison.Ordinal) && trimmed.IndexOf('T', StringComparison.Ordinal) == DateLength ? trimmed.Remove(DateLength, 1).Insert(DateLength, " ") : trimmed;
            return DateTimeOffset.TryParse(readable, Culture, DateTimeStyles.AssumeUniversal, out var time)
                ? Value.OfDateTime(time.UtcTicks)
                : Value.Null;
        }

        // The documents read 02/17/2016 as the 17th of February; where both numbers may be months, nothing says which is.
        if (MonthFirst().IsMatch(trimmed) && DateTimeOffset.TryParse(trimmed, Culture, DateTimeStyles.AssumeUniversal, out var american))
        {
            return Value.OfDateTime(american.UtcTicks);
        }

        return LooksLikeDate().IsMatch(trimmed)
            ? throw EvaluationException.Of($"The text \"{trimmed}\" is a date in a form that readers understand differently. Write ISO 8601, such as 2026-01-31T08:00:00Z.")
            : Value.Null;
    }

    /// <summary>The length of time of a text such as <c>1.02:03:04.5</c>, <c>90m</c> or <c>2</c> (days); null when it is none.</summary>
    public static Value ReadTimespan(string text)
    {
        var trimmed = text.Trim();
        if (Short().Match(trimmed) is { Success: true } match)
        {
            var ticks = TicksOf(match.Groups["unit"].Value);
            return decimal.TryParse(match.Groups["amount"].ValueSpan, NumberStyles.Float, Culture, out var amount) && Math.Abs(amount) <= long.MaxValue / ticks
                ? Value.OfTimespan((long)(amount * ticks))
                : Value.Null;
        }

        return TimeSpan.TryParse(trimmed, Culture, out var span) ? Value.Of(span) : Value.Null;
    }

    private static long TicksOf(string unit) => unit switch
    {
        "tick" or "ticks" => 1,
        "microsecond" or "microseconds" or "micros" => TimeSpan.TicksPerMicrosecond,
        "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
        "s" or "sec" or "second" or "seconds" => TimeSpan.TicksPerSecond,
        "m" or "min" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
        "h" or "hr" or "hrs" or "hour" or "hours" => TimeSpan.TicksPerHour,
        _ => TimeSpan.TicksPerDay,
    };

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2})?([T ]|\z)|^[0-9]{4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();

    [GeneratedRegex(@"[0-9]{1,2}[ -](Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[ -][0-9]{2,4}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MonthName();

    [GeneratedRegex(@"^(0?[1-9]|1[0-2])/(1[3-9]|2[0-9]|3[01])/[0-9]{4}( [0-9]{2}:[0-9]{2}:[0-9]{2})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex MonthFirst();

    [GeneratedRegex(@"^[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}", RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeDate();

    [GeneratedRegex(
        @"^(?<amount>-?[0-9]+(\.[0-9]+)?)\s*(?<unit>ticks?|microseconds?|micros|ms|milli(s|seconds?)?|s|sec|seconds?|m|min|minutes?|h|hrs?|hours?|d|days?)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Short();
}
