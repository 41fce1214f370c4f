using CopilotSentinelKit.Diagnostics;

namespace CopilotSentinelKit.Validate;

/// <summary>Names that differ from a known one in letter case, spaces, hyphens or underscores alone.</summary>
internal static class LetterCase
{
    /// <summary>The finding about a name, with the fix that writes the known name where only one can be meant.</summary>
    public static Diagnostic Fix(Diagnostic finding, string name, IEnumerable<string> known) =>
        known.Where(candidate => Bare(candidate) == Bare(name)).Take(2).ToList() is [var meant] ? finding.Replacing(name, meant) : finding;

    private static string Bare(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
