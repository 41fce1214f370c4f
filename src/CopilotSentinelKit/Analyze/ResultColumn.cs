using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Analyze;

/// <summary>What the bound tree says of a column of the result.</summary>
internal static class ResultColumn
{
    private static readonly string[] Joining = ["tostring", "strcat", "strcat_array", "strcat_delim", "trim", "replace_string", "todynamic", "parse_json", "array_sort_asc", "array_sort_desc", "dynamic_to_json"];
    private static readonly string[] Sets = ["make_set", "make_set_if", "make_list", "make_list_if", "make_list_with_nulls", "set_union", "set_difference", "set_intersect", "array_concat"];

    /// <summary>The column of a name, or null when the tree is not there or has none.</summary>
    public static SyntaxSymbol? Find(KqlAnalysis? analysis, string name) =>
        analysis is null || analysis.HasErrors() ? null : analysis.Tree?.Result()?.Columns?.FirstOrDefault(column => column.Name == name);

    /// <summary>The columns of tables, as "Table.Column", whose value it has; empty when it is computed.</summary>
    public static ImmutableHashSet<string> OriginsOf(SyntaxSymbol column) =>
        column.Sources.Aggregate(column.Origins.ToImmutableHashSet(StringComparer.Ordinal), (origins, source) => origins.Union(source.Origins()));

    /// <summary>Whether it is a text that several values were put into: a set or list as JSON, or joined.</summary>
    public static bool HoldsSet(SyntaxSymbol column, SyntaxNode tree)
    {
        // Rows made of a set hold one value each, and nothing in the symbols tells before from after.
        return !tree.SelfAndDescendants().Any(node => node.Kind is "MvExpandOperator" or "MvApplyOperator")
            && column.Sources.Any(source => Visit(source, []));

        static bool Visit(SyntaxNode expression, HashSet<SyntaxNode> seen)
        {
            var node = expression.Unwrapped();
            return seen.Add(node) && node.Kind switch
            {
                "SimpleNamedExpression" => Visit(node["Expression"]!, seen),
                "FunctionCallExpression" => node.IsCall(Sets) || (node.IsCall(Joining) && node.Arguments().Any(argument => Visit(argument, seen))),
                "NameReference" when node.Symbol is { Kind: "Column" or "Variable" } symbol => symbol.Sources.Any(source => Visit(source, seen)),
                _ => false,
            };
        }
    }

    /// <summary>The literal texts that a column can have: of the branches of iff and case, and in lists. What else it may have is not said.</summary>
    public static IEnumerable<SyntaxNode> Literals(SyntaxSymbol column)
    {
        var seen = new HashSet<SyntaxNode>();
        return column.Sources.SelectMany(Visit);

        IEnumerable<SyntaxNode> Visit(SyntaxNode expression)
        {
            var node = expression.Unwrapped();
            if (!seen.Add(node))
            {
                return [];
            }

            return node.Kind switch
            {
                "StringLiteralExpression" => [node],
                "SimpleNamedExpression" => Visit(node["Expression"]!),
                "DynamicExpression" => node.OfKind("StringLiteralExpression"),
                "FunctionCallExpression" => Branches(node).SelectMany(Visit),
                "NameReference" when node.Symbol is { Kind: "Column" or "Variable" } symbol => symbol.Sources.SelectMany(Visit),
                _ => [],
            };
        }
    }

    private static IEnumerable<SyntaxNode> Branches(SyntaxNode call) => call.CalledName() switch
    {
        "iff" or "iif" => call.Arguments().Skip(1),
        "case" => call.Arguments().Where((_, index) => index % 2 == 1 || index == call.Arguments().Length - 1),
        "coalesce" or "pack_array" or "tostring" or "todynamic" or "parse_json" or "any" or "take_any" => call.Arguments(),
        "arg_max" or "arg_min" => call.Arguments().Skip(1),
        _ => [],
    };
}
