using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>A column: its name and Kusto type (string, datetime, dynamic, ...).</summary>
public sealed record Column(string Name, string Type);

/// <summary>A table and its columns.</summary>
public sealed record KqlTable(string Name, ImmutableArray<Column> Columns)
{
    /// <summary>Whether it has further columns that nobody knows: any name may be one of them.</summary>
    public bool IsOpen { get; init; }
}

/// <summary>A parameter of a function; all are optional.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its Kusto type.</param>
/// <param name="Default">The KQL literal that it defaults to, such as <c>datetime(null)</c>.</param>
public sealed record FunctionParameter(string Name, string Type, string Default);

/// <summary>A workspace function that queries may call, known by what it takes and returns.</summary>
public sealed record KqlFunction(string Name, ImmutableArray<FunctionParameter> Parameters, ImmutableArray<Column> Columns)
{
    /// <summary>Whether it may return further columns that nobody knows.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The Kusto type of the value that it returns; null when it returns rows.</summary>
    public string? Returns { get; init; }

    /// <summary>Whether its name is that of a file of KQL, so that queries may call it in another letter case. Nothing of its analysis depends on it.</summary>
    [JsonIgnore]
    public bool IsNamedByFile { get; init; }
}

/// <summary>A watchlist by its alias; <c>_GetWatchlist</c> returns these columns, SearchKey and those that Sentinel keeps of each row.</summary>
public sealed record KqlWatchlist(string Alias, ImmutableArray<Column> Columns)
{
    /// <summary>The column that repeats a watchlist's search key.</summary>
    internal const string SearchKey = "SearchKey";

    private static readonly ImmutableArray<Column> Standard = [new(SearchKey, "string"), new("_DTItemId", "string"), new("LastUpdatedTimeUTC", "datetime")];

    // The columns that _GetWatchlist returns. A method: the cache's keys are made of the properties.
    internal ImmutableArray<Column> AllColumns() => [.. Columns, .. Standard.Where(column => Columns.All(own => own.Name != column.Name))];
}

/// <summary>Everything that a query can name: the workspace as the project declares it.</summary>
/// <param name="Catalog">Microsoft's tables.</param>
/// <param name="Tables">Tables that the project declares; one of the same name hides the catalog's.</param>
/// <param name="Functions">Parsers and functions that the project declares.</param>
/// <param name="Watchlists">Typed watchlists.</param>
public sealed record KqlSchema(
    TableCatalog Catalog,
    ImmutableArray<KqlTable> Tables,
    ImmutableArray<KqlFunction> Functions,
    ImmutableArray<KqlWatchlist> Watchlists);
