using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>The three kinds of detection.</summary>
public enum DetectionKind
{
    /// <summary>An analytics rule that runs at a frequency.</summary>
    Scheduled,

    /// <summary>A near-real-time analytics rule.</summary>
    Nrt,

    /// <summary>A hunting query.</summary>
    Hunting,
}

/// <summary>A detection as a person wrote it (rules/detections/*.yaml, rules/hunts/*.yaml). A value that was missing or wrong has
/// been reported and stands here as its default, so that later stages can go on and report more.</summary>
public sealed record DetectionSpec
{
    /// <summary>The file it was read from, all of it.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>kebab-case, unique in the pack.</summary>
    public required Spanned<string> Id { get; init; }

    /// <summary>GUID to use instead of the derived one.</summary>
    public required Spanned<Guid>? Guid { get; init; }

    /// <summary>X.Y.Z.</summary>
    public required Spanned<string> Version { get; init; }

    /// <summary>scheduled, nrt or hunting.</summary>
    public required Spanned<DetectionKind> Kind { get; init; }

    /// <summary>Says that it replaces a detection of the pack below it.</summary>
    public required Spanned<bool>? Override { get; init; }

    /// <summary>Name shown in Sentinel.</summary>
    public required Spanned<string> Name { get; init; }

    /// <summary>Description shown in Sentinel.</summary>
    public required Spanned<string> Description { get; init; }

    /// <summary>Alert severity; null in a hunt.</summary>
    public required Spanned<AlertSeverity>? Severity { get; init; }

    /// <summary>Whether the rule is enabled when deployed.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Says that it is about to go, or null.</summary>
    public DeprecationSpec? Deprecation { get; init; }

    /// <summary>every and lookback; null when not written.</summary>
    public required ScheduleSpec? Schedule { get; init; }

    /// <summary>When rows raise an alert; null when not written.</summary>
    public required Trigger? Trigger { get; init; }

    /// <summary>ATT&amp;CK tactics and techniques.</summary>
    public required Attack Attack { get; init; }

    /// <summary>MITRE ATLAS technique ids.</summary>
    public required ImmutableArray<Spanned<string>> Atlas { get; init; }

    /// <summary>OWASP LLM Top 10 (2025) ids.</summary>
    public required ImmutableArray<Spanned<string>> Owasp { get; init; }

    /// <summary>Values that the query's template names, in the order written.</summary>
    public required ImmutableArray<ParameterSpec> Parameters { get; init; }

    /// <summary>Name of an archetype in templates/detections, or null.</summary>
    public required Spanned<string>? Template { get; init; }

    /// <summary>A template that gives KQL.</summary>
    public required YamlText Query { get; init; }

    /// <summary>Says that query and description are written as they stand, or null.</summary>
    public Spanned<bool>? Verbatim { get; init; }

    /// <summary>The connectors that it says it needs; empty where it says nothing.</summary>
    public ImmutableArray<DeclaredConnector> Connectors { get; init; } = [];

    /// <summary>What its files have beside what the other keys say.</summary>
    public FurtherFields Further { get; init; } = FurtherFields.None;

    /// <summary>Entities of its alerts or results.</summary>
    public required ImmutableArray<EntityMapping> Entities { get; init; }

    /// <summary>Custom details of its alerts.</summary>
    public required ImmutableArray<CustomDetail> Details { get; init; }

    /// <summary>What alerts show instead of the rule's own texts, or null.</summary>
    public required AlertDetails? Alert { get; init; }

    /// <summary>One alert a run or a row, or null.</summary>
    public required Spanned<EventGrouping>? Events { get; init; }

    /// <summary>How alerts become incidents, or null.</summary>
    public required IncidentSettings? Incident { get; init; }

    /// <summary>How long the rule stays silent after an alert, or null.</summary>
    public required Spanned<TimeSpan>? Suppression { get; init; }

    /// <summary>What else looks like this, for the analyst.</summary>
    public required ImmutableArray<Spanned<string>> FalsePositives { get; init; }

    /// <summary>What to do about an alert, for the analyst.</summary>
    public required Spanned<string>? Response { get; init; }

    /// <summary>Absolute URLs.</summary>
    public required ImmutableArray<Spanned<string>> References { get; init; }

    /// <summary>What happened, and which rows the query must then return.</summary>
    public required ImmutableArray<TestSpec> Tests { get; init; }
}

/// <summary>Why a detection goes, and the id of the one to use instead, or null.</summary>
public sealed record DeprecationSpec(Spanned<string> Reason, Spanned<string>? ReplacedBy);

/// <summary>When a rule runs and how much it reads; a missing part is null.</summary>
public sealed record ScheduleSpec(SourceSpan Span, Spanned<TimeSpan>? Every, Spanned<TimeSpan>? Lookback)
{
    /// <summary>The upper schedule, with the parts of the lower one that it leaves out.</summary>
    internal static ScheduleSpec? Merge(ScheduleSpec? below, ScheduleSpec? above) =>
        above is null ? below : new(above.Span, above.Every ?? below?.Every, above.Lookback ?? below?.Lookback);
}

/// <summary>The types a parameter can have; each is written into KQL as a literal of that type, and <c>Column</c> as a name.</summary>
public enum ParameterType
{
    /// <summary>32-bit number.</summary>
    Int,

    /// <summary>64-bit number.</summary>
    Long,

    /// <summary>Floating-point number.</summary>
    Real,

    /// <summary>Text.</summary>
    String,

    /// <summary>true or false.</summary>
    Bool,

    /// <summary>5m, 1h, 14d.</summary>
    Timespan,

    /// <summary>ISO 8601 date and time.</summary>
    Datetime,

    /// <summary>The name of a column.</summary>
    Column,

    /// <summary>A list of texts.</summary>
    Strings,

    /// <summary>A list of column names.</summary>
    Columns,
}

/// <summary>A parameter of a detection and its value.</summary>
/// <param name="Name">The name that the template uses.</param>
/// <param name="Type">Its type.</param>
/// <param name="Value">Its value as written, a <see cref="YamlText"/> or a <see cref="YamlList"/> of them, already checked against the type.</param>
/// <param name="Description">What it is for.</param>
public sealed record ParameterSpec(Spanned<string> Name, ParameterType Type, YamlValue Value, string Description);
