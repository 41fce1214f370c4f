using System.Globalization;
using System.Text;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>How messages show texts that people wrote.</summary>
internal static class UserText
{
    /// <summary>User text in double quotes: short, on one line, and harmless on a terminal.</summary>
    public static string Shown(string value)
    {
        const int limit = 60;
        var shown = new StringBuilder("\"");
        foreach (var character in value.Length > limit ? value.AsSpan(0, limit - 1) : value)
        {
            if (char.IsControl(character) || character is '\u2028' or '\u2029')
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            }
            else
            {
                shown.Append(character);
            }
        }

        return shown.Append(value.Length > limit ? "…\"" : "\"").ToString();
    }
}
