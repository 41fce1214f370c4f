using System.Collections.Immutable;
using CopilotSentinelKit.Findings.Policy;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Pack;

/// <summary>Everything that is to be generated: the shipped pack with the project's layers over it, names resolved.</summary>
/// <param name="Publisher">Publisher named in the content.</param>
/// <param name="Mapping">The normalised event and how it is read.</param>
/// <param name="Detections">Rules and hunts that are not disabled, by id in ordinal order.</param>
/// <param name="Watchlists">Watchlists to emit, by alias in ordinal order.</param>
/// <param name="Workbooks">Workbooks to emit, by id in ordinal order.</param>
/// <param name="Workspace">What the workspace has beside Microsoft's tables and this pack's own content.</param>
/// <param name="Formats">Formats to write.</param>
/// <param name="Output">The output folder, from the project's folder.</param>
/// <param name="Parsers">Where rules find the parsers.</param>
/// <param name="Templates">Template files by name.</param>
public sealed record ResolvedPack(
    string Publisher,
    Mapping Mapping,
    ImmutableArray<Detection> Detections,
    ImmutableArray<PackWatchlist> Watchlists,
    ImmutableArray<PackWorkbook> Workbooks,
    Workspace Workspace,
    ImmutableArray<OutputFormat> Formats,
    string Output,
    ParserPlacement Parsers,
    TemplateSet Templates)
{
    /// <summary>The name of the project's pack, or of the shipped one.</summary>
    public string Name { get; init; } = PackBuilder.ShippedPack;

    /// <summary>What Content Hub must know, or null.</summary>
    public SolutionSpec? Solution { get; init; }

    /// <summary>The project's kit.yaml, all of it, or null where there is none.</summary>
    public SourceSpan? Kit { get; init; }

    /// <summary>Ids of detections that kit.yaml leaves out, where it says so.</summary>
    public ImmutableArray<Spanned<string>> LeftOut { get; init; } = [];

    /// <summary>The folders that output of the project goes to, in all its environments: the one without an environment first.</summary>
    public ImmutableArray<string> Outputs { get; init; } = [];

    /// <summary>Which findings do not count, and which are more or less severe.</summary>
    public ImmutableArray<FindingRule> FindingRules { get; init; } = [];

    /// <summary>The tenant of csk simulate, or null where the shipped one is missing or wrong.</summary>
    public SimulationSpec? Simulation { get; init; }

    /// <summary>Summary rules to emit, by id in ordinal order.</summary>
    public ImmutableArray<PackSummary> Summaries { get; init; } = [];

    /// <summary>Automation rules to emit, by id in ordinal order.</summary>
    public ImmutableArray<PackAutomation> Automation { get; init; } = [];

    /// <summary>Tests of detections, hunts, summary rules and parsers, by id or name in ordinal order; a target without tests is not there.</summary>
    public ImmutableArray<TargetTests> Tests { get; init; } = [];
}

/// <summary>The tests of a detection, hunt or parser.</summary>
/// <param name="Target">The id of the detection or hunt, or the name of the parser.</param>
/// <param name="Tests">Its tests, in the order written; those of files of their own last.</param>
public sealed record TargetTests(string Target, ImmutableArray<TestSpec> Tests)
{
    /// <summary>Whether its shipped tests rest, because kit.yaml changes what they hold for.</summary>
    public bool Rests { get; init; }
}

/// <summary>A detection with its layers applied.</summary>
/// <param name="Spec">As written, changed by kit.yaml where it says so.</param>
/// <param name="Pack">Name of the pack whose content it is, part of its GUID: a detection that a project overrides keeps the pack's.</param>
public sealed record Detection(DetectionSpec Spec, string Pack);

/// <summary>A watchlist and the pack whose content it is.</summary>
public sealed record PackWatchlist(WatchlistSpec Spec, string Pack);

/// <summary>A workbook and the pack whose content it is.</summary>
public sealed record PackWorkbook(WorkbookSpec Spec, string Pack);

/// <summary>A summary rule and the pack whose content it is.</summary>
public sealed record PackSummary(SummarySpec Spec, string Pack);

/// <summary>An automation rule and the pack whose content it is.</summary>
/// <param name="Spec">As written.</param>
/// <param name="Pack">Name of the pack whose content it is.</param>
/// <param name="Detections">The detections that it is for; any rule of the workspace when empty.</param>
public sealed record PackAutomation(AutomationSpec Spec, string Pack, ImmutableArray<Detection> Detections);

/// <summary>Tables, functions and watchlists that queries may use and the kit does not emit.</summary>
public sealed record Workspace(
    ImmutableArray<KqlTable> Tables,
    ImmutableArray<KqlFunction> Functions,
    ImmutableArray<KqlWatchlist> Watchlists)
{
    /// <summary>Nothing beside Microsoft's tables.</summary>
    public static Workspace Empty { get; } = new([], [], []);
}

/// <summary>The mapping with its layers applied.</summary>
/// <param name="Version">Version of the parsers.</param>
/// <param name="Sources">Enabled sources in the order written: a record that several carry is read from the first.</param>
/// <param name="Fields">Fields of a record in the order written.</param>
/// <param name="Parsers">The parsers in the order written.</param>
/// <param name="DeclaredTables">Custom tables of all sources, enabled or not.</param>
/// <param name="KeepsRest">Whether members that no field reads are kept in <see cref="AdditionalFields"/>.</param>
public sealed record Mapping(
    Spanned<string> Version,
    ImmutableArray<SourceSpec> Sources,
    ImmutableArray<FieldSpec> Fields,
    ImmutableArray<ParserSpec> Parsers,
    ImmutableArray<KqlTable> DeclaredTables,
    bool KeepsRest = true)
{
    /// <summary>The fields before any were left out of a copy: what they read is no rest, whether a copy reads it or not.</summary>
    public ImmutableArray<FieldSpec> AllFields { get; } = Fields;

    /// <summary>Names that a copy for one rule shows of the record's fields, and of the elements'; null in the whole mapping, which shows all.</summary>
    public (ImmutableHashSet<string> OfRecord, ImmutableHashSet<string> OfElements)? Shown { get; init; }

    /// <summary>Whether rows of turns are asked for, and rows of records.</summary>
    public (bool Turns, bool Records) Asked { get; init; } = (true, true);

    /// <summary>Whether parsers give personal data as hashes, or not at all.</summary>
    public bool Masked { get; init; }

    /// <summary>Name of the pack whose parsers these are, part of their GUIDs.</summary>
    public string Pack { get; init; } = PackBuilder.ShippedPack;

    /// <summary>The day of the version, or null.</summary>
    public string? Updated { get; init; }

    /// <summary>What records look like in tests and events.</summary>
    public RecordForm Records { get; init; } = RecordForm.Audit;

    /// <summary>Words of which a record of Copilot's has at least one.</summary>
    public ImmutableArray<Spanned<string>> Terms { get; init; } = [];

    /// <summary>Tables of sources that are not enabled: a test that gives them rows does not apply.</summary>
    public ImmutableArray<string> RestingTables { get; init; } = [];

    /// <summary>Tells Copilot's records from others in sources that have both, or null.</summary>
    public YamlText? Where { get; init; }

    /// <summary>KQL that tells records apart where <c>RecordId</c> does not: over the raw record, behind the union; null for the field itself.</summary>
    public string? RecordKey { get; init; }

    /// <summary>What makes two records one turn, or null.</summary>
    public TurnSpec? Turn { get; init; }

    /// <summary>What records are in a schema of ASIM, or null.</summary>
    public AsimSpec? Asim { get; init; }

    /// <summary>Names of all parsers in KQL, those of ASIM last.</summary>
    public ImmutableArray<string> ParserNames =>
        [.. Parsers.Select(parser => parser.Name.Value), .. Asim?.ParserNames ?? []];

    /// <summary>Names of values in other products.</summary>
    public ImmutableArray<MapSpec> Maps { get; init; } = [];

    /// <summary>Names of all sources, enabled or not.</summary>
    public ImmutableArray<string> AllSources { get; init; } = [];

    /// <summary>The parsers before any of their fields were left out of a copy.</summary>
    public ImmutableArray<ParserSpec> AllParsers { get; } = Parsers;

    /// <summary>Columns that the kit gives every record parser before the fields: when it happened, when Sentinel took it in (lost
    /// after a union, so each source's branch reads it), and the table it came from.</summary>
    public static ImmutableArray<Column> FixedColumns { get; } =
        [new("TimeGenerated", "datetime"), new("IngestionTime", "datetime"), new("SourceTable", "string")];

    /// <summary>Columns of a mapping that has a <see cref="Turn"/>: the turn that a record belongs to, the id of the record that counts, and
    /// the turn's other record (RecordId, CameFirst, Event), null when there is none.</summary>
    public static ImmutableArray<Column> TurnColumns { get; } = [new("TurnId", "string"), new("Twin", "dynamic")];

    /// <summary>The columns of the record parser: the fixed ones, a column for each field, the rest.</summary>
    public ImmutableArray<Spanned<Column>> EventColumns =>
    [
        .. FixedColumns.Concat(Turn is null ? [] : TurnColumns).Select(column => new Spanned<Column>(column, Version.Span)),
        .. Fields.Where(spec => Shown is not { } shown || shown.OfRecord.Contains(spec.Name.Value)).Select(ColumnOf),
        .. KeepsRest ? [new(new(AdditionalFields, "dynamic"), Version.Span)] : ImmutableArray<Spanned<Column>>.Empty,
    ];

    /// <summary>The column of a field; findings about it point at its type.</summary>
    internal static Spanned<Column> ColumnOf(FieldSpec spec) => new(new(spec.Name.Value, spec.Type.Value), spec.Type.Span);

    /// <summary>The field that records are told apart by.</summary>
    public const string RecordId = "RecordId";

    /// <summary>The column that keeps members of a record that no field reads.</summary>
    public const string AdditionalFields = "AdditionalFields";
}
