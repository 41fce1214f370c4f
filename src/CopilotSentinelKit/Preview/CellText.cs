using System.Globalization;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Preview;

/// <summary>Values as a reader sees them.</summary>
internal static class CellText
{
    // A cell with all members of a record is of no use on a page.
    private const int Longest = 160;

    /// <summary>Whether it counts or measures something.</summary>
    public static bool IsNumber(string type) => type is "int" or "long" or "real" or "decimal";

    /// <summary>A number; 0 for what is none, or not finite.</summary>
    public static double Number(Value value) => value.Kind switch
    {
        ValueKind.Int or ValueKind.Long => value.Bits,
        ValueKind.Real when double.IsFinite(value.Number) => value.Number,
        ValueKind.Decimal => (double)value.AsDecimal,
        _ => 0,
    };

    /// <summary>1,234 for a number, 2026-01-12 09:15 for a time, at most 160 characters of what is long.</summary>
    public static string Of(Value value) => value.Kind switch
    {
        ValueKind.Int or ValueKind.Long => value.Bits.ToString("N0", CultureInfo.InvariantCulture),
        ValueKind.Real when double.IsFinite(value.Number) => Of(value.Number),
        ValueKind.Decimal => Of((double)value.AsDecimal),
        ValueKind.DateTime => new DateTime(value.Bits, DateTimeKind.Utc).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        _ => Short(ValueText.Of(value)),
    };

    /// <summary>A number with two digits after the point at most.</summary>
    public static string Of(double number) => number.ToString("#,##0.##", CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest), "…");
}
