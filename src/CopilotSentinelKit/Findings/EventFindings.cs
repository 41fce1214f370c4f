using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about audit records and rows of tables that people give (CSK1140 to CSK1169).</summary>
internal static class EventFindings
{
    private const string Forms =
        "JSON of the Management Activity API or of Graph (one record, an array, or a record a line), or what Purview's audit search exports as CSV or JSON";

    public static Finding EmptyFile(SourceSpan span) => Finding.Error("CSK1140", span,
        $"The file is empty. Write audit records into it: {Forms}; [] stands for no record.");

    public static Finding UnknownFormat(SourceSpan span) => Finding.Error("CSK1141", span,
        $"The file is neither JSON nor CSV. Audit records are read from {Forms}.");

    public static Finding Syntax(SourceSpan span, string reason) => Finding.Error("CSK1142", span,
        $"This is no JSON: {reason.TrimEnd('.')}. Correct it from this place on.");

    public static Finding TooDeep(SourceSpan span, int limit) => Finding.Error("CSK1143", span,
        Invariant($"Lists and objects nest more than {limit} levels deep here, so the rest is not read. Make it flatter."));

    public static Finding DuplicateMember(SourceSpan span, string member, SourceSpan first) => Finding.Warning("CSK1144", span,
        $"The member {UserText.Shown(member)} is there twice, and only this one counts. Remove one of the two.").With(first, "the first one");

    public static Finding NotAnObject(SourceSpan span) => Finding.Error("CSK1145", span,
        "An audit record is a JSON object with members such as \"Id\" and \"Operation\", and this is none. Correct or remove it.");

    public static Finding NotARecord(SourceSpan span, string description) => Finding.Error("CSK1146", span, $"This is no audit record: {description}");

    public static Finding AuditDataSyntax(SourceSpan span, string reason) => Finding.Error("CSK1147", span,
        $"AuditData must hold the record as JSON, and this is none: {reason.TrimEnd('.')}. Export the record again, or correct it from this place on.");

    public static Finding NoAuditData(SourceSpan span) => Finding.Error("CSK1148", span,
        "AuditData must hold the record as a JSON object, and it does not. Export the record again, or remove it.");

    public static Finding NoAuditDataColumn(SourceSpan span, IEnumerable<string> known) => Finding.Error("CSK1149", span,
        $"The CSV has no column \"AuditData\", which holds the records in what Purview's audit search exports.{Nearest.Hint("AuditData", known)} Export the search again with all its columns.");

    public static Finding OpenQuote(SourceSpan span) => Finding.Error("CSK1150", span,
        "This quote is never closed, so the record that it is in is not read. Close it, and write a quote inside a value twice.");

    public static Finding Encoding(SourceSpan span) => Finding.Error("CSK1151", span,
        "The file is neither UTF-8 nor UTF-16 with its byte order mark. Save it as UTF-8.");

    public static Finding TooLarge(SourceSpan span, int limit) => Finding.Error("CSK1152", span,
        Invariant($"The file is larger than {limit / (1024 * 1024)} MiB, so it is not read. Export fewer days, or split it."));

    public static Finding NotRows(SourceSpan span, string owner) => Finding.Error("CSK1155", span,
        $"The rows of {owner} are a list, each with its columns as keys, such as [{{ Column: value }}], and this is none. Correct it.");

    public static Finding UnknownColumn(SourceSpan span, string column, string owner, IEnumerable<string> known) => Finding.Error("CSK1156", span,
        $"{Capital(owner)} has no column {UserText.Shown(column)}.{Nearest.Hint(column, known)} Correct or remove it.");

    public static Finding WrongValue(SourceSpan span, string column, string expected, string found) => Finding.Error("CSK1157", span,
        $"The column {UserText.Shown(column)} takes {expected}, but this is {found}. Correct it.");

    public static Finding UnknownRowColumn(SourceSpan span, string column, string table, IEnumerable<string> known) => Finding.Error("CSK1158", span,
        $"The table \"{table}\" has no column {UserText.Shown(column)}, so \"row\" cannot fill it.{Nearest.Hint(column, known)} Correct or remove it.");

    public static Finding WrongConstant(SourceSpan span, string column, string type, string value) => Finding.Error("CSK1159", span,
        $"The column {UserText.Shown(column)} is of type {type}, and {UserText.Shown(value)} is no such value. Correct it.");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
