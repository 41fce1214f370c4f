using System.Buffers;
using System.Globalization;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>What plain scalars mean by YAML 1.2's core schema.</summary>
internal static class ScalarValue
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Whether nothing was written: an empty plain scalar, <c>~</c> or <c>null</c>.</summary>
    public static bool IsNull(YamlText text) => text is { Plain: true, Value: "" or "~" or "null" or "Null" or "NULL" };

    /// <summary>Whether YAML reads a plain text as a number or boolean.</summary>
    public static bool IsNumberOrBoolean(YamlText text) => text.Plain
        && (text.Value is "true" or "True" or "TRUE" or "false" or "False" or "FALSE" || IsNumber(text.Value));

    /// <summary>true or false, plain.</summary>
    public static bool? Boolean(YamlText text) => text.Plain ? text.Value switch { "true" => true, "false" => false, _ => null } : null;

    /// <summary>Whether a plain text is a whole number in decimal digits, of any size.</summary>
    public static bool IsInteger(YamlText text)
    {
        var digits = text.Value.AsSpan(text.Value is ['-' or '+', ..] ? 1 : 0);
        return text.Plain && digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>The number, or null when it is none or too large.</summary>
    public static long? Integer(YamlText text) =>
        IsInteger(text) && long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The finite decimal number, or null.</summary>
    public static double? Real(YamlText text) =>
        text.Plain
        && double.TryParse(text.Value, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;

    private static bool IsNumber(string text)
    {
        var unsigned = text.AsSpan(text is ['-' or '+', ..] ? 1 : 0);
        return unsigned is ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN"
            || (unsigned.Length > 2 && unsigned[0] == '0' && unsigned[1] is 'x' or 'o' && !unsigned[2..].ContainsAnyExcept(HexDigits))
            || (unsigned.Length > 0 && (char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.')
                && double.TryParse(unsigned, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _));
    }
}
