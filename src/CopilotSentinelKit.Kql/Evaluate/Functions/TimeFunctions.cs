using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Times, their arithmetic and formats; bin().</summary>
internal static class TimeFunctions
{
    private const KqlType D = KqlType.DateTime;
    private const KqlType T = KqlType.Timespan;
    private const KqlType L = KqlType.Long;

    public static IEnumerable<ScalarFunction> All =>
    [
        new("now([offset])", call => Offset(call, 1)), new("ago(timespan)", call => Offset(call, -1)),
        new("bin(value, size)", call => Bin(call, null)), new("floor(value, size)", call => Bin(call, null)),
        new("bin_at(value, size, fixed)", call => Bin(call, call.Argument(2))),
        new("format_datetime(datetime, format)", call => Format(call, D)),
        new("format_timespan(timespan, format)", call => Format(call, T)),
        Strict("make_datetime(year, month, day[, hour][, minute][, second])", [L, L, L, L, L, KqlType.Real], D, MakeDateTime),
        Strict("make_timespan([days, ]hours, minutes[, seconds])", [KqlType.Real], T, MakeTimespan),
        Unix("unixtime_seconds_todatetime(seconds)", TimeSpan.TicksPerSecond), Unix("unixtime_milliseconds_todatetime(milliseconds)", TimeSpan.TicksPerMillisecond),
        Unix("unixtime_microseconds_todatetime(microseconds)", TimeSpan.TicksPerMicrosecond), Unix("unixtime_nanoseconds_todatetime(nanoseconds)", 0.01),
        Strict("datetime_add(period, amount, datetime)", [KqlType.String, L, D], D, values => CalendarFunctions.Add(values[0].Text, values[1].Bits, new(values[2].Bits))),
        Strict("datetime_diff(period, datetime, datetime)", [KqlType.String, D, D], L, values => CalendarFunctions.Difference(values[0].Text, new(values[1].Bits), new(values[2].Bits))),
        Strict("datetime_part(part, datetime)", [KqlType.String, D], L, values => CalendarFunctions.Part(values[0].Text, new(values[1].Bits))),
        Strict("datepart(part, datetime)", [KqlType.String, D], L, values => CalendarFunctions.Part(values[0].Text, new(values[1].Bits))),
    ];

    private static Expression Offset(Call call, int direction)
    {
        var now = call.Context.Workspace.Now.Ticks;
        var offset = call.Count > 0 ? call.Argument(0, T) : Expression.Constant(T, Value.OfTimespan(0));
        return Expression.Of(D, row => offset.Evaluate(row) is { IsNull: false } span ? ArithmeticCompiler.DateTime(now + (direction * span.Bits)) : Value.Null, offset);
    }

    private static ScalarFunction Unix(string signature, double ticks) => new(signature, call =>
    {
        var number = call.Argument(0);
        var evaluate = number.Evaluate;
        return Expression.Of(
            D,
            row => evaluate(row) is { IsNull: false } value && ValueOrder.IsNumber(value)
                ? ArithmeticCompiler.DateTime(DateTime.UnixEpoch.Ticks + (value.Kind is ValueKind.Real ? (long)(value.Number * ticks) : (long)(value.Bits * (decimal)ticks)))
                : Value.Null,
            number);
    });

    private static Expression Bin(Call call, Expression? anchor)
    {
        var (value, size) = (call.Argument(0), call.Argument(1));
        if (value.Type == KqlType.Dynamic)
        {
            value = value.As(size.Type == T ? D : size.Type);
        }

        var isReal = value.Type == KqlType.Real || size.Type == KqlType.Real;
        if (value.Type is KqlType.Decimal || size.Type is KqlType.Decimal || (value.Type is D or T) != (size.Type == T))
        {
            throw call.Refuse($"{value.Type.Name()} and {size.Type.Name()}");
        }

        var type = isReal ? KqlType.Real : value.Type;
        Expression[] inputs = anchor is null ? [value, size] : [value, size, anchor];
        return Expression.Of(
            type,
            row =>
            {
                var (number, width) = (value.Evaluate(row), size.Evaluate(row));
                var start = anchor?.Evaluate(row) ?? Value.Of(0L);
                return number.IsNull || width.IsNull || start.IsNull || ValueOrder.AsReal(isReal ? width : Value.Of(width.Bits)) <= 0 ? Value.Null
                    : isReal ? Value.Of(Floor(ValueOrder.AsReal(number), ValueOrder.AsReal(width), ValueOrder.AsReal(start)))
                    : Whole(type, Floor(number.Bits, width.Bits, start.Bits));
            },
            inputs);
    }

    private static Value Whole(KqlType type, long number) => type switch
    {
        D => ArithmeticCompiler.DateTime(number),
        T => Value.OfTimespan(number),
        KqlType.Int => Value.OfInt((int)number),
        _ => Value.Of(number),
    };

    private static double Floor(double value, double size, double start) => (Math.Floor((value - start) / size) * size) + start;

    private static long Floor(long value, long size, long start)
    {
        var remainder = (value - start) % size;
        return value - (remainder < 0 ? remainder + size : remainder);
    }

    private static Expression Format(Call call, KqlType type)
    {
        var time = call.Argument(0, type);
        var format = call.Known(1, default).Text;
        var read = TimeFormat.Read(format, type == T) ?? throw call.Refuse($"the format \"{format}\"");
        return Expression.Of(KqlType.String, row => time.Evaluate(row) is { IsNull: false } value ? Value.Of(read(value.Bits)) : Value.Empty, time);
    }

    private static Value MakeDateTime(Value[] values)
    {
        long At(int index) => index < values.Length ? values[index].Bits : 0;
        var seconds = values.Length > 5 ? values[5].Number : 0;
        return At(0) is >= 1 and <= 9999 && At(1) is >= 1 and <= 12 && At(2) >= 1 && At(2) <= DateTime.DaysInMonth((int)At(0), (int)At(1)) && At(3) is >= 0 and < 24 && At(4) is >= 0 and < 60 && seconds is >= 0 and < 60
            ? Value.OfDateTime(new DateTime((int)At(0), (int)At(1), (int)At(2), (int)At(3), (int)At(4), 0).Ticks + (long)Math.Round(seconds * TimeSpan.TicksPerSecond))
            : Value.Null;
    }

    private static Value MakeTimespan(Value[] values)
    {
        var days = values.Length > 3 ? values[0].Number : 0;
        var rest = values.Length > 3 ? values[1..] : values;
        var seconds = rest.Length > 2 ? rest[2].Number : 0;
        if (rest[0].Number is < 0 or >= 24 || rest[1].Number is < 0 or >= 60 || seconds is < 0 or >= 60)
        {
            return Value.Null;
        }

        return Value.OfTimespan((long)(days * TimeSpan.TicksPerDay) + (long)(rest[0].Number * TimeSpan.TicksPerHour) + (long)(rest[1].Number * TimeSpan.TicksPerMinute) + (long)Math.Round(seconds * TimeSpan.TicksPerSecond));
    }
}
