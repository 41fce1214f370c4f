using System.Globalization;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about suppressions of findings, CSK0701 to CSK0719. All but one are warnings: what is wrong with a suppression makes it
/// count for nothing, and then the finding itself says what is wrong with the content.</summary>
internal static class SuppressionFindings
{
    private const string Form = "ignore CSK0451 until 2027-01-31: why it is right here";

    public static Finding Unreadable(SourceSpan span, string hint) => Finding.Warning("CSK0701", span,
        $"This comment speaks to the kit, but cannot be read.{hint} Write \"csk: {Form}\".");

    public static Finding UnknownCode(SourceSpan span, string code, IEnumerable<string> codes) => Finding.Warning("CSK0702", span,
        $"There is no finding with the code \"{code}\", so nothing is changed.{Nearest.Hint(code, codes)} \"csk explain\" lists them.");

    public static Finding NoReason(SourceSpan span) => Finding.Warning("CSK0703", span,
        $"This has no reason, so it does not count. Say for the next reader why the finding may stand: \"{Form}\", or \"reason\" in kit.yaml.");

    public static Finding NoExpiry(SourceSpan span) => Finding.Warning("CSK0704", span,
        $"This has no day on which it ends, so it does not count. Write one: \"{Form}\", or \"expires\" in kit.yaml.");

    public static Finding UnreadableDate(SourceSpan span, string date) => Finding.Warning("CSK0705", span,
        $"\"{date}\" is not a day, so this does not count. Write year, month and day, such as 2027-01-31.");

    public static Finding Expired(SourceSpan span, DateOnly day) => Finding.Warning("CSK0706", span, string.Create(
        CultureInfo.InvariantCulture,
        $"This ended on {day:yyyy-MM-dd}, so the finding counts again. Correct what was found, or look at the reason once more and write a later day."));

    public static Finding Unused(SourceSpan span, string code) => Finding.Warning("CSK0707", span,
        $"There is no finding {code} here, so this does nothing. Remove it, or move it to the line that the finding points to.");

    public static Finding NotIgnorable(SourceSpan span, string code, SourceSpan finding) => Finding.Warning("CSK0708", span,
        $"{code} cannot be ignored or made less severe: without what it asks for, nothing can be built from the file, or a file would be lost. Correct what was found.")
        .With(finding, "the finding");

    public static Finding NoEffect(SourceSpan span, string code) => Finding.Error("CSK0709", span,
        $"The entry for {code} must say one thing: either \"ignore: true\" or a \"severity\". Write one of them.");

    public static Finding UnknownPlace(SourceSpan span, string place, IEnumerable<string> ids) => Finding.Warning("CSK0710", span,
        $"\"{place}\" is neither the id of content with a file of its own nor the path of a file.{Nearest.Hint(place, ids)} Write an id, or a path from the folder of kit.yaml, in which * stands for anything in a name and ** for folders.");
}
