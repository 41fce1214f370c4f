using System.Collections.Immutable;

namespace CopilotSentinelKit.Content;

/// <summary>A rule as a custom detection of Microsoft Defender XDR: over Defender's own CloudAppEvents, with the parsers in the query.</summary>
/// <param name="Id">The id that Defender knows it by; another id is another detection.</param>
/// <param name="Query">The KQL, with the columns Timestamp and ReportId in its result.</param>
/// <param name="Schedule">When it runs and how far back it reads.</param>
public sealed record CustomDetection(string Id, Query Query, DefenderSchedule Schedule)
{
    /// <summary>The most characters of an alert's title.</summary>
    public const int TitleLimit = 120;

    /// <summary>The most characters of an alert's description.</summary>
    public const int DescriptionLimit = 600;

    /// <summary>The table that it reads.</summary>
    public const string Table = "CloudAppEvents";

    /// <summary>Why a rule's trigger is none of Defender's, as a sentence that goes on from "because"; null when it is.</summary>
    internal static string? WhyNotTriggered(AnalyticsRule rule) =>
        rule.Trigger is { } trigger && (trigger.Operator.Value, trigger.Threshold.Value) != (TriggerOperator.GreaterThan, 0)
            ? "it counts rows for its trigger, and Defender raises an alert for any row"
            : null;

    /// <summary>Columns that tell which events an alert is about; without them Defender refuses the query.</summary>
    public static ImmutableArray<string> RequiredColumns { get; } = ["Timestamp", "ReportId"];

    /// <summary>Title of its alerts, with columns in double braces.</summary>
    public required string Title { get; init; }

    /// <summary>Description of its alerts, with columns in double braces; a correlation tag comes first.</summary>
    public required string Description { get; init; }

    /// <summary>What to do about an alert, or null.</summary>
    public required string? RecommendedActions { get; init; }

    /// <summary>The one tactic that Defender takes, or null.</summary>
    public required string? Tactic { get; init; }

    /// <summary>Those of the rule's techniques that belong to the tactic.</summary>
    public required ImmutableArray<string> Techniques { get; init; }

    /// <summary>What its alerts are about, by Defender's collections: accounts, ips, ...</summary>
    public required ImmutableArray<DefenderEntity> Entities { get; init; }

    /// <summary>What is not as in Sentinel, as whole sentences.</summary>
    public required ImmutableArray<string> Differences { get; init; }
}

/// <summary>An entity of a custom detection.</summary>
/// <param name="Collection">Defender's name of its kind: accounts, ips, ...</param>
/// <param name="Columns">Defender's property, such as upnColumn, and the column of the query.</param>
public sealed record DefenderEntity(string Collection, ImmutableArray<(string Property, string Column)> Columns);
