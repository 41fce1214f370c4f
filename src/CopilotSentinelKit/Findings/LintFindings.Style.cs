using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about cost, portability and style.</summary>
internal static partial class LintFindings
{
    public static Finding RepeatedParse(SourceSpan span, string column, int count) => Finding.Information("CSK0414", span,
        Invariant($"\"{column}\" is parsed as JSON {count} times. Parse it once with \"extend\" and read its members from there."));

    public static Finding NoTimeFilter(SourceSpan span, string table) => Finding.Information("CSK0433", span,
        $"The hunt reads \"{table}\" without a limit in time before it summarizes or joins, so how much it reads depends on who runs it. Add \"| where TimeGenerated > ago(...)\" first.");

    public static Finding ContainsWord(SourceSpan span, string operation, string text) => Finding.Information("CSK0416", span,
        $"\"{operation}\" reads every value in full. If \"{text}\" stands as a word of its own, \"{(operation.StartsWith('!') ? "!has" : "has")}\" finds it by the index.");

    public static Finding FoldedComparison(SourceSpan span, string function, string operation, string other) => Finding.Information("CSK0419", span,
        $"\"{function}\" is called for every row only to compare without regard to letter case. \"{other}\" instead of \"{operation}\" does that by itself.");

    public static Finding RegexOfWords(SourceSpan span, string pattern, string words) => Finding.Information("CSK0428", span,
        $"The pattern \"{pattern}\" is plain text, for which no regular expression is needed. Use has_any({words}) for whole words, or contains for parts of them.");

    public static Finding AllTables(SourceSpan span, string what) => Finding.Warning("CSK0421", span,
        $"\"{what}\" reads every table of the workspace. Name the tables.");

    public static Finding NoTimeGenerated(SourceSpan span) => Finding.Information("CSK0423", span,
        "The result has no column TimeGenerated, by which Sentinel puts rows on the timelines of entities. Keep one, such as \"TimeGenerated = max(TimeGenerated)\".");

    public static Finding LookupWouldDo(SourceSpan span, string kind) => Finding.Information("CSK0426", span,
        $"The right side of this join is a small list. \"lookup kind={kind}\" is made for that; it sends the list to the rows instead of moving the rows.");

    public static Finding SortedResult(SourceSpan span) => Finding.Information("CSK0437", span,
        "A rule counts rows, and their order costs time for nothing. Remove the sort.");

    public static Finding HardCoded(SourceSpan span, string what, string value) => Finding.Information("CSK0434", span,
        $"The query names {what} \"{value}\", which belongs to one tenant. Move it into a watchlist or a parameter, so that it can differ and be kept current.");
}
