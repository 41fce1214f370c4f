using System.Globalization;
using System.Text;

namespace CopilotSentinelKit.Kql.Evaluate.Values;

/// <summary>Values as KQL writes them: tostring(), and dynamic values as JSON without spaces.</summary>
public static class ValueText
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>The text that tostring() gives; empty for null.</summary>
    public static string Of(in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
                return string.Empty;
            case ValueKind.String:
                return value.Text;
            case ValueKind.Array or ValueKind.Bag:
                var text = new StringBuilder();
                AppendJson(text, value);
                return text.ToString();
            default:
                return OfScalar(value);
        }
    }

    /// <summary>A value as JSON; texts in quotes, null as null.</summary>
    public static string Json(in Value value)
    {
        var text = new StringBuilder();
        AppendJson(text, value);
        return text.ToString();
    }

    private static string OfScalar(in Value value) => value.Kind switch
    {
        ValueKind.Bool => value.IsTrue ? "true" : "false",
        ValueKind.Int or ValueKind.Long => value.Bits.ToString(Culture),
        ValueKind.Real => OfReal(value.Number),
        ValueKind.Decimal => value.AsDecimal.ToString(Culture),
        ValueKind.DateTime => new DateTime(value.Bits, DateTimeKind.Utc).ToString("o", Culture),
        ValueKind.Timespan => new TimeSpan(value.Bits).ToString("c", Culture),
        _ => value.AsGuid.ToString("D", Culture),
    };

    private static string OfReal(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN" : number > 0 ? "inf" : "-inf";
        }

        var text = number.ToString("R", Culture).Replace("E", "e", StringComparison.Ordinal);
        return text.AsSpan().ContainsAny('.', 'e') ? text : text + ".0";
    }

    private static void AppendJson(StringBuilder text, in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
                text.Append("null");
                break;
            case ValueKind.String or ValueKind.DateTime or ValueKind.Timespan or ValueKind.Guid:
                AppendQuoted(text, Of(value));
                break;
            case ValueKind.Real when !double.IsFinite(value.Number):
                AppendQuoted(text, value.Number.ToString(Culture));
                break;
            case ValueKind.Array:
                AppendArray(text, value.AsArray!);
                break;
            case ValueKind.Bag:
                AppendBag(text, value.AsBag!);
                break;
            default:
                text.Append(OfScalar(value));
                break;
        }
    }

    private static void AppendArray(StringBuilder text, DynamicArray array)
    {
        text.Append('[');
        for (var i = 0; i < array.Items.Length; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            AppendJson(text, array.Items[i]);
        }

        text.Append(']');
    }

    private static void AppendBag(StringBuilder text, DynamicBag bag)
    {
        text.Append('{');
        var first = true;
        foreach (var (key, value) in bag.Properties)
        {
            if (!first)
            {
                text.Append(',');
            }

            first = false;
            AppendQuoted(text, key);
            text.Append(':');
            AppendJson(text, value);
        }

        text.Append('}');
    }

    private static void AppendQuoted(StringBuilder text, string content)
    {
        text.Append('"');
        foreach (var character in content)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append(Culture, $"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }
}
