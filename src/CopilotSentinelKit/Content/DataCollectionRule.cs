using System.Collections.Immutable;

namespace CopilotSentinelKit.Content;

/// <summary>A data collection rule: KQL that changes rows on their way into a table.</summary>
public sealed record DataCollectionRule : ContentItem
{
    /// <summary>Its transformations.</summary>
    public required ImmutableArray<Transformation> Transformations { get; init; }
}

/// <summary>A transformation of a stream's rows.</summary>
/// <param name="Kql">As it is written; it reads <c>source</c>.</param>
/// <param name="Sample">What Kusto.Language analyses: the same after a definition of <c>source</c>.</param>
/// <param name="IsBound">Whether the columns of the stream are known, so that names can be checked.</param>
public sealed record Transformation(Query Kql, Query Sample, bool IsBound);
