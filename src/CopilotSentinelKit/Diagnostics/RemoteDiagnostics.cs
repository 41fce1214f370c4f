using System.Globalization;

namespace CopilotSentinelKit.Diagnostics;

/// <summary>What keeps a query from being run by a Kusto endpoint or a Log Analytics workspace (CSK1180 to CSK1199).</summary>
internal static class RemoteDiagnostics
{
    public static Diagnostic NotRewritable(SourceSpan span, string what) => Diagnostic.Error(
        "CSK1180", span, $"The query cannot be sent so that it means the same: it has {what}. Write it another way, or run it where its tables are.");

    public static Diagnostic WrongQuery(SourceSpan span, string message) => Diagnostic.Error(
        "CSK1181", span, $"The query has an error, so it is not sent: {message}");

    public static Diagnostic UnknownBody(SourceSpan span, string function) => Diagnostic.Error(
        "CSK1182", span, $"The body of the function \"{function}\" is not known, so nobody can say what it reads and when. Write what it does into the query.");

    public static Diagnostic NoRows(SourceSpan span, string table) => Diagnostic.Error(
        "CSK1183", span, $"There are no rows for the table \"{table}\". Give some, or an empty table.");

    public static Diagnostic IngestionTimeOutOfReach(SourceSpan span) => Diagnostic.Error(
        "CSK1184", span,
        "The time of ingestion is asked for too far from its table: sent as a literal, a table has it only in a column. Use ingestion_time() in a where, extend or project right after the table.");

    public static Diagnostic NoLiteral(SourceSpan span, string table, string column) => Diagnostic.Error(
        "CSK1185", span, $"The column \"{column}\" of \"{table}\" holds a value that no KQL literal of its type means. Correct the value, or the column's type.");

    public static Diagnostic OtherResult(SourceSpan span, string found, string expected) => Diagnostic.Error(
        "CSK1186", span, $"The endpoint gives {found}, and Kusto.Language expects {expected}. The two know KQL differently: report it with the query.");

    public static Diagnostic Refused(SourceSpan span, string message) => Diagnostic.Error(
        "CSK1187", span, $"The endpoint stopped the query: {message.TrimEnd('.')}.");

    public static Diagnostic Incomplete(SourceSpan span, string message) => Diagnostic.Error(
        "CSK1188", span, $"The endpoint gave a part of the result only: {message.TrimEnd('.')}. Ask for less: fewer days, or a query that returns fewer rows.");

    public static Diagnostic Unreachable(SourceSpan span, string endpoint, string reason) => Diagnostic.Error(
        "CSK1189", span, $"The endpoint \"{endpoint}\" cannot be reached: {reason.TrimEnd('.')}. Check the address and the network.");

    public static Diagnostic Busy(SourceSpan span, string endpoint, int attempts) => Diagnostic.Error(
        "CSK1190", span, string.Create(CultureInfo.InvariantCulture, $"The endpoint \"{endpoint}\" is too busy: it was asked {attempts} times. Try again later, with fewer queries."));

    public static Diagnostic NotAllowed(SourceSpan span, string endpoint, string reason) => Diagnostic.Error(
        "CSK1191", span, $"The endpoint \"{endpoint}\" does not let you in: {reason.TrimEnd('.')}. Sign in, for example with \"az login\", as somebody who may read there.");

    public static Diagnostic NotAReply(SourceSpan span, string endpoint, string reason) => Diagnostic.Error(
        "CSK1192", span, $"What \"{endpoint}\" answers is no reply of the protocol: {reason.TrimEnd('.')}. Check that the address is that of a query endpoint.");

    public static Diagnostic NoAnswerInTime(SourceSpan span, string endpoint, TimeSpan time) => Diagnostic.Error(
        "CSK1193", span, string.Create(CultureInfo.InvariantCulture, $"The endpoint \"{endpoint}\" did not answer within {time.TotalSeconds:0.##} seconds. Ask for less, or try again later."));

    public static Diagnostic NotFound(SourceSpan span, string endpoint, string reason) => Diagnostic.Error(
        "CSK1194", span, $"The endpoint \"{endpoint}\" does not have what is asked for: {reason.TrimEnd('.')}. Check the id of the workspace, or the name of the database.");
}
