
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Backtest;

/// <summary>How a query refers to what is outside of it.</summary>
internal enum ReferenceKind
{
    /// <summary>A table of the workspace.</summary>
    Table,

    /// <summary>Tables by a pattern, as a member of a union.</summary>
    Pattern,

    /// <summary>A function of the workspace: the name in its call.</summary>
    Function,

    /// <summary>A function of the workspace that is named without parentheses.</summary>
    BareFunction,

    /// <summary>The whole call of _GetWatchlist.</summary>
    Watchlist,

    /// <summary>now() or datetime().</summary>
    Now,

    /// <summary>ago().</summary>
    Ago,

    /// <summary>ingestion_time().</summary>
    IngestionTime,

    /// <summary>A name that Kusto.Language could not bind: perhaps a column of a table that a caller passes.</summary>
    Unbound,
}

/// <summary>A reference.</summary>
/// <param name="Kind">What to.</param>
/// <param name="Node">What stands for it.</param>
/// <param name="Name">The name of the table, function or watchlist, or the pattern.</param>
internal sealed record KqlReference(ReferenceKind Kind, SyntaxNode Node, string Name)
{
    /// <summary>Whether rows of this table must bring their time of ingestion along.</summary>
    public bool WithIngestionTime { get; init; }
}

/// <summary>Finds the references of a query.</summary>
internal static class KqlReferences
{
    // They read what a workspace of tables does not have, or say where they run.
    private static readonly HashSet<string> Outside = new(StringComparer.Ordinal)
    {
        "adx", "app", "arg", "cluster", "current_cluster_endpoint", "current_database", "current_principal", "current_principal_details", "current_principal_is_member_of",
        "cursor_after", "cursor_before_or_at", "cursor_current", "database", "extent_id", "extent_tags", "external_table", "entity_group", "graph", "materialized_view",
        "resource", "rowstore_ordinal_range", "stored_query_result", "workspace", "_GetWatchlistAlias",
    };

    private static readonly HashSet<string> OutsideKinds = new(StringComparer.Ordinal)
    {
        "FindOperator", "SearchOperator", "ExternalDataExpression", "InlineExternalTableExpression", "EntityGroup",
    };

    public static IEnumerable<KqlReference> Of(KqlText text, HashSet<string> functions)
    {
        foreach (var node in text.Tree.SelfAndDescendants())
        {
            if (OutsideKinds.Contains(node.Kind))
            {
                throw text.NotRewritable(node, $"\"{node.Children.FirstOrDefault(child => child.Text is not null)?.Text ?? node.Kind}\"");
            }

            if (node.Kind == "UnionOperator" && node.Parameter("withsource") is { } name)
            {
                throw text.NotRewritable(name, "\"withsource=\", which shows the names of tables");
            }

            if (node.Kind == "DateTimeLiteralExpression" && string.Concat(node.Source.Where(character => !char.IsWhiteSpace(character))).EndsWith("()", StringComparison.Ordinal))
            {
                yield return new(ReferenceKind.Now, node, "");
            }
            else if (node.Kind == "FunctionCallExpression" && OfCall(text, node, functions) is { } called)
            {
                yield return called;
            }
            else if (node.Kind == "NameReference" && !IsCallee(node) && OfName(text, node, functions) is { } named)
            {
                yield return named;
            }
        }
    }

    private static bool IsCallee(SyntaxNode node) => node.Parent is { Kind: "FunctionCallExpression" } call && call["Name"] == node;

    private static KqlReference? OfCall(KqlText text, SyntaxNode call, HashSet<string> functions)
    {
        var callee = call["Name"]!;
        var name = callee.Name();
        if (callee.Symbol?.Sources.Any() == true)
        {
            return null;
        }

        if (Outside.Contains(name) || name.EndsWith("_request", StringComparison.Ordinal))
        {
            throw text.NotRewritable(call, $"{name}(), which reads what is elsewhere");
        }

        return name switch
        {
            "now" => new(ReferenceKind.Now, call, ""),
            "ago" => new(ReferenceKind.Ago, call, ""),
            "ingestion_time" => new(ReferenceKind.IngestionTime, call, ""),
            "_GetWatchlist" => new(ReferenceKind.Watchlist, call, Constant(text, call)),
            "table" => new(ReferenceKind.Table, call, Constant(text, call)),
            _ => functions.Contains(name) ? new(ReferenceKind.Function, callee, name) : null,
        };
    }

    private static string Constant(KqlText text, SyntaxNode call) =>
        QuerySyntax.Arguments(call) is [{ ResultType: "string", Value: { } value }] ? value : throw text.NotRewritable(call, "a name that is computed");

    private static KqlReference? OfName(KqlText text, SyntaxNode node, HashSet<string> functions)
    {
        if (node["Name"] is { Kind: "WildcardedName" } pattern)
        {
            return node.Enclosing("UnionOperator", "JoinOperator") is { Kind: "UnionOperator" } union && node.Parent?.Parent == union["Expressions"] ? new(ReferenceKind.Pattern, node, pattern.Source)
                : node.Symbol?.Kind == "Table" ? throw text.NotRewritable(node, "a pattern of tables that is no member of a union of its own") : null;
        }

        return node.Symbol switch
        {
            { Kind: "Table" } table when !table.Sources.Any() && table.Name.Length > 0 => new(ReferenceKind.Table, node, table.Name),
            { Kind: "Function" } function when !function.Sources.Any() && functions.Contains(function.Name) => new(ReferenceKind.BareFunction, node, function.Name),
            null when node.Role != "Selector" => new(ReferenceKind.Unbound, node, node.Name()),
            _ => null,
        };
    }
}
