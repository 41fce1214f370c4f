using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using static System.FormattableString;

namespace CopilotSentinelKit.Findings;

/// <summary>Findings about KQL and the columns it returns: Kusto.Language's own (KS) and CSK04xx.</summary>
internal static class KqlFindings
{
    /// <summary>A finding of Kusto.Language under its own code; <paramref name="hint"/> is appended to its message.</summary>
    public static Finding FromKusto(KqlDiagnostic finding, FindingSeverity severity, SourceSpan span, string hint) =>
        new(finding.Code, severity, span, finding.Message.TrimEnd() + (finding.Message.TrimEnd().EndsWith('.') ? "" : ".") + hint);

    public static Finding NotTabular(SourceSpan span) => Finding.Error("CSK0401", span,
        "The query does not end in a tabular expression, so it returns no rows. End it with a table and its operators.");

    public static Finding UnknownEscape(SourceSpan span, string escape) => Finding.Error("CSK0479", span,
        $"{UserText.Shown(escape)} means nothing in a text of KQL. Write two backslashes for one, or put @ before the text, which then is taken as it is.");

    public static Finding EmptyQuery(SourceSpan span) => Finding.Error("CSK0402", span,
        "The query is empty. Write the KQL that returns the rows to find.");

    public static Finding QueryTooLong(SourceSpan span, int length, int limit) => Finding.Error("CSK0403", span,
        Invariant($"The query has {length} characters after rendering; Sentinel takes at most {limit}. Shorten it, or move part of it into a parser."));

    /// <summary><paramref name="lostBy"/>: the operator that dropped it, or null when it was never there; <paramref name="renamedTo"/>: what
    /// that operator calls it, or null.</summary>
    public static Finding UnknownColumn(
        SourceSpan span, string column, string usedBy, IEnumerable<string> columns, string? lostBy = null, string? renamedTo = null) =>
        Finding.Error("CSK0404", span, $"The query returns no column \"{column}\", which {usedBy} uses (letter case counts)." + (lostBy, renamedTo) switch
        {
            (null, _) => $"{Nearest.Hint(column, columns)} Return it from the query, or name a column that it returns.",
            (_, null) => $" It was there until \"{lostBy}\" dropped it: keep it there, or name a column that the query returns.",
            _ => $" \"{lostBy}\" calls it \"{renamedTo}\": name that, or keep the name.",
        });

    public static Finding UnknownWatchlist(SourceSpan span, string alias, IEnumerable<string> aliases) =>
        Finding.Warning("CSK0405", span,
            $"No watchlist with the alias \"{alias}\" is known, so its columns are not checked.{Nearest.Hint(alias, aliases)} Add it in rules/watchlists, or declare it in kit.yaml under \"watchlists\".");

    public static Finding LegacyEntityColumn(SourceSpan span, string column) => Finding.Warning("CSK0406", span,
        $"The query returns \"{column}\", from the time when columns were mapped by their names, which Sentinel has given up. "
            + (column == "timestamp" ? "TimeGenerated says it already: drop this one." : "Map what it holds as an entity, and drop it."));

    public static Finding MissingField(SourceSpan span, string parser, string field, IEnumerable<string> columns) =>
        Finding.Error("CSK0407", span,
            $"The parser \"{parser}\" does not return the field \"{field}\" of the mapping.{Nearest.Hint(field, columns)} Return it from the parser's template, or remove the field.");

    public static Finding UnmappedColumn(SourceSpan span, string parser, string column, IEnumerable<string> fields) =>
        Finding.Error("CSK0408", span,
            $"The parser \"{parser}\" returns the column \"{column}\", which the mapping does not have.{Nearest.Hint(column, fields)} Add the field to the mapping, or project the column away in the parser's template.");

    public static Finding FieldType(SourceSpan span, string parser, string field, string mapped, string returned) =>
        Finding.Error("CSK0409", span,
            $"The field \"{field}\" is of type {mapped} in the mapping, but the parser \"{parser}\" returns {returned}. Convert it where it is read, or change the type.");

    public static Finding IllegalFunctionName(SourceSpan span, string name) => Finding.Error("CSK0410", span,
        $"\"{name}\" cannot be the name of a KQL function. Start it with a letter or an underscore and go on with letters, digits and underscores.");
}
