using System.Globalization;

namespace CopilotSentinelKit.Diagnostics;

/// <summary>Findings about suppressions of findings, CSK0701 to CSK0719. All but one are warnings: what is wrong with a suppression makes it
/// count for nothing, and then the finding itself says what is wrong with the content.</summary>
internal static class SuppressionDiagnostics
{
    private const string Form = "ignore CSK0451 until 2027-01-31: why it is right here";

    public static Diagnostic Unreadable(SourceSpan span, string hint) => Diagnostic.Warning("CSK0701", span,
        $"This comment speaks to the kit, but cannot be read.{hint} Write \"csk: {Form}\".");

    public static Diagnostic UnknownCode(SourceSpan span, string code, IEnumerable<string> codes) => Diagnostic.Warning("CSK0702", span,
        $"There is no finding with the code \"{code}\", so nothing is changed.{Nearest.Hint(code, codes)} \"csk explain\" lists them.");

    public static Diagnostic NoReason(SourceSpan span) => Diagnostic.Warning("CSK0703", span,
        $"This has no reason, so it does not count. Say for the next reader why the finding may stand: \"{Form}\", or \"reason\" in kit.yaml.");

    public static Diagnostic NoExpiry(SourceSpan span) => Diagnostic.Warning("CSK0704", span,
        $"This has no day on which it ends, so it does not count. Write one: \"{Form}\", or \"expires\" in kit.yaml.");

    public static Diagnostic UnreadableDate(SourceSpan span, string date) => Diagnostic.Warning("CSK0705", span,
        $"\"{date}\" is not a day, so this does not count. Write year, month and day, such as 2027-01-31.");

    public static Diagnostic Expired(SourceSpan span, DateOnly day) => Diagnostic.Warning("CSK0706", span, string.Create(
        CultureInfo.InvariantCulture,
        $"This ended on {day:yyyy-MM-dd}, so the finding counts again. Correct what was found, or look at the reason once more and write a later day."));

    public static Diagnostic Unused(SourceSpan span, string code) => Diagnostic.Warning("CSK0707", span,
        $"There is no finding {code} here, so this does nothing. Remove it, or move it to the line that the finding points to.");

    public static Diagnostic NotIgnorable(SourceSpan span, string code, SourceSpan finding) => Diagnostic.Warning("CSK0708", span,
        $"{code} cannot be ignored or made less severe: without what it asks for, nothing can be built from the file, or a file would be lost. Correct what was found.")
        .With(finding, "the finding");

    public static Diagnostic NoEffect(SourceSpan span, string code) => Diagnostic.Error("CSK0709", span,
        $"The entry for {code} must say one thing: either \"ignore: true\" or a \"severity\". Write one of them.");

    public static Diagnostic UnknownPlace(SourceSpan span, string place, IEnumerable<string> ids) => Diagnostic.Warning("CSK0710", span,
        $"\"{place}\" is neither the id of content with a file of its own nor the path of a file.{Nearest.Hint(place, ids)} Write an id, or a path from the folder of kit.yaml, in which * stands for anything in a name and ** for folders.");
}
