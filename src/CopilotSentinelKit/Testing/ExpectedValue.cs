using System.Globalization;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Testing;

/// <summary>A value that a person wrote against one that a query returned.</summary>
internal static class ExpectedValue
{
    private const double Tolerance = 1e-9;

    /// <summary>Whether the value is the one that was written.</summary>
    /// <param name="written">The value in the YAML; null there is KQL's null, and the empty text of a string.</param>
    /// <param name="actual">The value.</param>
    /// <param name="type">The Kusto type of its column.</param>
    /// <param name="now">What relative times are relative to.</param>
    public static bool Fits(YamlValue written, Value actual, string type, DateTime now)
    {
        if (written is YamlText none && ScalarValue.IsNull(none))
        {
            return actual.IsNull || (type == "string" && actual.Text.Length == 0);
        }

        if (type == "dynamic")
        {
            return SameData(YamlData.ToValue(written), actual);
        }

        if (written is not YamlText { Value: var text } || (actual.IsNull && type != "string"))
        {
            return false;
        }

        return type switch
        {
            "datetime" => EventTime.TryRead(text, now) is { } time && time.Ticks == actual.Bits,
            "timespan" => (DurationText.ReadStep(text) ?? Span(text)) is { } span && span.Ticks == actual.Bits,
            "bool" => text.Equals(actual.IsTrue ? "true" : "false", StringComparison.OrdinalIgnoreCase),
            "int" or "long" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && whole == actual.Bits,
            "real" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Near(number, actual.Number),
            "decimal" => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && exact == actual.AsDecimal,
            "guid" => text.Equals(ValueText.Of(actual), StringComparison.OrdinalIgnoreCase),
            _ => text == ValueText.Of(actual),
        };
    }

    /// <summary>Whether a column of a type can hold what was written.</summary>
    public static bool IsOf(YamlValue written, string type, DateTime now) => type == "dynamic" || (written is YamlText text && (ScalarValue.IsNull(text) || type switch
    {
        "datetime" => EventTime.TryRead(text.Value, now) is not null,
        "timespan" => (DurationText.ReadStep(text.Value) ?? Span(text.Value)) is not null,
        "bool" => bool.TryParse(text.Value, out _),
        "int" or "long" => long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "real" or "decimal" => double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        "guid" => Guid.TryParse(text.Value, out _),
        _ => true,
    }));

    /// <summary>A value as a difference shows it.</summary>
    public static string Show(Value value) => ValueText.Json(value);

    /// <summary>A written value as a difference shows it.</summary>
    public static string Show(YamlValue written) => written is YamlText { Plain: true } text ? text.Value : ValueText.Json(YamlData.ToValue(written));

    private static TimeSpan? Span(string text) => TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var span) ? span : null;

    private static bool Near(double one, double other) => one.Equals(other) || Math.Abs(one - other) <= Tolerance * Math.Max(Math.Abs(one), Math.Abs(other));

    // JSON has one kind of number, and dynamic values may hold datetimes and the like, which YAML has as texts.
    private static bool SameData(Value written, Value actual)
    {
        if (written.AsArray is { } array)
        {
            return actual.AsArray is { } other && array.Items.Length == other.Items.Length && array.Items.Zip(other.Items).All(pair => SameData(pair.First, pair.Second));
        }

        if (written.AsBag is { } bag)
        {
            return actual.AsBag is { } other && bag.Properties.Length == other.Properties.Length
                && bag.Properties.All(property => other.TryFind(property.Key, out var found) && SameData(property.Value, found));
        }

        return (Number(written), Number(actual)) switch
        {
            ({ } one, { } two) => Near(one, two),
            (null, null) => ValueText.Of(written) == ValueText.Of(actual) && written.IsNull == actual.IsNull,
            _ => false,
        };
    }

    private static double? Number(Value value) => value.Kind switch
    {
        ValueKind.Int or ValueKind.Long => value.Bits,
        ValueKind.Real => value.Number,
        _ => null,
    };
}
