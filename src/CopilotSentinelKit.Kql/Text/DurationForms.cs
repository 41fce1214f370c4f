using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>The forms in which people write durations.</summary>
internal static partial class DurationForms
{
    /// <summary>The duration of 5m, 1h, 14d, of ISO 8601 (PT1H, P14D), or of .NET's own form (01:00:00, 1.00:00:00); null for anything else.</summary>
    public static TimeSpan? Read(string text)
    {
        if (ScalarValue.Duration(text.ToLowerInvariant()) is { } kusto)
        {
            return kusto;
        }

        if (Clock().IsMatch(text))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null;
        }

        try
        {
            return text.StartsWith('P') ? XmlConvert.ToTimeSpan(text) : null;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^([0-9]{1,3}\.)?[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?\z")]
    private static partial Regex Clock();
}
