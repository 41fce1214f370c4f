using System.Globalization;

namespace CopilotSentinelKit.Kql.Evaluate.Values;

/// <summary>The conversions toint(), tostring(), todatetime() and so on: null when a value is no value of that type.</summary>
internal static class Conversion
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static Value To(KqlType type, in Value value) => type switch
    {
        KqlType.Bool => ToBool(value),
        KqlType.Int => ToLong(value) is { IsNull: false, Bits: >= int.MinValue and <= int.MaxValue } whole ? Value.OfInt((int)whole.Bits) : Value.Null,
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

    private static Value ToBool(in Value value) => value.Kind switch
    {
        ValueKind.Bool => value,
        ValueKind.Int or ValueKind.Long => Value.Of(value.Bits != 0),
        ValueKind.Real => Value.Of(value.Number != 0),
        ValueKind.Decimal => Value.Of(value.AsDecimal != 0),
        ValueKind.String when bool.TryParse(value.Text, out var truth) => Value.Of(truth),
        ValueKind.String when long.TryParse(value.Text, Whole, Culture, out var number) => Value.Of(number != 0),
        _ => Value.Null,
    };

    private static Value ToLong(in Value value) => value.Kind switch
    {
        ValueKind.Long => value,
        ValueKind.Int or ValueKind.Bool or ValueKind.DateTime or ValueKind.Timespan => Value.Of(value.Bits),
        ValueKind.Real => value.Number is >= long.MinValue and < 9223372036854775808d ? Value.Of((long)value.Number) : Value.Null,
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
        ValueKind.String when double.TryParse(value.Text, NumberStyles.Float, Culture, out var number) => Value.Of(number),
        _ => Value.Null,
    };

    private static Value ToDecimal(in Value value) => value.Kind switch
    {
        ValueKind.Decimal => value,
        ValueKind.Int or ValueKind.Long => Value.Of((decimal)value.Bits),
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
