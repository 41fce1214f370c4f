using System.Text.RegularExpressions;
using System.Xml;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>Durations as Azure's services read them.</summary>
internal static partial class IsoDuration
{
    /// <summary>The duration of an ISO 8601 text (PT5M, P1DT12H) or of .NET's own form (1.00:30:00), which the services take as well; or null.</summary>
    public static TimeSpan? Read(string text)
    {
        if (TimeSpanForm().IsMatch(text))
        {
            return TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var span) ? span : null;
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

    [GeneratedRegex(@"^([0-9]+\.)?[0-9]{1,2}:[0-9]{2}:[0-9]{2}\z")]
    private static partial Regex TimeSpanForm();
}
