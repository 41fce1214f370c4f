using System.Buffers;
using System.Globalization;
using System.Text;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Backtest;

/// <summary>Values that the evaluator holds as KQL text that means exactly them.</summary>
internal static class KqlLiteral
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A value of a column of a type; null when no literal means it, such as half a surrogate pair or a value of another type.</summary>
    public static string? Of(in Value value, KqlType type) => type switch
    {
        KqlType.String => value.IsNull ? "\"\"" : value.Kind == ValueKind.String ? Text(value.Text) : null,
        KqlType.Dynamic => Dynamic(value) is { } inner ? $"dynamic({inner})" : null,
        _ when value.IsNull => $"{type.Name()}(null)",
        _ => Scalar(value, type),
    };

    /// <summary>A point in time, UTC.</summary>
    public static string Of(DateTime time) => "datetime(" + time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", Culture) + "Z)";

    /// <summary>A name; null when UTF-8 cannot hold it.</summary>
    public static string? Name(string name) => name.Length > 0 && IsText(name) ? KqlWriter.Name(name) : null;

    /// <summary>A text in double quotes; also valid JSON. Null when UTF-8 cannot hold it.</summary>
    public static string? Text(string text) => IsText(text) ? KqlWriter.Text(text) : null;

    // Half a surrogate pair is no character.
    private static bool IsText(string text)
    {
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != OperationStatus.Done)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }

    private static string? Scalar(in Value value, KqlType type) => (type, value.Kind) switch
    {
        (KqlType.Bool, ValueKind.Bool) => KqlWriter.Bool(value.IsTrue),
        (KqlType.Int, ValueKind.Int) => $"int({Integer(value)})",
        (KqlType.Long, ValueKind.Long or ValueKind.Int) => $"long({Integer(value)})",
        (KqlType.Real, ValueKind.Real) => $"real({Real(value.Number)})",
        (KqlType.Real, ValueKind.Long or ValueKind.Int) => $"real({Integer(value)})",
        (KqlType.Decimal, ValueKind.Decimal) => $"decimal({value.AsDecimal.ToString(Culture)})",
        (KqlType.DateTime, ValueKind.DateTime) => Of(new DateTime(value.Bits, DateTimeKind.Utc)),
        (KqlType.Timespan, ValueKind.Timespan) => Timespan(value),
        (KqlType.Guid, ValueKind.Guid) => $"guid({value.AsGuid.ToString("D", Culture)})",
        _ => null,
    };

    // Kusto.Language refuses decimals in dynamic literals.
    private static string? Dynamic(in Value value) => value.Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.String => Text(value.Text),
        ValueKind.Bool => KqlWriter.Bool(value.IsTrue),
        ValueKind.Int or ValueKind.Long => Integer(value),
        ValueKind.Real => double.IsFinite(value.Number) ? Real(value.Number) : $"real({Real(value.Number)})",
        ValueKind.DateTime => Of(new DateTime(value.Bits, DateTimeKind.Utc)),
        ValueKind.Timespan => Timespan(value),
        ValueKind.Guid => $"guid({value.AsGuid.ToString("D", Culture)})",
        ValueKind.Array => Joined('[', value.AsArray!.Items.Select(item => Dynamic(item)), ']'),
        ValueKind.Bag => Joined('{', value.AsBag!.Properties.Select(property => Text(property.Key) is { } key && Dynamic(property.Value) is { } inner ? key + ":" + inner : null), '}'),
        _ => null,
    };

    private static string? Joined(char open, IEnumerable<string?> parts, char close)
    {
        var all = parts.ToList();
        return all.Contains(null) ? null : open + string.Join(',', all) + close;
    }

    private static string Integer(in Value value) => KqlWriter.Long(value.Bits);

    private static string Timespan(in Value value) => "timespan(" + new TimeSpan(value.Bits).ToString("c", Culture) + ")";

    // With a point or an exponent, since within dynamic(...) a number without them is a long.
    private static string Real(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "+inf" : "-inf";
        }

        var text = number.ToString("R", Culture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }
}
