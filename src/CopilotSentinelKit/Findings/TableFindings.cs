using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about custom tables and data collection rules (CSK0880 to CSK0899).</summary>
internal static class TableFindings
{
    public static Finding IllegalTable(SourceSpan span, string table) => Finding.Warning("CSK0880", span,
        $"{UserText.Shown(table)} cannot be the name of a custom table. Use 4 to 63 letters, digits, hyphens and underscores, with \"_CL\" last.");

    public static Finding IllegalColumn(SourceSpan span, string column) => Finding.Error("CSK0881", span,
        $"{UserText.Shown(column)} cannot be the name of a column. Start it with a letter, go on with letters, digits and underscores, and use 2 to 45 of them.");

    public static Finding ReservedColumn(SourceSpan span, string column) => Finding.Warning("CSK0882", span,
        $"\"{column}\" is a column of Azure Monitor's own, which a custom table cannot define. Rename it, or leave it out.");

    public static Finding UnknownType(SourceSpan span, string column, string type, IEnumerable<string> types) => Finding.Error("CSK0883", span,
        $"The type of \"{column}\" must be one of {string.Join(", ", types)}, but is {UserText.Shown(type)}.{Nearest.Hint(type, types)}");

    public static Finding NoTimeGenerated(SourceSpan span) => Finding.Error("CSK0884", span,
        "The table has no column \"TimeGenerated\". Every table needs it, of type dateTime.");

    public static Finding TooManyColumns(SourceSpan span, int count, int limit) => Finding.Warning("CSK0885", span,
        Invariant($"There are {count} columns; a table takes at most {limit}. Put rarely used values into one column of type dynamic."));

    public static Finding StreamPrefix(SourceSpan span, string stream) => Finding.Warning("CSK0886", span,
        $"The stream {UserText.Shown(stream)} starts neither with \"Custom-\" nor with \"Microsoft-\". Name a stream of your own \"Custom-...\".");

    public static Finding TransformTooLong(SourceSpan span, int length, int limit) => Finding.Warning("CSK0887", span,
        Invariant($"The transformation has {length} characters; at most {limit} are taken. Shorten it."));

    public static Finding ManyRows(SourceSpan span, string operation) => Finding.Error("CSK0888", span,
        $"A transformation sees one row at a time, so it has no \"{operation}\". Do it in a query or a parser.");

    public static Finding NotListed(SourceSpan span, string what) => Finding.Warning("CSK0889", span,
        $"\"{what}\" is not in the documented KQL of transformations. Write it in another way, or test the rule before you rely on it.");

    public static Finding UndeclaredStream(SourceSpan span, string stream, IEnumerable<string> known) => Finding.Warning("CSK0890", span,
        $"The rule declares no stream {UserText.Shown(stream)}.{Nearest.Hint(stream, known)} Add it to \"streamDeclarations\", or correct the name.");

    public static Finding UndeclaredDestination(SourceSpan span, string destination, IEnumerable<string> known) => Finding.Warning("CSK0891", span,
        $"The rule has no destination {UserText.Shown(destination)}.{Nearest.Hint(destination, known)} Add it to \"destinations\", or correct the name.");

    public static Finding TimeGeneratedLost(SourceSpan span) => Finding.Warning("CSK0892", span,
        "The transformation's result has no column \"TimeGenerated\". Keep it, or make it: \"extend TimeGenerated = ...\".");

    public static Finding DuplicateColumn(SourceSpan span, string column, SourceSpan first) => Finding.Error("CSK0893", span,
        $"The column \"{column}\" is there twice. Remove one, or rename it.").With(first, "the first one");

    public static Finding SchemaName(SourceSpan span, string schema, string table) => Finding.Warning("CSK0894", span,
        $"The schema is named {UserText.Shown(schema)}, but the table {UserText.Shown(table)}. Give both the same name.");
}
