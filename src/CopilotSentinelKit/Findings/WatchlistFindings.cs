using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about watchlists (CSK0751 to CSK0769).</summary>
internal static class WatchlistFindings
{
    public static Finding IllegalAlias(SourceSpan span, string alias) => Finding.Error("CSK0751", span,
        $"\"{alias}\" cannot be the alias of a watchlist. Use 3 to 64 letters, digits, spaces, hyphens and underscores, with a letter or digit first and last.");

    public static Finding IllegalName(SourceSpan span, string name) => Finding.Error("CSK0752", span,
        $"\"{name}\" cannot be the name of a watchlist. Use 3 to 64 letters, digits, spaces, hyphens and underscores, with a letter or digit first and last.");

    public static Finding UnknownSearchKey(SourceSpan span, string key, IEnumerable<string> columns) => Finding.Error("CSK0753", span,
        $"The search key \"{key}\" is not a column of the watchlist.{Nearest.Hint(key, columns)} Name one of its columns.");

    public static Finding IllegalColumn(SourceSpan span, string column) => Finding.Error("CSK0754", span,
        $"\"{column}\" cannot be the name of a watchlist column. Start it with a letter or an underscore and go on with letters, digits and underscores.");

    public static Finding DuplicateColumn(SourceSpan span, string column) => Finding.Error("CSK0755", span,
        $"The column \"{column}\" is there twice. Remove one, or rename it.");

    public static Finding ReservedColumn(SourceSpan span, string column) => Finding.Warning("CSK0756", span,
        $"Every watchlist has a column \"{column}\" of Sentinel's own, which collides with this one. Rename it.");

    public static Finding WrongValue(SourceSpan span, string value, string column, string type) => Finding.Error("CSK0757", span,
        $"\"{value}\" is not a {type}, the type of the column \"{column}\". Queries would read it as empty. Correct the value, or change the type.");

    public static Finding EmptySearchKey(SourceSpan span, string column) => Finding.Warning("CSK0758", span,
        $"The row has no value for \"{column}\", the search key, so no lookup finds it. Fill it in.");

    public static Finding LineTooLong(SourceSpan span, int length, int limit) => Finding.Error("CSK0759", span,
        Invariant($"The row makes a CSV line of {length} characters; Sentinel takes at most {limit}. Shorten its values."));

    public static Finding TooLarge(SourceSpan span, long bytes, long limit) => Finding.Error("CSK0760", span,
        Invariant($"The watchlist makes a CSV text of {bytes} bytes; Sentinel takes at most {limit}. Split it, or upload it from a storage account."));

    public static Finding RowLength(SourceSpan span, int values, int columns) => Finding.Error("CSK0761", span,
        Invariant($"A row has {values} values, but the watchlist has {columns} columns. Give each column one value."));

    public static Finding UndeclaredColumn(SourceSpan span, string column, IEnumerable<string> columns) => Finding.Error("CSK0769", span,
        $"The watchlist has no column {UserText.Shown(column)}, so the value would be lost.{Nearest.Hint(column, columns)} Declare it under \"columns\", or correct the name.");

    public static Finding CsvRow(SourceSpan span, int values, int columns) => Finding.Warning("CSK0762", span,
        Invariant($"This CSV row has {values} values, but the header has {columns} columns. Give each column one value, and put quotes around a value with a comma."));

    public static Finding CsvQuote(SourceSpan span) => Finding.Warning("CSK0763", span,
        "The quotes of this CSV value are never closed, so all that follows belongs to it. Add the closing quote.");

    public static Finding PersonalData(SourceSpan span, string address, int others) => Finding.Information("CSK0764", span,
        Invariant($"{UserText.Shown(address)}{(others == 0 ? " looks" : others == 1 ? " and 1 more look" : $" and {others} more look")} like an address of a person. Use example.com or contoso.com in samples."));

    public static Finding Formula(SourceSpan span, string value, string column) => Finding.Information("CSK0768", span,
        $"{UserText.Shown(value)} in the column \"{column}\" starts as a formula does: a spreadsheet that opens the exported watchlist would run it. Nothing is changed; make sure that the value is meant so.");

    public static Finding AliasIsNotName(SourceSpan span, string alias, string name) => Finding.Warning("CSK0766", span,
        $"The alias \"{alias}\" differs from the resource's name \"{name}\", by which Sentinel knows the watchlist. Make them the same.");

    public static Finding ContentType(SourceSpan span, string value) => Finding.Warning("CSK0827", span,
        $"\"contentType\" is text/csv or text/tsv, and of rows of {UserText.Shown(value)} nobody says how Sentinel reads them. Write \"text/csv\" for values between commas, \"text/tsv\" for tabs.");

    public static Finding LinesToSkip(SourceSpan span, int skipped, int lines) => Finding.Error("CSK0828", span, skipped < 0
        ? "The number of lines to skip is below zero. Write 0 where the first line is the header."
        : FormattableString.Invariant($"This skips {skipped} lines of {lines}, so there is no header and no row. Write how many lines stand before the header, 0 for none."));

    public static Finding SourceType(SourceSpan span, string value) => Finding.Error("CSK0767", span,
        $"\"sourceType\" is Local or AzureStorage, and Sentinel refuses {UserText.Shown(value)}. Write \"Local\" for rows that stand in the template; the name of their file goes under \"source\".");
}
