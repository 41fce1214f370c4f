using static CopilotSentinelKit.Spec.Key;
using static CopilotSentinelKit.Spec.SharedShapes;

namespace CopilotSentinelKit.Spec;

/// <summary>The keys of tests.</summary>
internal static class TestShape
{
    private const int MostCopies = 100_000;

    private static readonly TextShape EventFile = new(Forms.EventFile);

    private static readonly TextShape RowFile = new(Forms.RowFile);

    private static readonly MapShape Row = MapShape.Of("a row", new(null, new DataShape(), "A column and its value; a datetime may be relative to the test's clock, as in -5m."));

    private static readonly MapShape Members = MapShape.Of("members of a record", new(Forms.MemberPath, new DataShape(), "The path of a member, such as CopilotEventData.AppHost or CopilotEventData.AccessedResources.0.Name, and its value."));

    private static readonly Key[] Copies =
    [
        Optional("at", new ItemOrListShape(new TextShape(Forms.EventTime)), "When it happens, once for each time that is given; the time in the record when left out."),
        Optional("repeat", new IntegerShape(1, MostCopies), "How often it happens; once when left out."),
        Optional("every", new TextShape(Forms.Step), "The time from one to the next."),
        Optional("delay", new TextShape(Forms.Step), "The time from the event to its arrival in the table, as ingestion_time() shows it; none when left out."),
        Optional("set", Members, "Members that are set in each record."),
        Optional("vary", Members, "Members that change from record to record: a list to go through, or a value; {n} in its texts is the number of the record."),
    ];

    private static readonly VariantShape Event = new("an event",
    [
        new("records of a file", [Required("file", EventFile, "The file with the records."), .. Copies]),
        new("a record that is written out", [Required("record", MapShape.Of("a record", new(null, new DataShape(), "A member of the audit record.")), "The audit record, as the Office 365 Management Activity API gives it."), .. Copies]),
    ]);

    private static readonly ListShape Rows = new(Row, Min: 0);

    private static readonly MapShape Entity = new(
        "an entity of an alert",
        [Required("type", Line, "Its type, such as Account.")],
        new(Forms.Identifier, new ScalarShape(), "An identifier, such as FullName, and its value."));

    private static readonly MapShape Alert = new("an expected alert",
    [
        Optional("title", Line, "Its title, with the values of columns put in."),
        Optional("description", Lines, "Its description, with the values of columns put in."),
        Optional("severity", Severities.Shape, "Its severity."),
        Optional("tactics", new ListShape(Line, Min: 0), "Its tactics."),
        Optional("entities", new ListShape(Entity, Min: 0), "All its entities, in any order, each with all its identifiers."),
        Optional("details", MapShape.Of("the custom details of an alert", new(Forms.Identifier, new ItemOrListShape(new ScalarShape()), "A key and its values.")), "Custom details that it must have."),
    ]);

    private static readonly MapShape SomeRows = new("an expectation",
    [
        Optional("count", new IntegerShape(0, int.MaxValue), "The number of rows; any when left out."),
        Optional("rows", new ListShape(Row), "Rows that must be among them."),
        Optional("ordered", Flag, "true when these rows must come in this order; others may stand between them."),
        Optional("columns", new ListShape(new ScalarShape()), "Names of all columns of the result, in their order."),
        Optional("alerts", new FormsShape(new ScalarShape(Forms.RowCount), null, new ListShape(Alert, Min: 0)), "The alerts that Sentinel makes of the rows, in any order, each with what matters of it; none; a number of alerts. Of an analytics rule only."),
    ]);

    private static readonly FormsShape GivenRows = new(RowFile, null, Rows);

    private static readonly MapShape DeclaredRows = new("rows with columns of their own",
    [
        Optional("columns", Columns("a table"), "Columns that nothing else declares."),
        Optional("rows", GivenRows, "The rows, or a file with them; none when left out."),
    ]);

    private static readonly MapShape Stub = new("a function that stands in for another",
    [
        Optional("parameters", MapShape.Of("parameters of a function", new(Forms.Identifier, KustoType, "A parameter and its type. A call may leave it out.")), "What it takes."),
        Optional("columns", Columns("a function"), "The columns that it returns; those of its rows, by their values, when left out."),
        Optional("rows", GivenRows, "What it returns, whatever it is given; nothing when left out."),
    ]);

    /// <summary>Audit records.</summary>
    public static FormsShape Events { get; } = new(EventFile, Event, new ListShape(new FormsShape(EventFile, Event, null)));

    /// <summary>Rows of tables.</summary>
    public static MapShape Tables { get; } = MapShape.Of("the tables of a test", new(Forms.Identifier, new FormsShape(RowFile, DeclaredRows, Rows), "A table and its rows, or a file with them; with columns, for a table that neither Microsoft nor kit.yaml nor the repository declares."));

    /// <summary>Rows of watchlists.</summary>
    public static MapShape Watchlists { get; } = MapShape.Of("the watchlists of a test", new(Forms.Alias, GivenRows, "A watchlist's alias and its rows, or a file with them."));

    private static readonly MapShape Test = new("a test",
    [
        Required("name", Line, "What it shows."),
        Optional("sources", new ListShape(Name), "Sources to run it on; each enabled one, and all together, when left out."),
        Optional("now", new TextShape(Forms.Instant), "What now() gives, UTC; 2026-01-15T12:00:00Z when left out."),
        Optional("events", Events, "The audit records: files, or records that are copied and changed."),
        Optional("tables", Tables, "Rows of other tables that the query reads; a table that is not named is empty."),
        Optional("watchlists", Watchlists, "Rows of watchlists, in place of those that the project gives them."),
        Optional("functions", MapShape.Of("the functions of a test", new(Forms.Identifier, new FormsShape(RowFile, Stub, Rows), "A function and the rows that it returns, or a file with them.")), "Functions of the workspace whose body is not there."),
        Optional("externaldata", MapShape.Of("the external data of a test", new(null, GivenRows, "An address that externaldata names, and its rows, or a file with them.")), "What externaldata reads."),
        Optional("replay", Flag, "Whether csk test --schedule replays its events through the rule's schedule; true when left out. False for a test that holds at its own clock only."),
        Required("expect", new FormsShape(new ScalarShape(Forms.RowCount), SomeRows, Rows), "The rows that the query must return, in any order, each with the columns that matter; none or [] for no row; a number of rows."),
    ]);

    /// <summary>The tests of a detection or of a file.</summary>
    public static ListShape Tests { get; } = new(Test);

    /// <summary>A file of tests.</summary>
    public static MapShape Shape { get; } = new("a test file",
    [
        Required("for", Line, "The id of a detection or hunt, or the name of a parser. Beside existing content also the path of a file as seen from this one, or the name of a rule or hunt."),
        Optional("item", Line, "Which query of that file, where it has several: an id, a display name, the name of a workbook's item. Beside existing content only."),
        Override("tests"),
        Required("tests", Tests, "What happened, and which rows must then come out."),
    ]);
}
