using System.Buffers;
using System.Globalization;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>What scalars mean: YAML 1.2's core schema for what is plain, and the kit's durations.</summary>
internal static class ScalarValue
{
    private static readonly List<(char Unit, long Ticks)> StepUnits =
        [('d', TimeSpan.TicksPerDay), ('h', TimeSpan.TicksPerHour), ('m', TimeSpan.TicksPerMinute), ('s', TimeSpan.TicksPerSecond)];

    private const int MostStepDigits = 9;

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

    /// <summary>Whether a text has the form of a duration: digits and m, h or d.</summary>
    public static bool IsDuration(string text) =>
        text.Length > 1 && text[^1] is 'm' or 'h' or 'd' && !text.AsSpan(0, text.Length - 1).ContainsAnyExceptInRange('0', '9');

    /// <summary>The duration, or null when it is none or too long.</summary>
    public static TimeSpan? Duration(string text)
    {
        var unit = text is [.., var last] ? last switch
        {
            'm' => TimeSpan.TicksPerMinute,
            'h' => TimeSpan.TicksPerHour,
            _ => TimeSpan.TicksPerDay,
        }
        : 0;
        return IsDuration(text)
            && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= TimeSpan.MaxValue.Ticks / unit ? new TimeSpan(count * unit) : null;
    }

    /// <summary>A time between events: days, hours, minutes and seconds in that order, as in 1h30m; null when it is none or too long.</summary>
    public static TimeSpan? Step(string text) => StepTicks(text) is { } ticks && ticks <= TimeSpan.FromDays(3660).Ticks ? new((long)ticks) : null;

    /// <summary>The ticks of such a time, however long; null when it is none.</summary>
    public static decimal? StepTicks(string text)
    {
        var total = 0m;
        var order = 0;
        var start = 0;
        while (start < text.Length)
        {
            var digits = text.AsSpan(start).IndexOfAnyExceptInRange('0', '9');
            var unit = digits is <= 0 or > MostStepDigits ? -1 : StepUnits.FindIndex(order, known => known.Unit == text[start + digits]);
            if (unit < 0)
            {
                return null;
            }

            total += decimal.Parse(text.AsSpan(start, digits), NumberStyles.None, CultureInfo.InvariantCulture) * StepUnits[unit].Ticks;
            order = unit + 1;
            start += digits + 1;
        }

        return text.Length == 0 ? null : total;
    }

    private static bool IsNumber(string text)
    {
        var unsigned = text.AsSpan(text is ['-' or '+', ..] ? 1 : 0);
        return unsigned is ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN"
            || (unsigned.Length > 2 && unsigned[0] == '0' && unsigned[1] is 'x' or 'o' && !unsigned[2..].ContainsAnyExcept(HexDigits))
            || (unsigned.Length > 0 && (char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.')
                && double.TryParse(unsigned, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _));
    }
}
