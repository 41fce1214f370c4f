using System.Globalization;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Findings;

/// <summary>What keeps a query from being run by a Kusto endpoint or a Log Analytics workspace (CSK1180 to CSK1199).</summary>
internal static class RemoteFindings
{
    public static Finding NotRewritable(SourceSpan span, string what) => Finding.Error(
        "CSK1180", span, $"The query cannot be sent so that it means the same: it has {what}. Write it another way, or run it where its tables are.");

    public static Finding WrongQuery(SourceSpan span, string message) => Finding.Error(
        "CSK1181", span, $"The query has an error, so it is not sent: {message}");

    public static Finding UnknownBody(SourceSpan span, string function) => Finding.Error(
        "CSK1182", span, $"The body of the function \"{function}\" is not known, so nobody can say what it reads and when. Write what it does into the query.");

    public static Finding NoRows(SourceSpan span, string table) => Finding.Error(
        "CSK1183", span, $"There are no rows for the table \"{table}\". Give some, or an empty table.");

    public static Finding IngestionTimeOutOfReach(SourceSpan span) => Finding.Error(
        "CSK1184", span,
        "The time of ingestion is asked for too far from its table: sent as a literal, a table has it only in a column. Use ingestion_time() in a where, extend or project right after the table.");

    public static Finding NoLiteral(SourceSpan span, string table, string column) => Finding.Error(
        "CSK1185", span, $"The column \"{column}\" of \"{table}\" holds a value that no KQL literal of its type means. Correct the value, or the column's type.");

    public static Finding OtherResult(SourceSpan span, string found, string expected) => Finding.Error(
        "CSK1186", span, $"The endpoint gives {found}, and Kusto.Language expects {expected}. The two know KQL differently: report it with the query.");

    public static Finding Refused(SourceSpan span, string message) => Finding.Error(
        "CSK1187", span, $"The endpoint stopped the query: {message.TrimEnd('.')}.");

    public static Finding Incomplete(SourceSpan span, string message) => Finding.Error(
        "CSK1188", span, $"The endpoint gave a part of the result only: {message.TrimEnd('.')}. Ask for less: fewer days, or a query that returns fewer rows.");

    public static Finding Unreachable(SourceSpan span, string endpoint, string reason) => Finding.Error(
        "CSK1189", span, $"The endpoint \"{endpoint}\" cannot be reached: {reason.TrimEnd('.')}. Check the address and the network.");

    public static Finding Busy(SourceSpan span, string endpoint, int attempts) => Finding.Error(
        "CSK1190", span, string.Create(CultureInfo.InvariantCulture, $"The endpoint \"{endpoint}\" is too busy: it was asked {attempts} times. Try again later, with fewer queries."));

    public static Finding NotAllowed(SourceSpan span, string endpoint, string reason) => Finding.Error(
        "CSK1191", span, $"The endpoint \"{endpoint}\" does not let you in: {reason.TrimEnd('.')}. Sign in, for example with \"az login\", as somebody who may read there.");

    public static Finding NotAReply(SourceSpan span, string endpoint, string reason) => Finding.Error(
        "CSK1192", span, $"What \"{endpoint}\" answers is no reply of the protocol: {reason.TrimEnd('.')}. Check that the address is that of a query endpoint.");

    public static Finding NoAnswerInTime(SourceSpan span, string endpoint, TimeSpan time) => Finding.Error(
        "CSK1193", span, string.Create(CultureInfo.InvariantCulture, $"The endpoint \"{endpoint}\" did not answer within {time.TotalSeconds:0.##} seconds. Ask for less, or try again later."));

    public static Finding AnswerTooLarge(SourceSpan span, string endpoint, int limit) => Finding.Error(
        "CSK1195", span, string.Create(CultureInfo.InvariantCulture, $"The endpoint \"{endpoint}\" answers with more than {limit / (1024 * 1024)} MB, and the rest was not read. Ask for less: fewer days, or a query that returns fewer rows."));

    public static Finding NotFound(SourceSpan span, string endpoint, string reason) => Finding.Error(
        "CSK1194", span, $"The endpoint \"{endpoint}\" does not have what is asked for: {reason.TrimEnd('.')}. Check the id of the workspace, or the name of the database.");
}
