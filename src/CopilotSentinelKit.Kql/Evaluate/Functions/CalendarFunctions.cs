using System.Globalization;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Days, weeks, months and years; weeks begin on Sunday.</summary>
internal static class CalendarFunctions
{
    private const KqlType D = KqlType.DateTime;
    private const KqlType L = KqlType.Long;

    // More months than there are.
    private const long Farthest = 200_000;

    public static IEnumerable<ScalarFunction> All =>
    [
        Start("startofday(datetime[, offset])", "day"), Start("startofweek(datetime[, offset])", "week"),
        Start("startofmonth(datetime[, offset])", "month"), Start("startofyear(datetime[, offset])", "year"),
        End("endofday(datetime[, offset])", "day"), End("endofweek(datetime[, offset])", "week"),
        End("endofmonth(datetime[, offset])", "month"), End("endofyear(datetime[, offset])", "year"),
        Unary("dayofweek(datetime)", D, KqlType.Timespan, DayOfWeek),
        Of("dayofmonth(datetime)", time => time.Day), Of("dayofyear(datetime)", time => time.DayOfYear), Of("hourofday(datetime)", time => time.Hour),
        Of("monthofyear(datetime)", time => time.Month), Of("getmonth(datetime)", time => time.Month), Of("getyear(datetime)", time => time.Year),
        Of("week_of_year(datetime)", ISOWeek.GetWeekOfYear), Of("weekofyear(datetime)", ISOWeek.GetWeekOfYear),
    ];

    /// <summary>A time some periods later.</summary>
    public static Value Add(string period, long amount, DateTime time)
    {
        try
        {
            return period.ToLowerInvariant() switch
            {
                "year" => Value.Of(time.AddYears((int)Math.Clamp(amount, -Farthest, Farthest))),
                "quarter" => Value.Of(time.AddMonths((int)(3 * Math.Clamp(amount, -Farthest, Farthest)))),
                "month" => Value.Of(time.AddMonths((int)Math.Clamp(amount, -Farthest, Farthest))),
                "nanosecond" => ArithmeticCompiler.DateTime(time.Ticks + (amount / 100)),
                var other => ArithmeticCompiler.DateTime((long)Int128.Clamp(time.Ticks + ((Int128)amount * TicksOf(other)), -1, long.MaxValue)),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return Value.Null;
        }
    }

    /// <summary>How many borders of periods lie between two times.</summary>
    public static Value Difference(string period, DateTime later, DateTime earlier) => period.ToLowerInvariant() switch
    {
        "year" => Value.Of((long)later.Year - earlier.Year),
        "quarter" => Value.Of((4L * (later.Year - earlier.Year)) + ((later.Month - 1) / 3) - ((earlier.Month - 1) / 3)),
        "month" => Value.Of((12L * (later.Year - earlier.Year)) + later.Month - earlier.Month),
        // Day 0 was a Monday.
        "week" => Value.Of((((later.Ticks / TimeSpan.TicksPerDay) + 1) / 7) - (((earlier.Ticks / TimeSpan.TicksPerDay) + 1) / 7)),
        "nanosecond" => Value.Of(100 * (later.Ticks - earlier.Ticks)),
        var other => TicksOf(other) is var ticks ? Value.Of((later.Ticks / ticks) - (earlier.Ticks / ticks)) : Value.Null,
    };

    /// <summary>A part of a time as a number.</summary>
    public static Value Part(string part, DateTime time) => Value.Of(part.ToLowerInvariant() switch
    {
        "year" => time.Year,
        "quarter" => ((time.Month - 1) / 3) + 1,
        "month" => time.Month,
        "week_of_year" or "weekofyear" => ISOWeek.GetWeekOfYear(time),
        "day" => time.Day,
        "dayofyear" => time.DayOfYear,
        "hour" => time.Hour,
        "minute" => time.Minute,
        "second" => time.Second,
        "millisecond" => time.Millisecond,
        "microsecond" => time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond,
        "nanosecond" => time.Ticks % TimeSpan.TicksPerSecond * 100,
        _ => throw EvaluationException.Of($"The part \"{part}\" of a datetime is not known."),
    });

    private static long TicksOf(string period) => period switch
    {
        "week" => 7 * TimeSpan.TicksPerDay,
        "day" => TimeSpan.TicksPerDay,
        "hour" => TimeSpan.TicksPerHour,
        "minute" => TimeSpan.TicksPerMinute,
        "second" => TimeSpan.TicksPerSecond,
        "millisecond" => TimeSpan.TicksPerMillisecond,
        "microsecond" => TimeSpan.TicksPerMicrosecond,
        _ => throw EvaluationException.Of($"The period \"{period}\" is not known."),
    };

    // The engine gives none for the last day that there is.
    private static Value DayOfWeek(Value time) => new DateTime(time.Bits).Date == DateTime.MaxValue.Date
        ? Value.Null
        : Value.OfTimespan((long)new DateTime(time.Bits).DayOfWeek * TimeSpan.TicksPerDay);

    private static ScalarFunction Start(string signature, string period) => Strict(signature, [D, L], D, values =>
        StartOf(period, new(values[0].Bits), values.Length > 1 ? values[1].Bits : 0) is { } start ? Value.Of(start) : Value.Null);

    // The last tick before the next period; where there is none, of all time.
    private static ScalarFunction End(string signature, string period) => Strict(signature, [D, L], D, values =>
    {
        var (time, offset) = (new DateTime(values[0].Bits), values.Length > 1 ? values[1].Bits : 0);
        return StartOf(period, time, offset) is null ? Value.Null : Value.Of(StartOf(period, time, offset + 1)?.AddTicks(-1) ?? DateTime.MaxValue);
    });

    private static ScalarFunction Of(string signature, Func<DateTime, int> part) => Unary(signature, D, L, time => Value.Of((long)part(new(time.Bits))));

    /// <summary>When a period begins that is some periods later; null before the year 1 and after 9999.</summary>
    private static DateTime? StartOf(string period, DateTime time, long offset)
    {
        try
        {
            return period switch
            {
                "day" => time.Date.AddDays(offset),
                "week" => time.Date.AddDays((7d * offset) - (int)time.DayOfWeek),
                "month" => new DateTime(time.Year, time.Month, 1).AddMonths((int)Math.Clamp(offset, -Farthest, Farthest)),
                _ => new DateTime(time.Year, 1, 1).AddYears((int)Math.Clamp(offset, -Farthest, Farthest)),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
