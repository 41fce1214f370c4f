
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>Values as the columns of a table hold them.</summary>
internal static class CellValue
{
    /// <summary>What a column holds of a value that a service sends: numbers and objects become text in a column of texts, texts what they say
    /// in others. Null when it says no such value.</summary>
    public static Value Converted(KqlType type, in Value value) => (type, value.Kind) switch
    {
        (_, ValueKind.Null) or (KqlType.Dynamic, _) => value,
        (KqlType.DateTime, ValueKind.String) => EventTime.TryReadAbsolute(value.Text) is { } time ? Value.Of(time) : Value.Null,
        (KqlType.DateTime, not ValueKind.DateTime) => Value.Null,
        _ => Fitting(type, value),
    };

    /// <summary>What a column holds of a value that a person wrote for it, where only a value of the column's own type is what they mean;
    /// default when it is of another type.</summary>
    /// <param name="type">The column's type.</param>
    /// <param name="value">The value; a text for a time, a length of time, a GUID.</param>
    /// <param name="now">What relative times count from, UTC.</param>
    public static Value? AsWritten(KqlType type, in Value value, DateTime now) => (type, value.Kind) switch
    {
        (_, ValueKind.Null) or (KqlType.Dynamic, _) => value,
        (KqlType.String, ValueKind.String) or (KqlType.Bool, ValueKind.Bool) => value,
        (KqlType.Int or KqlType.Long, ValueKind.Long) => NotNull(Fitting(type, value)),
        (KqlType.Real or KqlType.Decimal, ValueKind.Long or ValueKind.Real) => NotNull(Conversion.To(type, value)),
        (KqlType.DateTime, ValueKind.String) => EventTime.TryRead(value.Text, now) is { } time ? Value.Of(time) : null,
        (KqlType.Timespan or KqlType.Guid, ValueKind.String) => NotNull(Conversion.To(type, value)),
        _ => null,
    };

    /// <summary>What a column holds of a text that stands for a value of its type, as in CSV: the empty text is null, and JSON is data. Default
    /// when it says no such value.</summary>
    public static Value? OfText(KqlType type, string text, DateTime now) => type switch
    {
        KqlType.String => Value.Of(text),
        _ when text.Length == 0 => Value.Null,
        KqlType.Dynamic => DynamicJson.TryParse(text) ?? Value.Of(text),
        KqlType.DateTime => EventTime.TryRead(text, now) is { } time ? Value.Of(time) : NotNull(Conversion.To(type, Value.Of(text))),
        _ => NotNull(Conversion.To(type, Value.Of(text))),
    };

    /// <summary>What a column of a type takes, for a finding.</summary>
    public static string Expected(KqlType type) => type switch
    {
        KqlType.String => "a text, in quotes where it looks like a number or true",
        KqlType.Bool => "true or false",
        KqlType.Int => "a whole number of 32 bits",
        KqlType.Long => "a whole number",
        KqlType.Real or KqlType.Decimal => "a number",
        KqlType.DateTime => EventTime.Expected,
        KqlType.Timespan => "a length of time such as 5m or 1.02:00:00",
        KqlType.Guid => "a GUID",
        _ => "any value",
    };

    /// <summary>A value in words, for a finding.</summary>
    public static string Found(in Value value) => value.Kind switch
    {
        ValueKind.String => "the text " + UserText.Shown(value.Text),
        ValueKind.Bool => ValueText.Of(value),
        ValueKind.Array => "a list",
        ValueKind.Bag => "an object",
        _ => "the number " + ValueText.Of(value),
    };

    // A table takes no number that its column cannot hold, where a query's toint() would make another number of it.
    private static Value Fitting(KqlType type, in Value value)
    {
        var isTooLarge = (type, value.Kind) switch
        {
            (KqlType.Int or KqlType.Long, ValueKind.Real) when value.Number is not (>= long.MinValue and < 9223372036854775808d) => true,
            (KqlType.Int, _) => Conversion.To(KqlType.Long, value) is { IsNull: false, Bits: < int.MinValue or > int.MaxValue },
            _ => false,
        };
        return isTooLarge ? Value.Null : Conversion.To(type, value);
    }

    private static Value? NotNull(in Value value) => value.IsNull ? null : value;
}
