using System.Globalization;

namespace CopilotSentinelKit.Cli;

/// <summary>Numbers with their noun.</summary>
internal static class Counted
{
    /// <summary>"1 rule", "3 rules"; a noun in -y after a consonant becomes -ies.</summary>
    public static string Of(long count, string noun) => string.Create(
        CultureInfo.InvariantCulture,
        $"{count} {(count == 1 ? noun : noun is [.., not ('a' or 'e' or 'o' or 'u'), 'y'] ? noun[..^1] + "ies" : noun + "s")}");
}
