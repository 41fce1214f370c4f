using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Content;

/// <summary>Sentinel's alert severities.</summary>
public enum AlertSeverity
{
    /// <summary>No threat by itself.</summary>
    Informational,

    /// <summary>Little impact.</summary>
    Low,

    /// <summary>Some impact.</summary>
    Medium,

    /// <summary>Act at once.</summary>
    High,
}

/// <summary>The two kinds of analytics rule that run a query.</summary>
public enum RuleKind
{
    /// <summary>Runs at a frequency over a period.</summary>
    Scheduled,

    /// <summary>Near real time: runs every minute over what was ingested in that minute.</summary>
    Nrt,
}

/// <summary>How a scheduled rule compares the number of rows with its threshold.</summary>
public enum TriggerOperator
{
    /// <summary>More rows.</summary>
    GreaterThan,

    /// <summary>Fewer rows.</summary>
    LessThan,

    /// <summary>As many rows.</summary>
    Equal,

    /// <summary>More or fewer rows.</summary>
    NotEqual,
}

/// <summary>One alert a run, or one for each row.</summary>
public enum EventGrouping
{
    /// <summary>All rows of a run in one alert.</summary>
    SingleAlert,

    /// <summary>An alert for each row.</summary>
    AlertPerResult,
}

/// <summary>Which alerts of a rule join one incident.</summary>
public enum MatchingMethod
{
    /// <summary>All entities are the same.</summary>
    AllEntities,

    /// <summary>Any alert of the rule.</summary>
    AnyAlert,

    /// <summary>The chosen entities and details are the same.</summary>
    Selected,
}

/// <summary>When a scheduled rule runs and how much it reads.</summary>
/// <param name="Frequency">Time between runs, 5 minutes to 14 days.</param>
/// <param name="Period">How far back a run reads, 5 minutes to 14 days.</param>
public sealed record Schedule(Spanned<TimeSpan> Frequency, Spanned<TimeSpan> Period);

/// <summary>When the number of result rows raises an alert.</summary>
public sealed record Trigger(Spanned<TriggerOperator> Operator, Spanned<int> Threshold)
{
    /// <summary>Any row raises an alert.</summary>
    public static Trigger AnyRow(SourceSpan span) => new(new(TriggerOperator.GreaterThan, span), new(0, span));
}

/// <summary>What an alert shows instead of the rule's own name, description, severity and tactics.</summary>
public sealed record AlertDetails(
    Spanned<string>? NameFormat,
    Spanned<string>? DescriptionFormat,
    Spanned<string>? SeverityColumn,
    Spanned<string>? TacticsColumn,
    ImmutableArray<CustomDetail> DynamicProperties);

/// <summary>How alerts become incidents.</summary>
/// <param name="Create">Whether alerts create incidents at all.</param>
/// <param name="Grouping">How alerts are grouped, or null for an incident an alert.</param>
public sealed record IncidentSettings(bool Create, IncidentGrouping? Grouping);

/// <summary>How alerts are grouped into one incident.</summary>
/// <param name="Matching">What must be the same.</param>
/// <param name="Lookback">How long an incident takes further alerts, 5 minutes to 7 days.</param>
/// <param name="Reopen">Whether a closed incident is reopened.</param>
/// <param name="Entities">Entity types, for <see cref="MatchingMethod.Selected"/>.</param>
/// <param name="AlertDetails">DisplayName or Severity, for <see cref="MatchingMethod.Selected"/>.</param>
/// <param name="CustomDetails">Keys of custom details, for <see cref="MatchingMethod.Selected"/>.</param>
public sealed record IncidentGrouping(
    Spanned<MatchingMethod> Matching,
    Spanned<TimeSpan> Lookback,
    bool Reopen,
    ImmutableArray<Spanned<string>> Entities,
    ImmutableArray<Spanned<string>> AlertDetails,
    ImmutableArray<Spanned<string>> CustomDetails);

/// <summary>An analytics rule as Sentinel knows it.</summary>
public sealed record AnalyticsRule : ContentItem
{
    /// <summary>The most characters that a rule's query may have. Saved searches (hunts and parsers) have no documented limit.</summary>
    public const int MaxQueryLength = 10_000;

    /// <summary>Scheduled or NRT.</summary>
    public required Spanned<RuleKind> Kind { get; init; }

    /// <summary>Severity of its alerts.</summary>
    public required Spanned<AlertSeverity> Severity { get; init; }

    /// <summary>Whether it is enabled when deployed.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The KQL it runs.</summary>
    public required Query Query { get; init; }

    /// <summary>Null for an NRT rule.</summary>
    public required Schedule? Schedule { get; init; }

    /// <summary>Null for an NRT rule.</summary>
    public required Trigger? Trigger { get; init; }

    /// <summary>ATT&amp;CK tactics and techniques.</summary>
    public required Attack Attack { get; init; }

    /// <summary>Entities of its alerts.</summary>
    public required ImmutableArray<EntityMapping> Entities { get; init; }

    /// <summary>Custom details of its alerts.</summary>
    public required ImmutableArray<CustomDetail> CustomDetails { get; init; }

    /// <summary>What alerts show instead of the rule's own texts, or null.</summary>
    public required AlertDetails? AlertDetails { get; init; }

    /// <summary>One alert a run or a row, or null for Sentinel's default (one a run).</summary>
    public required Spanned<EventGrouping>? EventGrouping { get; init; }

    /// <summary>How alerts become incidents, or null for Sentinel's default.</summary>
    public required IncidentSettings? Incident { get; init; }

    /// <summary>How long the rule stays silent after an alert, or null for never.</summary>
    public required Spanned<TimeSpan>? Suppression { get; init; }

    /// <summary>The rule as a custom detection of Defender; null where that was not asked for or cannot be.</summary>
    public CustomDetection? CustomDetection { get; init; }

    /// <summary>Why it can be no custom detection, as a whole sentence; null where it can, or nobody asked.</summary>
    public string? NoCustomDetection { get; init; }
}
