using System.Collections.Immutable;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>A schema of ASIM, the Advanced Security Information Model, as its document has it.</summary>
/// <param name="Name">Its name, AgentEvent for example, which is part of the names of its parsers.</param>
/// <param name="Version">X.Y.Z, what EventSchemaVersion says.</param>
/// <param name="Columns">All its columns.</param>
/// <param name="Mandatory">Columns that every parser returns.</param>
/// <param name="Recommended">Columns that a parser returns where its source has them.</param>
public sealed record AsimSchema(string Name, string Version, ImmutableArray<Column> Columns, ImmutableArray<string> Mandatory, ImmutableArray<string> Recommended)
{
    /// <summary>What a filtering parser takes beside a time range, in the order in which calls may give it.</summary>
    public required ImmutableArray<AsimFilter> Filters { get; init; }

    /// <summary>The type of a column, or null when the schema does not have it.</summary>
    public string? TypeOf(string column) => Columns.FirstOrDefault(known => known.Name == column)?.Type;
}

/// <summary>A parameter of filtering parsers: a list of terms, one of which a column must hold; empty for all rows.</summary>
/// <param name="Parameter">Its name, such as username_has_any.</param>
/// <param name="Columns">The columns, of which one is enough.</param>
public sealed record AsimFilter(string Parameter, ImmutableArray<string> Columns);
