using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Content;

/// <summary>Words at the start of a rule's description that tell the Defender portal whether its alerts may join others in an incident.</summary>
internal static partial class CorrelationTags
{
    /// <summary>The tags at the start of a description, as written; empty when there is none.</summary>
    public static string At(string description) => Tags().Match(description.TrimStart()).Value.Trim();

    /// <summary>A tag that stands elsewhere in a description, where it does nothing; null when there is none.</summary>
    public static string? Misplaced(string description) =>
        Tag().Match(description, description.Length - description.TrimStart().Length + Tags().Match(description.TrimStart()).Length) is { Success: true } tag ? tag.Value : null;

    [GeneratedRegex("#(DONT|INC)_CORR#", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"^(#(DONT|INC)_CORR#\s*)+", RegexOptions.IgnoreCase)]
    private static partial Regex Tags();
}
