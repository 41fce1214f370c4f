using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>Microsoft's Kusto.Language: parses and binds KQL against a schema.</summary>
public interface IKqlAnalyzer
{
    /// <summary>Analyses each query once, in order. Wrong KQL is a diagnostic in its result, never an exception.</summary>
    /// <param name="schema">What the queries can name.</param>
    /// <param name="requests">The queries.</param>
    /// <param name="analyzed">Told after each query, for progress, from several threads; may be null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="LanguageServiceException">The language service itself is missing or broken.</exception>
    Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(
        KqlSchema schema, ImmutableArray<KqlRequest> requests, Action? analyzed, CancellationToken cancellation);
}

/// <summary>A query to analyse.</summary>
/// <param name="Text">The KQL.</param>
/// <param name="Parameters">Names that are bound around it: the parameters of the function whose body it is.</param>
/// <param name="WithTree">Whether the bound syntax tree is wanted too.</param>
public sealed record KqlRequest(string Text, ImmutableArray<FunctionParameter> Parameters, bool WithTree = false)
{
    /// <summary>Where a person finds the query, file:line:column, to say which one has no answer; null when it is the kit's own.</summary>
    public string? Place { get; init; }

    /// <summary>Whether the query is wanted as Kusto.Language's formatter lays it out.</summary>
    public bool WithFormat { get; init; }
}

/// <summary>What Kusto.Language says of a query.</summary>
/// <param name="Diagnostics">Its findings, offsets in the KQL.</param>
/// <param name="Columns">The columns of the last statement's result, in order; null when that is not tabular.</param>
/// <param name="Tables">Tables it reads directly (not through functions), in ordinal order.</param>
/// <param name="Functions">Functions of the schema that it calls directly, in ordinal order.</param>
/// <param name="Watchlists">Aliases that it passes to <c>_GetWatchlist</c> as a literal, in ordinal order.</param>
/// <param name="ColumnsRead">Columns of tables and functions that it names, as "Table.Column", in ordinal order.</param>
/// <param name="Tree">The bound syntax tree, when asked for.</param>
public sealed record KqlAnalysis(
    ImmutableArray<KqlDiagnostic> Diagnostics,
    ImmutableArray<Column>? Columns,
    ImmutableArray<string> Tables,
    ImmutableArray<string> Functions,
    ImmutableArray<string> Watchlists,
    ImmutableArray<string> ColumnsRead,
    [property: JsonConverter(typeof(SyntaxTreeJson))] SyntaxNode? Tree)
{
    /// <summary>Whether the result may have columns beside <see cref="Columns"/>: it comes from a table or plugin whose columns nobody knows.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The query as Kusto.Language's formatter lays it out, when asked for and bound.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Formatted { get; init; }

    /// <summary>Names that only the workspace may know, taken out of <see cref="Diagnostics"/>.</summary>
    public ImmutableArray<UnknownName> UnknownNames { get; init; } = [];
}

/// <summary>How a query uses a name that is not known.</summary>
public enum UnknownUse
{
    /// <summary>As a table, or as a function without brackets.</summary>
    Table,

    /// <summary>As a table of a union that passes over what is not there.</summary>
    FuzzyTable,

    /// <summary>As a function.</summary>
    Function,
}

/// <summary>A name that Kusto.Language does not know, where it stands first.</summary>
public sealed record UnknownName(string Name, UnknownUse Use, int Start, int Length);

/// <summary>A finding of Kusto.Language.</summary>
/// <param name="Code">Its own code, such as KS142.</param>
/// <param name="Severity">Error, Warning, Suggestion, Information or Hidden, as Kusto.Language writes it.</param>
/// <param name="Start">Offset in the KQL.</param>
/// <param name="Length">Length in the KQL.</param>
/// <param name="Message">Its message.</param>
public sealed record KqlDiagnostic(string Code, string Severity, int Start, int Length, string Message);
