using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CopilotSentinelKit.Kql;

/// <summary>Microsoft's Kusto.Language: parses and binds KQL against a schema.</summary>
public interface IKqlAnalyzer
{
    /// <summary>Analyses each query once, in order. Wrong KQL is a diagnostic in its result, never an exception.</summary>
    /// <param name="schema">What the queries can name.</param>
    /// <param name="requests">The queries.</param>
    /// <param name="analyzed">Told after each query, for progress; may be null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="LanguageServiceException">The language service itself is missing or broken.</exception>
    Task<ImmutableArray<KqlAnalysis>> AnalyzeAsync(
        KqlSchema schema, ImmutableArray<KqlRequest> requests, Action? analyzed, CancellationToken cancellation);
}

/// <summary>A query to analyse.</summary>
/// <param name="Text">The KQL.</param>
/// <param name="Parameters">Names that are bound around it: the parameters of the function whose body it is.</param>
/// <param name="WithTree">Whether the bound syntax tree is wanted too.</param>
public sealed record KqlRequest(string Text, ImmutableArray<FunctionParameter> Parameters, bool WithTree = false);

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
    SyntaxNode? Tree);

/// <summary>A finding of Kusto.Language.</summary>
/// <param name="Code">Its own code, such as KS142.</param>
/// <param name="Severity">Error, Warning, Suggestion, Information or Hidden, as Kusto.Language writes it.</param>
/// <param name="Start">Offset in the KQL.</param>
/// <param name="Length">Length in the KQL.</param>
/// <param name="Message">Its message.</param>
public sealed record KqlDiagnostic(string Code, string Severity, int Start, int Length, string Message);

/// <summary>A node or token of a bound syntax tree, with Kusto.Language's own names.</summary>
/// <param name="Kind">SyntaxKind, such as FilterOperator or IdentifierToken.</param>
/// <param name="Role">Its name in its parent (Condition, Left); empty in lists.</param>
/// <param name="Start">Offset of its first character in the KQL, without leading white space.</param>
/// <param name="Length">Its length, without leading white space.</param>
/// <param name="Text">A token's text; null for a node.</param>
/// <param name="Symbol">What it refers to, or null.</param>
/// <param name="ResultType">A scalar type's name, "table" for tabular results, or null.</param>
/// <param name="Children">Nodes and tokens in source order; missing optional children are left out.</param>
public sealed record SyntaxNode(
    string Kind,
    string Role,
    int Start,
    int Length,
    string? Text,
    SyntaxSymbol? Symbol,
    string? ResultType,
    ImmutableArray<SyntaxNode> Children)
{
    /// <summary>The columns that a query operator returns, in order; null for other nodes and when not all of them are known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<Column>? Columns { get; init; }

    /// <summary>The name that KQL gives to a column with an unnamed call, such as count_; null for other nodes and where it gives none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ResultName { get; init; }

    /// <summary>The child of a role, or null when it was left out.</summary>
    public SyntaxNode? this[string role] => Children.FirstOrDefault(child => child.Role == role);

    /// <summary>The offset after its last character.</summary>
    public int End => Start + Length;

    /// <summary>This node and all below it, in source order.</summary>
    public IEnumerable<SyntaxNode> SelfAndDescendants()
    {
        var waiting = new Stack<SyntaxNode>();
        waiting.Push(this);
        while (waiting.TryPop(out var node))
        {
            yield return node;
            for (var i = node.Children.Length - 1; i >= 0; i--)
            {
                waiting.Push(node.Children[i]);
            }
        }
    }
}

/// <summary>The symbol that a node is bound to.</summary>
/// <param name="Kind">SymbolKind: Column, Table, Function, Variable, Parameter, Operator, ...</param>
/// <param name="Name">Its name.</param>
public sealed record SyntaxSymbol(string Kind, string Name);
