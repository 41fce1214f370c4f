using System.Globalization;

namespace CopilotSentinelKit.Kql.Evaluate.Values;

/// <summary>The conversions toint(), tostring(), todatetime() and so on: null when a value is no value of that type. A whole number that is too large
/// for int loses its upper bits, a real that is too large for either becomes the nearest.</summary>
internal static class Conversion
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static Value To(KqlType type, in Value value) => type switch
    {
        KqlType.Bool => ToBool(value),
        KqlType.Int => ToInt(value),
        KqlType.Long => ToLong(value),
        KqlType.Real => ToReal(value),
        KqlType.Decimal => ToDecimal(value),
        KqlType.DateTime => ToDateTime(value),
        KqlType.Timespan => ToTimespan(value),
        KqlType.Guid => ToGuid(value),
        KqlType.String => value.Kind == ValueKind.String ? value : Value.Of(ValueText.Of(value)),
        _ => value,
    };

    /// <summary>A value of a dynamic in the type that an operator needs: only what is such a value already, or a number of another width.</summary>
    public static Value Cast(KqlType type, in Value value) => type switch
    {
        KqlType.Dynamic => value,
        KqlType.String => To(type, value),
        _ => value.Kind == ValueKind.String && type is not (KqlType.DateTime or KqlType.Timespan or KqlType.Guid) ? Value.Null : To(type, value),
    };

    /// <summary>The text of a value of some type: a truth value of its own is "True", one inside a dynamic value "true".</summary>
    public static Value ToText(KqlType from, in Value value) => from == KqlType.Bool && value.Kind == ValueKind.Bool
        ? Value.Of(value.IsTrue ? "True" : "False")
        : To(KqlType.String, value);

    private static Value ToInt(in Value value) => value.Kind switch
    {
        ValueKind.Int => value,
        ValueKind.Real => double.IsNaN(value.Number) ? Value.Null : Value.OfInt((int)Math.Clamp(value.Number, int.MinValue, int.MaxValue)),
        ValueKind.String => ToLong(value) is { IsNull: false, Bits: >= int.MinValue and <= int.MaxValue } whole ? Value.OfInt((int)whole.Bits) : Value.Null,
        _ => ToLong(value) is { IsNull: false } whole ? Value.OfInt(unchecked((int)whole.Bits)) : Value.Null,
    };

    private static Value ToBool(in Value value) => value.Kind switch
    {
        ValueKind.Bool => value,
        ValueKind.Int or ValueKind.Long => Value.Of(value.Bits != 0),
        ValueKind.Real => Value.Of(value.Number != 0),
        ValueKind.Decimal => Value.Of(value.AsDecimal != 0),
        ValueKind.String when bool.TryParse(value.Text, out var truth) => Value.Of(truth),
        ValueKind.String when ReadLong(value.Text) is { IsNull: false } number => Value.Of(number.Bits != 0),
        _ => Value.Null,
    };

    private static Value ToLong(in Value value) => value.Kind switch
    {
        ValueKind.Long => value,
        ValueKind.Int or ValueKind.Bool or ValueKind.DateTime or ValueKind.Timespan => Value.Of(value.Bits),
        ValueKind.Real => double.IsNaN(value.Number) ? Value.Null : Value.Of(value.Number < 9223372036854775808d ? (long)Math.Max(value.Number, long.MinValue) : long.MaxValue),
        ValueKind.Decimal => value.AsDecimal is >= long.MinValue and <= long.MaxValue ? Value.Of((long)value.AsDecimal) : Value.Null,
        ValueKind.String => ReadLong(value.Text),
        _ => Value.Null,
    };

    private static Value ReadLong(string text)
    {
        var span = text.AsSpan().Trim();
        if (long.TryParse(span, Whole, Culture, out var number))
        {
            return Value.Of(number);
        }

        return span.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && long.TryParse(span[2..], NumberStyles.AllowHexSpecifier, Culture, out number)
            ? Value.Of(number)
            : Value.Null;
    }

    private static Value ToReal(in Value value) => value.Kind switch
    {
        ValueKind.Real => value,
        ValueKind.Int or ValueKind.Long or ValueKind.Bool => Value.Of((double)value.Bits),
        ValueKind.Decimal => Value.Of((double)value.AsDecimal),
        ValueKind.DateTime or ValueKind.Timespan => Value.Of((double)value.Bits),
        ValueKind.String => ReadReal(value.Text.AsSpan().Trim()),
        _ => Value.Null,
    };

    private static Value ReadReal(ReadOnlySpan<char> text) => text switch
    {
        "inf" or "Inf" or "+inf" or "+Inf" => Value.Of(double.PositiveInfinity),
        "-inf" or "-Inf" => Value.Of(double.NegativeInfinity),
        _ => double.TryParse(text, NumberStyles.Float, Culture, out var number) ? Value.Of(number) : Value.Null,
    };

    private static Value ToDecimal(in Value value) => value.Kind switch
    {
        ValueKind.Decimal => value,
        ValueKind.Int or ValueKind.Long or ValueKind.Bool => Value.Of((decimal)value.Bits),
        ValueKind.Real when Math.Abs(value.Number) < 7.9e28 => Value.Of((decimal)value.Number),
        ValueKind.String when decimal.TryParse(value.Text, NumberStyles.Float, Culture, out var number) => Value.Of(number),
        _ => Value.Null,
    };

    private static Value ToDateTime(in Value value) => value.Kind switch
    {
        ValueKind.DateTime => value,
        ValueKind.Int or ValueKind.Long => value.Bits is >= 0 and <= 3155378975999999999 ? Value.OfDateTime(value.Bits) : Value.Null,
        ValueKind.String => TimeText.ReadDateTime(value.Text),
        _ => Value.Null,
    };

    private static Value ToTimespan(in Value value) => value.Kind switch
    {
        ValueKind.Timespan => value,
        ValueKind.Int or ValueKind.Long => Value.OfTimespan(value.Bits),
        ValueKind.String => TimeText.ReadTimespan(value.Text),
        _ => Value.Null,
    };

    private static Value ToGuid(in Value value) => value.Kind switch
    {
        ValueKind.Guid => value,
        ValueKind.String when Guid.TryParse(value.Text, out var guid) || Guid.TryParseExact(value.Text.Replace("-", "", StringComparison.Ordinal), "N", out guid) => Value.Of(guid),
        _ => Value.Null,
    };
}
