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
        foreach (var rune in (value.Length > limit ? value.AsSpan(0, char.IsHighSurrogate(value[limit - 2]) ? limit - 2 : limit - 1) : value).EnumerateRunes())
        {
            if (rune.IsBmp && (Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 || HarmlessText.IsHidden((char)rune.Value)))
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            }
            else
            {
                shown.Append(rune);
            }
        }

        return shown.Append(value.Length > limit ? "…\"" : "\"").ToString();
    }
}
