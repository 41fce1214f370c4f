using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Spec;

/// <summary>Tells by its text what a file was meant as that nothing reads.</summary>
internal static partial class SpecLook
{
    /// <summary>The folder that its spec belongs in, rules/detections and the like; null when it is no spec. YAML of other tools has other
    /// keys: community YAML writes its kinds with a capital. Tests may stand beside
    /// content of any form.</summary>
    public static string? Find(string text) =>
        Detection().IsMatch(text) ? (Hunt().IsMatch(text) ? "rules/hunts" : "rules/detections")
        : Watchlist().IsMatch(text) ? "rules/watchlists"
        : Workbook().IsMatch(text) ? "rules/workbooks"
        : Summary().IsMatch(text) ? "rules/summaries"
        : Automation().IsMatch(text) ? "rules/automation"
        : null;

    [GeneratedRegex(@"(?=[\s\S]*^id:)(?=[\s\S]*^kind:[ \t]*(scheduled|nrt|hunting)\b)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Detection();

    [GeneratedRegex(@"^kind:[ \t]*hunting\b", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Hunt();

    [GeneratedRegex(@"(?=[\s\S]*^alias:)(?=[\s\S]*^searchKey:)(?=[\s\S]*^columns:)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Watchlist();

    [GeneratedRegex(@"(?=[\s\S]*^id:)(?=[\s\S]*^items:)(?=[\s\S]*^version:)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Workbook();

    [GeneratedRegex(@"(?=[\s\S]*^id:)(?=[\s\S]*^table:)(?=[\s\S]*^bin:)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Summary();

    [GeneratedRegex(@"(?=[\s\S]*^id:)(?=[\s\S]*^actions:)(?=[\s\S]*^trigger:[ \t]*(incident|alert)[A-Z])", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Automation();
}
