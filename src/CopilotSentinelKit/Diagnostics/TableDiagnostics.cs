using static System.FormattableString;

namespace CopilotSentinelKit.Diagnostics;

/// <summary>Findings about custom tables and data collection rules (CSK0880 to CSK0899).</summary>
internal static class TableDiagnostics
{
    public static Diagnostic IllegalTable(SourceSpan span, string table) => Diagnostic.Warning("CSK0880", span,
        $"{SpecDiagnostics.Shown(table)} cannot be the name of a custom table. Use 4 to 63 letters, digits, hyphens and underscores, with \"_CL\" last.");

    public static Diagnostic IllegalColumn(SourceSpan span, string column) => Diagnostic.Error("CSK0881", span,
        $"{SpecDiagnostics.Shown(column)} cannot be the name of a column. Start it with a letter, go on with letters, digits and underscores, and use 2 to 45 of them.");

    public static Diagnostic ReservedColumn(SourceSpan span, string column) => Diagnostic.Warning("CSK0882", span,
        $"\"{column}\" is a column of Azure Monitor's own, which a custom table cannot define. Rename it, or leave it out.");

    public static Diagnostic UnknownType(SourceSpan span, string column, string type, IEnumerable<string> types) => Diagnostic.Error("CSK0883", span,
        $"The type of \"{column}\" must be one of {string.Join(", ", types)}, but is {SpecDiagnostics.Shown(type)}.{Nearest.Hint(type, types)}");

    public static Diagnostic NoTimeGenerated(SourceSpan span) => Diagnostic.Error("CSK0884", span,
        "The table has no column \"TimeGenerated\". Every table needs it, of type dateTime.");

    public static Diagnostic TooManyColumns(SourceSpan span, int count, int limit) => Diagnostic.Warning("CSK0885", span,
        Invariant($"There are {count} columns; a table takes at most {limit}. Put rarely used values into one column of type dynamic."));

    public static Diagnostic StreamPrefix(SourceSpan span, string stream) => Diagnostic.Warning("CSK0886", span,
        $"The stream {SpecDiagnostics.Shown(stream)} starts neither with \"Custom-\" nor with \"Microsoft-\". Name a stream of your own \"Custom-...\".");

    public static Diagnostic TransformTooLong(SourceSpan span, int length, int limit) => Diagnostic.Warning("CSK0887", span,
        Invariant($"The transformation has {length} characters; at most {limit} are taken. Shorten it."));

    public static Diagnostic ManyRows(SourceSpan span, string operation) => Diagnostic.Error("CSK0888", span,
        $"A transformation sees one row at a time, so it has no \"{operation}\". Do it in a query or a parser.");

    public static Diagnostic NotListed(SourceSpan span, string what) => Diagnostic.Warning("CSK0889", span,
        $"\"{what}\" is not in the documented KQL of transformations. Write it in another way, or test the rule before you rely on it.");

    public static Diagnostic UndeclaredStream(SourceSpan span, string stream, IEnumerable<string> known) => Diagnostic.Warning("CSK0890", span,
        $"The rule declares no stream {SpecDiagnostics.Shown(stream)}.{Nearest.Hint(stream, known)} Add it to \"streamDeclarations\", or correct the name.");

    public static Diagnostic UndeclaredDestination(SourceSpan span, string destination, IEnumerable<string> known) => Diagnostic.Warning("CSK0891", span,
        $"The rule has no destination {SpecDiagnostics.Shown(destination)}.{Nearest.Hint(destination, known)} Add it to \"destinations\", or correct the name.");

    public static Diagnostic TimeGeneratedLost(SourceSpan span) => Diagnostic.Warning("CSK0892", span,
        "The transformation's result has no column \"TimeGenerated\". Keep it, or make it: \"extend TimeGenerated = ...\".");

    public static Diagnostic DuplicateColumn(SourceSpan span, string column, SourceSpan first) => Diagnostic.Error("CSK0893", span,
        $"The column \"{column}\" is there twice. Remove one, or rename it.").With(first, "the first one");

    public static Diagnostic SchemaName(SourceSpan span, string schema, string table) => Diagnostic.Warning("CSK0894", span,
        $"The schema is named {SpecDiagnostics.Shown(schema)}, but the table {SpecDiagnostics.Shown(table)}. Give both the same name.");
}
