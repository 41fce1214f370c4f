using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about what KQL that compiles does wrong: results that are missed, rules that misfire (CSK0411 to CSK0439, with the other part of this class).</summary>
internal static partial class LintFindings
{
    public static Finding ElementOfCollection(SourceSpan span, string collection, string place) => Finding.Warning("CSK0411", span,
        $"\"{collection}{place}\" reads one element, but an event can hold many of them, so whatever is in the others is missed. Use \"mv-expand\" over \"{collection}\", or the parser of this kit that returns a row for each.");

    public static Finding PrivateRangeByPrefix(SourceSpan span, string prefix, string value, bool isWide) => Finding.Warning("CSK0412", span,
        $"\"{prefix}\" as the start of an address does not tell private ranges: "
            + (isWide ? "most of 172.* is public, " : "other private ranges, ")
            + $"IPv6, and addresses with a port need more. Use ipv4_is_private({value}), or ipv4_is_in_any_range and ipv6_is_in_any_range with the ranges that count.");

    public static Finding ParseOfDynamic(SourceSpan span, string function, string value) => Finding.Warning("CSK0413", span,
        $"\"{value}\" is dynamic already, and {function} gives such a value back as it is. Use it without the call; where it holds JSON within a string, write \"parse_json(tostring(...))\".");

    public static Finding Unsupported(SourceSpan span, string what) => Finding.Warning("CSK0415", span,
        $"\"{what}\" is not documented to work in analytics rules, which query the workspace and nothing else. Write the query without it; data from elsewhere belongs into a table or a watchlist.");

    public static Finding NeverInThisCase(SourceSpan span, string expression, string text) => Finding.Warning("CSK0418", span,
        $"\"{expression}\" never has the value \"{text}\", because of its letter case. Compare without regard to case instead, with \"=~\" or \"in~\".");

    public static Finding AllTablesInRule(SourceSpan span, string what) => Finding.Error("CSK0420", span,
        $"An analytics rule must not use \"{what}\" over all tables; Sentinel refuses it. Name the tables.");

    public static Finding ExternalData(SourceSpan span) => Finding.Warning("CSK0422", span,
        "The rule reads a file from outside at every run: whoever can change the file changes the rule, and the rule fails when the file is gone. Keep the values in a watchlist.");

    public static Finding BagUnpack(SourceSpan span) => Finding.Warning("CSK0424", span,
        "The columns that bag_unpack returns depend on the data, so the rule fails in a run where one that it names is missing. Say them: \"bag_unpack(...) : (Name: string, ...)\", or read the members one by one.");

    public static Finding JoinWithoutKind(SourceSpan span) => Finding.Warning("CSK0425", span,
        "A join without a kind is \"innerunique\", which keeps one row of the left side for each key and drops the others. Write the kind that is meant, \"kind=inner\" if all rows count.");

    public static Finding CutsRows(SourceSpan span, string operation) => Finding.Warning("CSK0427", span,
        $"\"{operation}\" keeps some rows and drops the others without an order, so the rule misses what it drops. Remove it, or use \"top\" by what matters.");

    public static Finding RenderInRule(SourceSpan span) => Finding.Warning("CSK0429", span,
        "A rule draws no chart, so \"render\" has no effect here. Remove it.");

    public static Finding CorrelationInNrt(SourceSpan span, string table) => Finding.Warning("CSK0430", span,
        $"A near-real-time rule reads what arrived in one minute, so rows of \"{table}\" that belong to those on the left but arrive minutes earlier or later may not be joined. Make this a scheduled rule.");

    public static Finding AlwaysOneRow(SourceSpan span, string consequence) => Finding.Warning("CSK0431", span,
        $"The result always has exactly one row, also when nothing was found, so the rule's threshold for rows {consequence}. Add \"| where\" with the number that matters, or summarize by something.");

    public static Finding Retired(SourceSpan span, string name, string why, string successor) => Finding.Warning("CSK0432", span,
        $"\"{name}\" {why}. Use \"{successor}\" instead.");

    public static Finding Secret(SourceSpan span, string what, string masked) => Finding.Warning("CSK0435", span,
        $"This looks like a secret ({what}, \"{masked}\"), and everybody who may read the rule can read it. Take it out of the query and make it invalid.");

    public static Finding CaseSensitive(SourceSpan span, string column, string operation, string other) => Finding.Warning("CSK0436", span,
        $"\"{operation}\" tells letter case apart, but the same value of \"{column}\" comes in several cases. Use \"{other}\".");

    public static Finding CaseSensitiveJoin(SourceSpan span, string key) => Finding.Warning("CSK0417", span,
        $"The join on \"{key}\" tells letter case apart, but two tables may write the same account in different cases. Make both sides lower case with tolower before they are joined.");

    public static Finding LookAlike(SourceSpan span, string name, string code) => Finding.Warning("CSK0438", span,
        Invariant($"There is {name} here ({code}), which looks like another character or like none. Type the plain character, or in a text write it as an escape."));

    public static Finding TimeFilterInNrt(SourceSpan span) => Finding.Warning("CSK0439", span,
        "A near-real-time rule reads what arrived in the last minute, whenever it happened; a limit on TimeGenerated only drops rows that arrive late. Remove it.");
}
