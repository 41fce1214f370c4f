using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Content;

/// <summary>Words at the start of a rule's description that tell the Defender portal whether its alerts may join others in an incident.</summary>
internal static partial class CorrelationTags
{
    /// <summary>The tags at the start of a description, as written; empty when there is none.</summary>
    public static string At(string description) => Tags().Match(description.TrimStart()).Value.Trim();

    [GeneratedRegex(@"^(#(DONT|INC)_CORR#\s*)+", RegexOptions.IgnoreCase)]
    private static partial Regex Tags();
}
