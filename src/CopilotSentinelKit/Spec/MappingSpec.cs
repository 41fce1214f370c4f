using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A mapping as a person wrote it (rules/mapping.yaml): the normalised event and how each source's rows are read into it.</summary>
public sealed record MappingSpec
{
    /// <summary>The file it was read from, all of it.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>X.Y.Z, the version of the parsers; null in a layer that leaves it alone.</summary>
    public required Spanned<string>? Version { get; init; }

    /// <summary>The day of the version, or null.</summary>
    public Spanned<string>? Updated { get; init; }

    /// <summary>Tables that carry audit records.</summary>
    public required ImmutableArray<SourceSpec> Sources { get; init; }

    /// <summary>Fields of a record, one column each of the parser <c>CopilotEvents</c>.</summary>
    public required ImmutableArray<FieldSpec> Fields { get; init; }

    /// <summary>What records look like in tests and events, or null for audit records of Microsoft 365.</summary>
    public RecordForm? Records { get; init; }

    /// <summary>Words of which a record of Copilot's has at least one, wherever; a source's <see cref="SourceSpec.Where"/> finds them as
    /// <c>Terms_</c>.</summary>
    public required ImmutableArray<Spanned<string>> Terms { get; init; }

    /// <summary>A KQL predicate over fields that are read, not worked out, which tells Copilot's records from others in sources that have a
    /// <see cref="SourceSpec.Where"/>; null when every row of every source is Copilot's.</summary>
    public required YamlText? Where { get; init; }

    /// <summary>What makes two records one turn of an agent, or null when each record stands for itself.</summary>
    public required TurnSpec? Turn { get; init; }

    /// <summary>The parsers: a row for each record, or for each element of one of its arrays.</summary>
    public required ImmutableArray<ParserSpec> Parsers { get; init; }

    /// <summary>What records are in a schema of ASIM, or null.</summary>
    public required AsimSpec? Asim { get; init; }

    /// <summary>Names of values in other products.</summary>
    public required ImmutableArray<MapSpec> Maps { get; init; }
}

/// <summary>What tells a record from other JSON, and where it says when it happened.</summary>
/// <param name="Time">The member with the time.</param>
/// <param name="Members">Members of which every record has at least one.</param>
public sealed record RecordForm(string Time, ImmutableArray<string> Members)
{
    /// <summary>An audit record of Microsoft 365.</summary>
    public static RecordForm Audit { get; } =
        new("CreationTime", ["RecordType", "Operation", "Workload", "CopilotEventData", "CopilotSettingsEventData", "AccessedResources", "Messages"]);
}

/// <summary>Two records that tell of the same turn: one is counted, the other was written shortly before it. Expressions may name fields that
/// are read, not those that are worked out.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Key">KQL for what both have in common; empty for a record that has no other.</param>
/// <param name="Counts">A KQL predicate that holds for the one that is counted.</param>
/// <param name="Before">How long before the counted one the other may have happened.</param>
/// <param name="After">How long after it.</param>
/// <param name="Share">Text fields that either takes from the other when its own is empty.</param>
public sealed record TurnSpec(SourceSpan Place, YamlText Key, YamlText Counts, Spanned<TimeSpan> Before, Spanned<TimeSpan> After, ImmutableArray<Spanned<string>> Share);

/// <summary>A table that carries audit records and where the parts of a record are in its rows.</summary>
public sealed record SourceSpec
{
    /// <summary>Name of the source.</summary>
    public required Spanned<string> Name { get; init; }

    /// <summary>Says that it replaces a source of the pack below it.</summary>
    public required Spanned<bool>? Override { get; init; }

    /// <summary>What it is and where it comes from.</summary>
    public required string Description { get; init; }

    /// <summary>The table.</summary>
    public required Spanned<string> Table { get; init; }

    /// <summary>Sentinel's id of the connector that fills the table, or null for a custom pipeline.</summary>
    public required Spanned<string>? Connector { get; init; }

    /// <summary>Whether its rows are read when a project names no sources.</summary>
    public required bool Enabled { get; init; }

    /// <summary>A KQL predicate that keeps the Copilot rows of a table that has others too, or null.</summary>
    public required YamlText? Where { get; init; }

    /// <summary>Path of the whole audit record in a row, or null where the table has its members as columns.</summary>
    public required Spanned<string>? Record { get; init; }

    /// <summary>Paths of CopilotEventData's content in a row, tried in order; empty where a row has none.</summary>
    public required ImmutableArray<Spanned<string>> Event { get; init; }

    /// <summary>Path of CopilotSettingsEventData's content in a row.</summary>
    public required Spanned<string>? Settings { get; init; }

    /// <summary>Fields that the table has as a column or path of its own: field name to path.</summary>
    public required ImmutableArray<(Spanned<string> Field, Spanned<string> Path)> Columns { get; init; }

    /// <summary>Whether a row has a record or parts of one, and not only columns.</summary>
    public bool HasParts => Record is not null || !Event.IsEmpty || Settings is not null;

    /// <summary>The columns of a custom table, for a table that is not Microsoft's; empty otherwise.</summary>
    public required ImmutableArray<Spanned<Column>> Declares { get; init; }

    /// <summary>Names of the record types that reach the table; empty when all do.</summary>
    public required ImmutableArray<Spanned<string>> Delivers { get; init; }

    /// <summary>Whether the kit writes the table and the data collection rule that fills it, with the place that says so; null when it does not.</summary>
    public required Spanned<bool>? Ingestion { get; init; }

    /// <summary>How an audit record becomes a row of the table; empty when the mapping does not say.</summary>
    public required ImmutableArray<RowColumnSpec> Row { get; init; }

    /// <summary>The column that says when a row happened: TimeGenerated in every table of a workspace, Timestamp in Defender's.</summary>
    public string TimeColumn { get; init; } = "TimeGenerated";
}

/// <summary>What a column of a row holds: a part of the audit record, or always the same.</summary>
/// <param name="Column">The column.</param>
/// <param name="Record">Paths in the audit record, tried in order, $ for all of it; empty for a value that is always the same.</param>
/// <param name="Values">The field whose <see cref="FieldSpec.Values"/> name the record's codes, or null.</param>
/// <param name="Value">The value that is always the same, or null.</param>
/// <param name="Names">What the column says in place of what the record says, for this column alone.</param>
public sealed record RowColumnSpec(
    Spanned<string> Column,
    ImmutableArray<Spanned<string>> Record,
    Spanned<string>? Values,
    Spanned<string>? Value,
    ImmutableArray<(Spanned<string> Code, Spanned<string> Name)> Names);

/// <summary>A normalised field: its name, type and where it is in an audit record.</summary>
public sealed record FieldSpec
{
    /// <summary>The column's name.</summary>
    public required Spanned<string> Name { get; init; }

    /// <summary>Says that it replaces a field of the pack below it.</summary>
    public required Spanned<bool>? Override { get; init; }

    /// <summary>Kusto type: string, bool, int, long, real, datetime, timespan, guid, dynamic.</summary>
    public required Spanned<string> Type { get; init; }

    /// <summary>What it holds, in which format, from which member.</summary>
    public required string Description { get; init; }

    /// <summary>Marked as personal data by the vendor's schema.</summary>
    public required bool Pii { get; init; }

    /// <summary>Whether the value is a collection; a single object is read as a collection of one.</summary>
    public required bool Array { get; init; }

    /// <summary>Paths in the audit record (or in the element), tried in order; spelling variants stand side by side.</summary>
    public required ImmutableArray<Spanned<string>> Record { get; init; }

    /// <summary>Paths in CopilotEventData, tried after those in the record.</summary>
    public required ImmutableArray<Spanned<string>> Event { get; init; }

    /// <summary>Paths in CopilotSettingsEventData, tried last.</summary>
    public required ImmutableArray<Spanned<string>> Settings { get; init; }

    /// <summary>Names for the codes that a source may carry instead: 261 to CopilotInteraction.</summary>
    public required ImmutableArray<(Spanned<string> Code, Spanned<string> Name)> Values { get; init; }

    /// <summary>A KQL expression over the other fields, or null. It stands instead of paths; its result may be a code of <see cref="Values"/>.</summary>
    public required YamlText? Expression { get; init; }
}

/// <summary>A parser function.</summary>
public sealed record ParserSpec
{
    /// <summary>The function's name in KQL.</summary>
    public required Spanned<string> Name { get; init; }

    /// <summary>Says that it replaces a parser of the pack below it.</summary>
    public required Spanned<bool>? Override { get; init; }

    /// <summary>What a row of it is.</summary>
    public required Spanned<string> Description { get; init; }

    /// <summary>The template that renders it, in templates/parsers.</summary>
    public required Spanned<string> Template { get; init; }

    /// <summary>A collection field of the record whose elements are its rows, or null for a row for each record.</summary>
    public required Spanned<string>? Each { get; init; }

    /// <summary>KQL over <c>Element_</c> that is read in place of an element as it stands, or null.</summary>
    public required YamlText? Element { get; init; }

    /// <summary>Whether a record without elements gives one row too, with the element's fields null.</summary>
    public required bool KeepEmpty { get; init; }

    /// <summary>A KQL predicate over the fields of the record that keeps some records, or null.</summary>
    public required YamlText? Where { get; init; }

    /// <summary>Whether its records may be half of a turn.</summary>
    public required bool Turns { get; init; }

    /// <summary>The field of an element that tells whether the other record of a turn lists the same element, which then counts once; null
    /// where every element counts.</summary>
    public required Spanned<string>? Identity { get; init; }

    /// <summary>Fields of the record that each row repeats.</summary>
    public required ImmutableArray<Spanned<string>> Keep { get; init; }

    /// <summary>Fields of an element; their paths start at the element.</summary>
    public required ImmutableArray<FieldSpec> Fields { get; init; }

    /// <summary>The column that keeps the members of an element that no field reads, or null.</summary>
    public required Spanned<string>? Rest { get; init; }
}
