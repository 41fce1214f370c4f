using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Content;

/// <summary>A data collection rule: KQL that changes rows on their way into a table.</summary>
public sealed record DataCollectionRule : ContentItem
{
    /// <summary>Its transformations.</summary>
    public required ImmutableArray<Transformation> Transformations { get; init; }

    /// <summary>What the kit's own rule carries, and where to; null for a rule that people have.</summary>
    public DataFlow? Flow { get; init; }
}

/// <summary>What a data collection rule takes in, and the table that it fills.</summary>
/// <param name="Stream">The stream that records are sent to, Custom-CopilotAudit for example.</param>
/// <param name="Sent">The columns of what is sent.</param>
/// <param name="Table">The custom table.</param>
/// <param name="Stored">The table's columns.</param>
public sealed record DataFlow(string Stream, ImmutableArray<Column> Sent, string Table, ImmutableArray<Column> Stored);

/// <summary>A transformation of a stream's rows.</summary>
/// <param name="Kql">As it is written; it reads <c>source</c>.</param>
/// <param name="Sample">What Kusto.Language analyses: the same after a definition of <c>source</c>.</param>
/// <param name="IsBound">Whether the columns of the stream are known, so that names can be checked.</param>
public sealed record Transformation(Query Kql, Query Sample, bool IsBound)
{
    /// <summary>KQL that defines <c>source</c> with the columns of a stream.</summary>
    public static string Source(ImmutableArray<Column> columns) =>
        $"let source = datatable({string.Join(", ", columns.Select(column => $"['{column.Name.Replace("'", "\\'", StringComparison.Ordinal)}']:{column.Type}"))})[];\n";
}
