using static System.FormattableString;

namespace CopilotSentinelKit.Diagnostics;

/// <summary>Findings about cost, portability and style.</summary>
internal static partial class LintDiagnostics
{
    public static Diagnostic RepeatedParse(SourceSpan span, string column, int count) => Diagnostic.Information("CSK0414", span,
        Invariant($"\"{column}\" is parsed as JSON {count} times. Parse it once with \"extend\" and read its members from there."));

    public static Diagnostic NoTimeFilter(SourceSpan span, string table) => Diagnostic.Information("CSK0433", span,
        $"The hunt reads \"{table}\" without a limit in time before it summarizes or joins, so how much it reads depends on who runs it. Add \"| where TimeGenerated > ago(...)\" first.");

    public static Diagnostic ContainsWord(SourceSpan span, string operation, string text) => Diagnostic.Information("CSK0416", span,
        $"\"{operation}\" reads every value in full. If \"{text}\" stands as a word of its own, \"{(operation.StartsWith('!') ? "!has" : "has")}\" finds it by the index.");

    public static Diagnostic FoldedComparison(SourceSpan span, string function, string operation, string other) => Diagnostic.Information("CSK0419", span,
        $"\"{function}\" is called for every row only to compare without regard to letter case. \"{other}\" instead of \"{operation}\" does that by itself.");

    public static Diagnostic RegexOfWords(SourceSpan span, string pattern, string words) => Diagnostic.Information("CSK0428", span,
        $"The pattern \"{pattern}\" is plain text, for which no regular expression is needed. Use has_any({words}) for whole words, or contains for parts of them.");

    public static Diagnostic AllTables(SourceSpan span, string what) => Diagnostic.Warning("CSK0421", span,
        $"\"{what}\" reads every table of the workspace. Name the tables.");

    public static Diagnostic NoTimeGenerated(SourceSpan span) => Diagnostic.Information("CSK0423", span,
        "The result has no column TimeGenerated, by which Sentinel puts rows on the timelines of entities. Keep one, such as \"TimeGenerated = max(TimeGenerated)\".");

    public static Diagnostic LookupWouldDo(SourceSpan span, string kind) => Diagnostic.Information("CSK0426", span,
        $"The right side of this join is a small list. \"lookup kind={kind}\" is made for that; it sends the list to the rows instead of moving the rows.");

    public static Diagnostic SortedResult(SourceSpan span) => Diagnostic.Information("CSK0437", span,
        "A rule counts rows, and their order costs time for nothing. Remove the sort.");

    public static Diagnostic HardCoded(SourceSpan span, string what, string value) => Diagnostic.Information("CSK0434", span,
        $"The query names {what} \"{value}\", which belongs to one tenant. Move it into a watchlist or a parameter, so that it can differ and be kept current.");
}
