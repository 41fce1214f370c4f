using System.Globalization;
using System.Text.Json;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Backtest;

/// <summary>Values as the query protocols write them in JSON.</summary>
internal static class RemoteValues
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>The value of a cell; null when it is none of the column's type.</summary>
    public static Value? Read(JsonElement cell, KqlType type)
    {
        if (cell.ValueKind == JsonValueKind.Null)
        {
            return type == KqlType.String ? Value.Empty : Value.Null;
        }

        return type switch
        {
            KqlType.String => cell.ValueKind == JsonValueKind.String ? Value.Of(cell.GetString()!) : null,
            KqlType.Dynamic => Dynamic(cell),
            KqlType.Bool => Bool(cell),
            KqlType.Int => cell.ValueKind == JsonValueKind.Number && cell.TryGetInt32(out var number) ? Value.OfInt(number) : null,
            KqlType.Long => cell.ValueKind == JsonValueKind.Number && cell.TryGetInt64(out var number) ? Value.Of(number) : null,
            KqlType.Real => Real(cell),
            KqlType.Decimal => decimal.TryParse(Text(cell), NumberStyles.Float, Culture, out var number) ? Value.Of(number) : null,
            KqlType.DateTime => DateTime.TryParse(String(cell), Culture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? Value.Of(time) : null,
            KqlType.Timespan => TimeSpan.TryParseExact(String(cell), "c", Culture, out var span) ? Value.Of(span) : null,
            KqlType.Guid => Guid.TryParse(String(cell), Culture, out var guid) ? Value.Of(guid) : null,
            _ => null,
        };
    }

    // The protocol of version 1 writes 0 and 1.
    private static Value? Bool(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.True => Value.Of(true),
        JsonValueKind.False => Value.Of(false),
        JsonValueKind.Number when cell.TryGetInt32(out var number) && number is 0 or 1 => Value.Of(number == 1),
        _ => null,
    };

    // JSON has no word for these.
    private static Value? Real(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Number => Value.Of(cell.GetDouble()),
        JsonValueKind.String => cell.GetString() switch
        {
            "NaN" => Value.Of(double.NaN),
            "Infinity" => Value.Of(double.PositiveInfinity),
            "-Infinity" => Value.Of(double.NegativeInfinity),
            _ => null,
        },
        _ => null,
    };

    // Bags and arrays come as JSON or as its text, depending on the service; of another text nobody can tell whether it was one before.
    private static Value? Dynamic(JsonElement cell)
    {
        if (cell.ValueKind != JsonValueKind.String)
        {
            return DynamicJson.Read(cell);
        }

        var text = cell.GetString()!;
        return text.Length == 0 ? Value.Null
            : text[0] is '{' or '[' && DynamicJson.TryParse(text) is { } value ? value
            : Value.Of(text);
    }

    private static string? Text(JsonElement cell) => cell.ValueKind == JsonValueKind.Number ? cell.GetRawText() : String(cell);

    private static string? String(JsonElement cell) => cell.ValueKind == JsonValueKind.String ? cell.GetString() : null;
}
