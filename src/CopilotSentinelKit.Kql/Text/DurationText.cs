using System.Globalization;
using System.Xml;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>The two ways Sentinel content writes a duration.</summary>
internal static class DurationText
{
    /// <summary>ISO 8601 with days as days, as ARM wants it: PT5M, PT1H, P14D, P1DT12H.</summary>
    public static string Iso(TimeSpan value) => XmlConvert.ToString(value);

    /// <summary>The community's short form, in the largest unit that is exact: 5m, 1h, 14d, 36h.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Seconds, which the short form cannot write and no spec can hold.</exception>
    public static string Short(TimeSpan value) =>
        value.Ticks % TimeSpan.TicksPerMinute != 0 ? throw new ArgumentOutOfRangeException(nameof(value), value, "Whole minutes only.")
        : value != TimeSpan.Zero && value.Ticks % TimeSpan.TicksPerDay == 0 ? string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / TimeSpan.TicksPerDay}d")
        : value != TimeSpan.Zero && value.Ticks % TimeSpan.TicksPerHour == 0 ? string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / TimeSpan.TicksPerHour}h")
        : string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / TimeSpan.TicksPerMinute}m");
}
