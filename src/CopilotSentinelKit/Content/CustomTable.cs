using System.Collections.Frozen;
using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Content;

/// <summary>A table that a template makes; queries of the same run can read it.</summary>
public sealed record CustomTable : ContentItem
{
    // What Azure Monitor adds to every table.
    private static readonly ImmutableArray<Column> Standard =
    [
        new("TenantId", "string"), new("SourceSystem", "string"), new("Type", "string"), new("_ResourceId", "string"), new("_SubscriptionId", "string"),
        new("_ItemId", "string"), new("_IsBillable", "string"), new("_BilledSize", "real"), new("_TimeReceived", "datetime"),
    ];

    /// <summary>Columns that no custom table can have, as the documentation lists them. Letter case counts: "title" is a column like any other.</summary>
    internal static FrozenSet<string> ReservedColumns { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "id", "BilledSize", "IsBillable", "InvalidTimeGenerated", "TenantId", "Title", "Type", "UniqueId", "_ItemId", "_ResourceGroup", "_ResourceId", "_SubscriptionId", "_TimeReceived");

    /// <summary>Its own columns.</summary>
    public required ImmutableArray<Column> Columns { get; init; }

    /// <summary>As queries see it.</summary>
    public KqlTable Table => new(Id.Value, [.. Columns.Concat(Standard).DistinctBy(column => column.Name)]);
}
