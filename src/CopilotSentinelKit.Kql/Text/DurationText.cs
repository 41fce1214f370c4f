using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>Durations as specs, community YAML and ARM write them.</summary>
internal static partial class DurationText
{
    private const int MostStepDigits = 9;

    // In the order in which a step names them.
    private static readonly List<(char Unit, long Ticks)> _units =
        [('d', TimeSpan.TicksPerDay), ('h', TimeSpan.TicksPerHour), ('m', TimeSpan.TicksPerMinute), ('s', TimeSpan.TicksPerSecond)];

    private static readonly TimeSpan _longestStep = TimeSpan.FromDays(3660);

    /// <summary>ISO 8601 with days as days, as ARM wants it: PT5M, PT1H, P14D, P1DT12H.</summary>
    public static string Iso(TimeSpan value) => XmlConvert.ToString(value);

    /// <summary>The short form, in the largest unit that is exact: 5m, 1h, 14d, 36h.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Seconds, which the short form cannot write and no spec can hold.</exception>
    public static string Short(TimeSpan value) =>
        value.Ticks % TimeSpan.TicksPerMinute != 0 ? throw new ArgumentOutOfRangeException(nameof(value), value, "Whole minutes only.")
        : value != TimeSpan.Zero && value.Ticks % TimeSpan.TicksPerDay == 0 ? string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / TimeSpan.TicksPerDay}d")
        : value != TimeSpan.Zero && value.Ticks % TimeSpan.TicksPerHour == 0 ? string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / TimeSpan.TicksPerHour}h")
        : string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / TimeSpan.TicksPerMinute}m");

    /// <summary>Whether a text has the short form, however long the duration: digits and m, h or d.</summary>
    public static bool IsShort(string text) => text is [.., 'm' or 'h' or 'd'] && text.Length > 1 && !text.AsSpan(0, text.Length - 1).ContainsAnyExceptInRange('0', '9');

    /// <summary>The duration of the short form (5m, 1h, 14d); null when it is none or too long.</summary>
    public static TimeSpan? ReadShort(string text)
    {
        if (!IsShort(text))
        {
            return null;
        }

        var unit = _units.Find(known => known.Unit == text[^1]).Ticks;
        return long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= TimeSpan.MaxValue.Ticks / unit
            ? new(count * unit)
            : null;
    }

    /// <summary>The duration of ISO 8601 (PT5M, P1DT12H) or of .NET's own form (1.00:30:00), which Azure's services take as well; null for anything else.</summary>
    public static TimeSpan? ReadIso(string text)
    {
        if (Clock().IsMatch(text))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null;
        }

        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The duration in any form that people write, in any letter case; null when it is none or runs backwards.</summary>
    public static TimeSpan? ReadAny(string text) => ReadShort(text.ToLowerInvariant()) ?? (ReadIso(text) is { } span && span >= TimeSpan.Zero ? span : null);

    /// <summary>A time between events: days, hours, minutes and seconds in that order, as in 1h30m; null when it is none or longer than ten years.</summary>
    public static TimeSpan? ReadStep(string text) => StepTicks(text) is { } ticks && ticks <= _longestStep.Ticks ? new((long)ticks) : null;

    /// <summary>The ticks of such a time, however long; null when it is none.</summary>
    public static decimal? StepTicks(string text)
    {
        var total = 0m;
        var order = 0;
        var start = 0;
        while (start < text.Length)
        {
            var digits = text.AsSpan(start).IndexOfAnyExceptInRange('0', '9');
            var unit = digits is <= 0 or > MostStepDigits ? -1 : _units.FindIndex(order, known => known.Unit == text[start + digits]);
            if (unit < 0)
            {
                return null;
            }

            total += decimal.Parse(text.AsSpan(start, digits), NumberStyles.None, CultureInfo.InvariantCulture) * _units[unit].Ticks;
            order = unit + 1;
            start += digits + 1;
        }

        return text.Length == 0 ? null : total;
    }

    [GeneratedRegex(@"^([0-9]+\.)?[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?\z")]
    private static partial Regex Clock();
}
