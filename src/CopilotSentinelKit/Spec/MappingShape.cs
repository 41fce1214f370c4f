using System.Collections.Immutable;
using static CopilotSentinelKit.Spec.Key;
using static CopilotSentinelKit.Spec.SharedShapes;

namespace CopilotSentinelKit.Spec;

/// <summary>The keys of a mapping.</summary>
internal static class MappingShape
{
    private static readonly TextShape Path = new(Forms.Path);

    private static readonly ItemOrListShape Paths = new(Path);

    private static readonly VariantShape RowColumn = new("a column of a row",
    [
        new("a column that is read from the record",
        [
            Required("record", new ItemOrListShape(new TextShape(Forms.RecordPath)), "Where its value is in the audit record; of several paths the first that is there counts, and $ is the record itself."),
            Optional("values", Name, "The field whose names stand in the column in place of the record's codes."),
            Optional("names", MapShape.Of("names", new(null, Line, "What the record says and what the column says instead.")), "Names for what the record says, in this column alone."),
        ]),
        new("a column that is always the same", [Required("value", new ScalarShape(), "The value.")]),
    ]);

    private static readonly MapShape Source = new("a source",
    [
        Override("source"),
        Optional("description", Lines, "What the table holds and how it is filled."),
        Required("table", Name, "The table's name."),
        Optional("connector", new TextShape(Forms.Identifier), "Sentinel's id of the data connector that fills the table."),
        Optional("enabled", Flag, "Whether it is read when a project names no sources; true when left out."),
        Optional("where", KqlText, "A KQL predicate that keeps the mapping's rows of a table that has others too."),
        Optional("record", Path, "Where a row has the whole audit record."),
        Optional("event", Paths, "Where a row has the content of CopilotEventData; of several paths the first that is there counts."),
        Optional("settings", Path, "Where a row has the content of CopilotSettingsEventData."),
        Optional("columns", MapShape.Of("the columns of a source", new(Forms.Identifier, Path, "A field and its column or path in a row.")), "Fields that the table has in a place of its own."),
        Optional("declares", Columns("a custom table"), "The columns of a custom table and their types."),
        Optional("delivers", new ListShape(Line), "Names of the record types that reach the table; a record of another known type gives no row in csk test. All when left out."),
        Optional("ingestion", Flag, "Whether generate writes the table, and a data collection rule that makes rows of audit records as \"row\" says; false when left out."),
        Optional("row", MapShape.Of("a row", new(Forms.Identifier, RowColumn, "A column of the table and what it holds.")), "How an audit record becomes a row of the table, for csk test; null in columns that are not named."),
    ]);

    private static readonly MapShape EventField = Field("a field",
    [
        Optional("record", Paths, "Where it is in the audit record; of several paths the first that is there counts."),
        Optional("event", Paths, "Where it is in CopilotEventData, after those in the record."),
        Optional("settings", Paths, "Where it is in CopilotSettingsEventData, last."),
    ]);

    private static readonly MapShape ElementField = Field("a field of an element",
    [
        Optional("record", Paths, "Where it is in the element; of several paths the first that is there counts."),
    ]);

    private static readonly MapShape Turn = new("a turn",
    [
        Required("key", KqlText, "KQL over fields that are read: what both records of a turn have in common, empty for a record that has no other."),
        Required("counts", KqlText, "A KQL predicate over fields that are read: the record that is counted; the other was written shortly before it."),
        Required("before", new TextShape(Forms.Step), "How long before the counted record the other may have happened."),
        Required("after", new TextShape(Forms.Step), "How long after it."),
        Optional("share", new ListShape(Name), "Text fields that either record takes from the other when its own is empty."),
    ]);

    private static readonly MapShape Records = new("records",
    [
        Required("time", new TextShape(Forms.Identifier), "The member that says when a record happened."),
        Required("members", new ListShape(new TextShape(Forms.Identifier)), "Members of which every record has at least one: what has none of them is no record."),
    ]);

    private static readonly MapShape Parser = new("a parser",
    [
        Override("parser"),
        Required("description", Lines, "What a row of it is."),
        Required("template", new TextShape(Forms.TemplateName), "The file of templates/parsers that renders it."),
        Optional("each", Name, "A collection field of the record whose elements are the rows."),
        Optional("element", KqlText, "A KQL expression over Element_, an element as it stands, which is read in its place."),
        Optional("keepEmpty", Flag, "Whether a record without elements gives one row too, with the element's fields null; false when left out."),
        Optional("where", KqlText, "A KQL predicate over the record's fields that keeps some records."),
        Optional("turns", Flag, "Whether its records may be half of a turn; true when left out."),
        Optional("identity", Name, "The field of an element by which it counts once when both records of a turn list it."),
        Optional("keep", new ListShape(Name), "Fields of the record that each row repeats."),
        Optional("fields", Fields("the fields of an element", ElementField), "Columns that are read from the element."),
        Optional("rest", Name, "The column that keeps the members that no field reads."),
    ]);

    private static readonly MapShape Map = new("a map",
    [
        Override("map"),
        Optional("path", new TextShape(Forms.ListPath), "Where the value is in an audit record; left out for what no audit record has."),
        Optional("note", Lines, "What a reader must know of it."),
        Optional("names", ProductNames, "Its names in other products as a source has them."),
        Optional("proposed", ProductNames, "Its names in other products as this mapping proposes them."),
    ]);

    private static readonly MapShape Asim = new("ASIM parsers",
    [
        Required("schema", new TextShape(Forms.Identifier), "The schema of ASIM, AgentEvent for example."),
        Required("name", new TextShape(Forms.Identifier), "What stands behind the schema in the names of the parsers, MicrosoftCopilot for example."),
        Required("product", Line, "The product as people read it."),
        Optional("description", Lines, "What the parsers give."),
        Optional("references", MapShape.Of("references", new(null, Line, "A title and its address.")), "What explains the source."),
        Optional("let", MapShape.Of("helpers", new(Forms.Identifier, KqlText, "A name and a KQL expression over the mapping's fields.")), "Values that several of the fields need."),
        Required("fields", MapShape.Of("fields of a schema", new(Forms.Identifier, KqlText, "A field of the schema and a KQL expression over the mapping's fields and the helpers.")), "The columns of the parsers; EventSchema and EventSchemaVersion are added. AdditionalFields is given when a call asks for it by pack."),
        Optional("omit", MapShape.Of("omitted fields", new(Forms.Identifier, Line, "A recommended field of the schema and why the source cannot give it.")), "Recommended fields that are left out knowingly."),
    ]);

    private static MapShape ProductNames => MapShape.Of("names in products", new(Forms.Id, Line, "A product and the name there."));

    public static MapShape Shape { get; } = new("a mapping",
    [
        Optional("version", SharedShapes.Version, "Three numbers such as 1.0.0: the version of the parsers."),
        Optional("updated", new TextShape(Forms.Day), "The day of that version; the parsers' YAML says it."),
        Optional("records", Records, "What records are like, where they are not audit records of Microsoft 365: for the events of tests."),
        Optional("terms", new ListShape(Line), "Words of which a record has at least one, such as the names of its operations; a source's where finds them as Terms_."),
        Optional("where", KqlText, "A KQL predicate over fields that are read, which tells the mapping's records from others in sources that have a where."),
        Optional("turn", Turn, "What makes two records one turn of an agent."),
        Optional("sources", MapShape.Of("sources", new(Forms.Identifier, Source, "A table that has audit records.")), "Tables that have audit records."),
        Optional("fields", Fields("fields", EventField), "The columns of the parser of records."),
        Optional("parsers", MapShape.Of("parsers", new(Forms.Identifier, Parser, "A function that queries call.")), "The functions that queries call."),
        Optional("asim", Asim, "What records are in a schema of the Advanced Security Information Model: generate writes the parsers ASim... and vim... of it."),
        Optional("maps", MapShape.Of("maps", new(Forms.Identifier, Map, "A value of an audit record and its names in other products.")), "Names in other products, for the format siem and for csk map."),
    ]);

    private static MapShape Fields(string name, MapShape field) => MapShape.Of(name, new(Forms.Identifier, field, "A column and where it is read from."));

    private static MapShape Field(string name, ImmutableArray<Key> places) => new(name,
    [
        Override("field"),
        Required("type", KustoType, "Its KQL type."),
        Optional("description", Lines, "What it holds, in which format."),
        Optional("pii", Flag, "Whether it is personal data; false when left out."),
        Optional("array", Flag, "Whether it is a collection; a single object is then read as a collection of one. false when left out."),
        .. places,
        Optional("values", MapShape.Of("values", new(null, Line, "A code and the name that stands for it.")), "Names for codes."),
        Optional("expression", KqlText, "A KQL expression over the fields before it, in place of a path."),
    ]);
}
