using System.Globalization;
using System.Xml;

namespace CopilotSentinelKit.Content;

/// <summary>The two ways Sentinel writes a duration.</summary>
public static class Durations
{
    /// <summary>As community YAML and KQL write it, in the largest whole unit: 5m, 1h, 14d; seconds only when there is a rest.</summary>
    public static string Short(TimeSpan value) => value switch
    {
        _ when value.Ticks % TimeSpan.TicksPerDay == 0 && value != TimeSpan.Zero => Number(value.TotalDays, "d"),
        _ when value.Ticks % TimeSpan.TicksPerHour == 0 && value != TimeSpan.Zero => Number(value.TotalHours, "h"),
        _ when value.Ticks % TimeSpan.TicksPerMinute == 0 => Number(value.TotalMinutes, "m"),
        _ => Number(value.TotalSeconds, "s"),
    };

    /// <summary>ISO 8601 as ARM takes it: PT5M, PT1H, P14D.</summary>
    public static string Iso(TimeSpan value) => XmlConvert.ToString(value);

    private static string Number(double value, string unit) => value.ToString(CultureInfo.InvariantCulture) + unit;
}
