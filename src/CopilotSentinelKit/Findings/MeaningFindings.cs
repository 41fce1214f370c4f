using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;
using static CopilotSentinelKit.Kql.Text.UserText;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about conditions that say something else than they seem to, or that nothing meets (CSK0460 to CSK0489).</summary>
internal static class MeaningFindings
{
    public static Finding MixedConditions(SourceSpan span) => Finding.Information("CSK0460", span,
        "\"and\" binds before \"or\", so this reads as if the parts with \"and\" stood in brackets. Write the brackets, so that readers see what is meant.");

    public static Finding OwnGroup(SourceSpan span, string keys) => Finding.Warning("CSK0461", span,
        $"There is one row for each {keys} already, so this is an aggregate of a single value. Summarize by something finer first, such as \"bin(TimeGenerated, 1d)\", or by less here.");

    public static Finding ArrivingColumn(SourceSpan span, string column, string ending) => Finding.Information("CSK0462", span,
        $"\"{column}\" exists in AzureDiagnostics only once a resource has sent it, and until then the query fails. Write \"column_ifexists('{column}', {ending})\".");

    public static Finding UnreadableLiteral(SourceSpan span, string type, string text) => Finding.Error("CSK0463", span,
        $"{Shown(text)} cannot be read as a {type}. Write {(type == "datetime" ? "a date such as datetime(2026-01-31)" : "32 hexadecimal digits in groups, such as guid(74be27de-1e4e-49d9-b579-fe0b331d3642)")}.");

    public static Finding TextForColumn(SourceSpan span, string text) => Finding.Warning("CSK0464", span,
        $"\"{text}\" in quotes is a text, the same in every row, not the column of that name. Write ['{text}'].");

    public static Finding Wildcard(SourceSpan span, string operation, string text) => Finding.Warning("CSK0465", span,
        $"\"{operation}\" takes * as the character itself, and values hardly hold it at that place. {(text.Contains('*', StringComparison.Ordinal) ? "Write a condition for each part" : $"Write {Shown(text)} without it")}, or use \"matches regex\".");

    public static Finding ShortPeriodOfSnapshot(SourceSpan span, string table, TimeSpan period, int days) => Finding.Warning("CSK0466", span,
        Invariant($"{table} holds a copy of all that it describes every {days} days and changes in between, and the period of {ScheduleFindings.Text(period)} sees the changes only. Let the period be {days} days, and limit the other tables to what is new."));

    public static Finding FirstColumn(SourceSpan span, string first, string wanted) => Finding.Warning("CSK0467", span,
        $"\"in\" over rows compares with their first column, \"{first}\", and not with \"{wanted}\". Put \"| project {wanted}\" at the end of what is in the brackets.");

    public static Finding FixedPosition(SourceSpan span, string collection, string place) => Finding.Warning("CSK0468", span,
        $"The entries of \"{collection}\" are in no fixed order, so what stands at {place} differs from record to record. Use \"mv-apply\" over \"{collection}\" and select the entry by its name.");

    public static Finding BadPattern(SourceSpan span, string why) => Finding.Error("CSK0469", span,
        $"Kusto's engine refuses this regular expression: {why} It takes the syntax of RE2: no look-around and no references to groups.");

    public static Finding EmptyRange(SourceSpan span) => Finding.Error("CSK0470", span,
        "The range ends before it begins, so nothing is in it. Put the earlier bound first.");

    public static Finding Future(SourceSpan span) => Finding.Warning("CSK0471", span,
        "A time span below zero makes ago() a time in the future. Write the span without the minus sign.");

    public static Finding Contradiction(SourceSpan span, string other) => Finding.Error("CSK0472", span,
        $"No row meets this and {Shown(other)} as well. Use \"or\" or \"in\" if either will do.");

    public static Finding SameQuery(SourceSpan span, string name) => Finding.Warning("CSK0473", span,
        $"The query is that of {Shown(name)}, so each event raises both. Keep one of them, or correct the query that was copied.");

    public static Finding UnusedLet(SourceSpan span, string name) => Finding.Information("CSK0474", span,
        $"Nothing reads \"{name}\". Use it where its value is meant, or remove the statement.");

    public static Finding DoubledBackslash(SourceSpan span, string operation) => Finding.Warning("CSK0475", span,
        $"This text holds two backslashes in a row, and \"{operation}\" looks for both. Write one: in a text with @ a backslash needs no second, in one without @ two stand for one.");

    public static Finding OtherCase(SourceSpan span, string text, string column, string value, string operation) => Finding.Warning("CSK0476", span,
        $"{column} is written \"{value}\", and \"{operation}\" tells letter case apart, so \"{text}\" finds nothing. Write it so, or compare without regard to case.");

    public static Finding NoSuchValue(SourceSpan span, string text, string column, string values) => Finding.Warning("CSK0477", span,
        $"{column} never has the value {Shown(text)}. It is documented to be one of: {values}.");

    public static Finding BooleanText(SourceSpan span, string text, string other) => Finding.Warning("CSK0478", span,
        $"The text of this value is never \"{text}\" in this letter case, but \"{other}\". Compare the value itself with true or false, or use \"=~\".");

    public static Finding AsimColumn(SourceSpan span, string column, string near, string parser) => Finding.Warning("CSK0480", span,
        $"\"{column}\" is no column of the schema of {parser}. Did you mean \"{near}\"?");

    public static Finding NumberForText(SourceSpan span, string column, string number) => Finding.Information("CSK0481", span,
        $"{Shown(column)} is text and is compared with a number, for which each value has to be converted. Write \"{number}\" in quotes.");

    public static Finding TextForNumber(SourceSpan span, string column, string text) => Finding.Information("CSK0482", span,
        $"{Shown(column)} is a number and is compared with text. Write {text} without quotes.");

    public static Finding NoNumber(SourceSpan span, string column, string text) => Finding.Warning("CSK0483", span,
        $"{Shown(column)} is a number, and {Shown(text)} is none, so the two are never the same. Compare with a number, or with the column that holds the text.");

    public static Finding NoAddress(SourceSpan span, string text, string function) => Finding.Warning("CSK0484", span,
        $"{function} cannot read {Shown(text)} as an IP address or range, and gives no result. Write an address such as 10.0.0.1, or a range such as 10.0.0.0/8.");

    public static Finding AlwaysMet(SourceSpan span, string other) => Finding.Warning("CSK0485", span,
        $"Every row meets this or {Shown(other)}, so the condition keeps nothing out. Use \"and\" to keep both out.");

    public static Finding AfterNow(SourceSpan span, string bound) => Finding.Warning("CSK0486", span,
        $"No event happened after {Shown(bound)}, which is not before the run, so nothing is found. Write how far back to look, such as ago(1h).");

    public static Finding SeveralColumns(SourceSpan span, string first) => Finding.Information("CSK0487", span,
        $"\"in\" over rows of several columns compares with the first only, {Shown(first)}. Put \"| project\" with the column that is meant at the end of what is in the brackets.");

    public static Finding PatternAsText(SourceSpan span, string operation) => Finding.Warning("CSK0488", span,
        $"This is a regular expression, and \"{operation}\" looks for it letter by letter. Use \"matches regex\", or write the text that is looked for.");

    public static Finding BooleanOfJson(SourceSpan span, string text, string other) => Finding.Information("CSK0490", span,
        $"If this member is true or false in the JSON, its text is \"{other}\", and never \"{text}\". Use \"=~\", or compare tobool(...) with true or false.");

    public static Finding OwnKey(SourceSpan span, string key) => Finding.Warning("CSK0491", span,
        $"The rows are grouped by {Shown(key)}, so each group has one value of it. Count another column, or group without {Shown(key)}.");
}
