using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>Tests of a file of their own (rules/tests/*.yaml).</summary>
/// <param name="For">The id of a detection or hunt, or the name of a parser.</param>
/// <param name="Override">Says that they replace the tests of the pack below.</param>
/// <param name="Tests">The tests.</param>
public sealed record TestFileSpec(Spanned<string> For, Spanned<bool>? Override, ImmutableArray<TestSpec> Tests)
{
    /// <summary>Which query of a file that has several, or null; only beside existing content.</summary>
    public Spanned<string>? Item { get; init; }
}

/// <summary>A test as a person wrote it: what happened, and which rows the query must then return.</summary>
public sealed record TestSpec
{
    /// <summary>What it shows.</summary>
    public required Spanned<string> Name { get; init; }

    /// <summary>Sources to run it on; empty for each enabled one.</summary>
    public required ImmutableArray<Spanned<string>> Sources { get; init; }

    /// <summary>What now() gives, UTC, or null for <see cref="DefaultNow"/>.</summary>
    public required Spanned<string>? Now { get; init; }

    /// <summary>Whether its events are replayed through the rule's schedule too.</summary>
    public required bool IsReplayed { get; init; }

    /// <summary>The audit records.</summary>
    public required ImmutableArray<EventSpec> Events { get; init; }

    /// <summary>Rows of other tables.</summary>
    public required ImmutableArray<TestTableSpec> Tables { get; init; }

    /// <summary>Rows of watchlists, in place of their own.</summary>
    public required ImmutableArray<TestTableSpec> Watchlists { get; init; }

    /// <summary>What functions of the workspace return whose body is not there.</summary>
    public required ImmutableArray<TestTableSpec> Functions { get; init; }

    /// <summary>What externaldata reads, by address.</summary>
    public required ImmutableArray<TestTableSpec> External { get; init; }

    /// <summary>What the query must return.</summary>
    public required ExpectationSpec Expect { get; init; }

    /// <summary>What now() gives in a test that does not say.</summary>
    public static DateTime DefaultNow { get; } = new(2026, 1, 15, 12, 0, 0, DateTimeKind.Utc);
}

/// <summary>Audit records of a test: those of a file, or one that is written out, as they are or copied and changed.</summary>
public sealed record EventSpec
{
    /// <summary>All of it.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>The file with the records, or null.</summary>
    public required Spanned<string>? File { get; init; }

    /// <summary>The record that is written out, or null.</summary>
    public required YamlMap? Record { get; init; }

    /// <summary>When the first record happens, once for each; empty for the times of the records.</summary>
    public required ImmutableArray<Spanned<string>> At { get; init; }

    /// <summary>How often it happens, or null for once.</summary>
    public required Spanned<int>? Repeat { get; init; }

    /// <summary>The time from one to the next.</summary>
    public required TimeSpan Every { get; init; }

    /// <summary>The time from the event to its arrival in the table.</summary>
    public required TimeSpan Delay { get; init; }

    /// <summary>Members that are set in each record, by path.</summary>
    public required ImmutableArray<YamlEntry> Set { get; init; }

    /// <summary>Members that change from record to record, by path: a list to go through, or a value; {n} in its texts is the number of the record.</summary>
    public required ImmutableArray<YamlEntry> Vary { get; init; }
}

/// <summary>Rows of a table, a watchlist, a function or an address.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">The file with the rows, or null.</param>
/// <param name="Rows">The rows that are written out.</param>
public sealed record TestTableSpec(Spanned<string> Name, Spanned<string>? File, ImmutableArray<YamlMap> Rows)
{
    /// <summary>Columns that it declares itself.</summary>
    public ImmutableArray<Column> Columns { get; init; } = [];

    /// <summary>What a function takes.</summary>
    public ImmutableArray<Column> Parameters { get; init; } = [];
}

/// <summary>What a query must return.</summary>
/// <param name="Span">Where it says so.</param>
/// <param name="Count">The number of rows, or null where only <paramref name="Rows"/> are asked for.</param>
/// <param name="Rows">Rows that must be there, each with some of its columns.</param>
public sealed record ExpectationSpec(SourceSpan Span, int? Count, ImmutableArray<YamlMap> Rows)
{
    /// <summary>Whether these rows must come in the order written.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Names of all columns of the result in their order, or null for any.</summary>
    public ImmutableArray<Spanned<string>>? Columns { get; init; }

    /// <summary>The alerts that the rows become, or null where nothing is said of them.</summary>
    public ExpectedAlertsSpec? Alerts { get; init; }

    /// <summary>Whether the query must return nothing.</summary>
    public bool IsNone => Count == 0;
}

/// <summary>The alerts that Sentinel must make of a query's rows.</summary>
/// <param name="Span">Where it says so.</param>
/// <param name="Count">Their number.</param>
/// <param name="Alerts">Each of them, or none where only the number matters.</param>
public sealed record ExpectedAlertsSpec(SourceSpan Span, int Count, ImmutableArray<ExpectedAlertSpec> Alerts);

/// <summary>An alert that Sentinel must make; what is null or not there may be anything.</summary>
/// <param name="Span">Where it says so.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">Its description.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="Tactics">Its tactics.</param>
/// <param name="Entities">All its entities: type and identifiers.</param>
/// <param name="Details">Custom details that it must have, with their values.</param>
public sealed record ExpectedAlertSpec(
    SourceSpan Span,
    Spanned<string>? Title,
    Spanned<string>? Description,
    Spanned<string>? Severity,
    ImmutableArray<Spanned<string>>? Tactics,
    ImmutableArray<YamlMap>? Entities,
    ImmutableArray<(Spanned<string> Key, ImmutableArray<string> Values)> Details);
