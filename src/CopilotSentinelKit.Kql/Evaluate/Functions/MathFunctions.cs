using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Functions of numbers.</summary>
internal static class MathFunctions
{
    public static IEnumerable<ScalarFunction> All =>
    [
        new("abs(number)", Absolute), new("sign(number)", call => OfNumber(call, KqlType.Long, value => Value.Of(ValueOrder.IsNaN(value) ? 0L : Math.Sign(ValueOrder.AsReal(value))))),
        new("round(number[, precision])", Round),
        Real("ceiling(number)", Math.Ceiling),
        Real("sqrt(number)", number => number < 0 ? double.NaN : Math.Sqrt(number)),
        Real("exp(number)", Math.Exp), Real("exp2(number)", number => Math.Pow(2, number)), Real("exp10(number)", number => Math.Pow(10, number)),
        Logarithm("log(number)", Math.Log), Logarithm("log2(number)", Math.Log2), Logarithm("log10(number)", Math.Log10),
        Real("sin(number)", Math.Sin), Real("cos(number)", Math.Cos), Real("tan(number)", Math.Tan), Real("cot(number)", number => 1 / Math.Tan(number)),
        Real("asin(number)", Math.Asin), Real("acos(number)", Math.Acos), Real("atan(number)", Math.Atan),
        Real("degrees(radians)", number => number * 180 / Math.PI), Real("radians(degrees)", number => number * Math.PI / 180),
        Binary("atan2(y, x)", KqlType.Real, KqlType.Real, KqlType.Real, (a, b) => Value.Of(Math.Atan2(a.Number, b.Number))),
        Binary("pow(base, exponent)", KqlType.Real, KqlType.Real, KqlType.Real, (a, b) => Value.Of(Math.Pow(a.Number, b.Number))),
        new("pi()", _ => Expression.Constant(KqlType.Real, Value.Of(Math.PI))),
        Unary("isnan(number)", KqlType.Real, KqlType.Bool, value => Value.Of(double.IsNaN(value.Number))),
        Unary("isinf(number)", KqlType.Real, KqlType.Bool, value => Value.Of(double.IsInfinity(value.Number))),
        Unary("isfinite(number)", KqlType.Real, KqlType.Bool, value => Value.Of(double.IsFinite(value.Number))),
        Whole("binary_and(integer, integer)", (a, b) => a & b), Whole("binary_or(integer, integer)", (a, b) => a | b),
        Whole("binary_xor(integer, integer)", (a, b) => a ^ b),
        Shift("binary_shift_left(integer, bits)", (value, bits) => value << bits), Shift("binary_shift_right(integer, bits)", (value, bits) => value >> bits),
        Unary("binary_not(integer)", KqlType.Long, KqlType.Long, value => Value.Of(~value.Bits)),
        Unary("bitset_count_ones(integer)", KqlType.Long, KqlType.Long, value => Value.Of((long)long.PopCount(value.Bits))),
    ];

    private static ScalarFunction Real(string signature, Func<double, double> compute) =>
        Unary(signature, KqlType.Real, KqlType.Real, value => Value.Of(compute(value.Number)));

    // A negative number has none: null, though the root of one is NaN.
    private static ScalarFunction Logarithm(string signature, Func<double, double> compute) =>
        Unary(signature, KqlType.Real, KqlType.Real, value => value.Number < 0 ? Value.Null : Value.Of(compute(value.Number)));

    private static ScalarFunction Whole(string signature, Func<long, long, long> compute) =>
        Binary(signature, KqlType.Long, KqlType.Long, KqlType.Long, (a, b) => Value.Of(compute(a.Bits, b.Bits)));

    private static ScalarFunction Shift(string signature, Func<long, int, long> compute) =>
        Binary(signature, KqlType.Long, KqlType.Long, KqlType.Long, (value, bits) => bits.Bits < 0 ? Value.Null : Value.Of(compute(value.Bits, (int)(bits.Bits % 64))));

    private static Expression OfNumber(Call call, KqlType type, Func<Value, Value> compute)
    {
        var inner = call.Argument(0);
        return inner.Type.IsNumber() || inner.Type is KqlType.Timespan or KqlType.Dynamic
            ? Expression.Of(type, row => inner.Evaluate(row) is { IsNull: false } value ? compute(value) : Value.Null, inner)
            : throw call.Refuse($"a {inner.Type.Name()} as the argument");
    }

    private static Expression Absolute(Call call) => OfNumber(call, call.Argument(0).Type == KqlType.Int ? KqlType.Long : call.Argument(0).Type, value => value.Kind switch
    {
        ValueKind.Int or ValueKind.Long => Value.Of(value.Bits < 0 ? unchecked(-value.Bits) : value.Bits),
        ValueKind.Timespan => Value.OfTimespan(value.Bits < 0 ? unchecked(-value.Bits) : value.Bits),
        ValueKind.Decimal => Value.Of(Math.Abs(value.AsDecimal)),
        ValueKind.Real => Value.Of(Math.Abs(value.Number)),
        _ => Value.Null,
    });

    private static Expression Round(Call call)
    {
        var number = call.Argument(0, KqlType.Real);
        var precision = call.Count > 1 ? call.Argument(1, KqlType.Long) : Expression.Constant(KqlType.Long, Value.Of(0));
        return Expression.Of(
            KqlType.Real,
            row => (number.Evaluate(row), precision.Evaluate(row)) is ({ IsNull: false } value, { IsNull: false } digits) ? Value.Of(Rounded(value.Number, (int)digits.Bits)) : Value.Null,
            number,
            precision);
    }

    // In decimals, so that 2.15 becomes 2.2 though the nearest double is less.
    private static double Rounded(double number, int digits)
    {
        if (!double.IsFinite(number) || Math.Abs(number) > 1e27 || digits > 28)
        {
            return number;
        }

        if (digits >= 0)
        {
            return (double)Math.Round((decimal)number, digits, MidpointRounding.AwayFromZero);
        }

        var unit = (decimal)Math.Pow(10, Math.Min(-digits, 27));
        return (double)(Math.Round((decimal)number / unit, MidpointRounding.AwayFromZero) * unit);
    }
}
