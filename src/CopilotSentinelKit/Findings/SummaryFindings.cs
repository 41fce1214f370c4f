using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;
using static CopilotSentinelKit.Kql.Text.UserText;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about summary rules (CSK0986 to CSK0999).</summary>
internal static class SummaryFindings
{
    public static Finding IllegalTable(SourceSpan span, string table) => Finding.Error("CSK0986", span,
        $"{Shown(table)} cannot take the rows of a summary rule: its table is a custom one. Give it a name of letters, digits and underscores that ends in _CL.");

    public static Finding IllegalBin(SourceSpan span, string bin, IEnumerable<string> sizes) => Finding.Error("CSK0987", span,
        $"A summary rule has no bins of {bin} minutes. They are of {string.Join(", ", sizes)} minutes.");

    public static Finding DelayTooLong(SourceSpan span, string delay) => Finding.Error("CSK0988", span,
        $"A summary rule waits at most a day for late records, and {delay} is none of that: whole minutes up to 1d. Correct the delay.");

    public static Finding StartsWithinHour(SourceSpan span, string start) => Finding.Error("CSK0989", span,
        $"Bins start at a full hour, and {Shown(start)} is none. Correct it.");

    public static Finding MissingColumn(SourceSpan span, string column, IEnumerable<string> returned) => Finding.Error("CSK0990", span,
        $"The query does not return the column {Shown(column)}, so the table would lack it.{Nearest.Hint(column, returned)} Return it, or remove it from \"columns\".");

    public static Finding ColumnType(SourceSpan span, string column, string declared, string type) => Finding.Error("CSK0991", span,
        $"{Shown(column)} is declared as {declared}, and the query returns {type}; the table keeps the type of its first rows. Make them the same.");

    public static Finding UndeclaredColumn(SourceSpan span, string column, string type, IEnumerable<string> declared) => Finding.Error("CSK0992", span,
        $"The query returns the column {Shown(column)}, which \"columns\" does not have, so no other query could be checked against it.{Nearest.Hint(column, declared)} Add \"{column}: {type}\", or leave it out of the query.");

    public static Finding ReservedColumn(SourceSpan span, string column) => Finding.Warning("CSK0993", span,
        $"Azure has a column {Shown(column)} of its own, so the table gets this one as \"{column}_Original\". Rename it.");

    public static Finding CallsFunction(SourceSpan span, string function) => Finding.Error("CSK0994", span,
        $"Summary rules cannot call functions that are saved in the workspace, such as {Shown(function)}. Put what it does into the query; the kit does so with the parsers of the mapping.");

    public static Finding NotInSummary(SourceSpan span, string name) => Finding.Error("CSK0995", span,
        $"Summary rules cannot have {Shown(name)}: they read one workspace, and their columns must be known. Write the query without it.");

    public static Finding OwnTime(SourceSpan span, string function) => Finding.Warning("CSK0996", span,
        $"A summary rule sees the records of one bin, and may run long after it: {function}() is the time of the run, not of the bin. Remove it; Azure limits the time.");

    public static Finding TableOfTwo(SourceSpan span, string table) => Finding.Error("CSK0997", span,
        $"Another summary rule with other columns fills the table {Shown(table)}. Make the columns the same, or give each rule a table of its own.");

    public static Finding TooManyRules(SourceSpan span, int count, int limit) => Finding.Warning("CSK0998", span,
        Invariant($"There are {count} summary rules; a workspace runs at most {limit}, as documented in 2024. Join some, or ask Microsoft for the limit of today."));
}
