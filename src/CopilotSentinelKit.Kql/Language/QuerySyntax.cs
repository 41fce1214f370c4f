using System.Collections.Immutable;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>Questions about KQL that checks ask of its bound tree.</summary>
internal static class QuerySyntax
{
    private static readonly ImmutableHashSet<string> SameValue = ImmutableHashSet.Create(
        StringComparer.Ordinal, "tostring", "tolower", "toupper", "trim", "trim_start", "trim_end", "todynamic", "parse_json", "toguid", "coalesce", "any", "take_any", "min", "max");

    /// <summary>The expression within parentheses.</summary>
    public static SyntaxNode Unwrapped(this SyntaxNode node)
    {
        while (node.Kind == "ParenthesizedExpression" && node["Expression"] is { } inner)
        {
            node = inner;
        }

        return node;
    }

    /// <summary>The members of a list, without the commas.</summary>
    public static IEnumerable<SyntaxNode> Members(this SyntaxNode? list) =>
        list is null ? [] : list.Children.Select(child => child.Kind == "SeparatedElement" ? child.Children[0] : child);

    /// <summary>Whether it is a call of one of these functions.</summary>
    public static bool IsCall(this SyntaxNode node, params ReadOnlySpan<string> names) => node.CalledName() is { } name && names.Contains(name);

    /// <summary>The name of the function that it calls, or null when it is no call.</summary>
    public static string? CalledName(this SyntaxNode node) => node.Kind == "FunctionCallExpression" ? node["Name"]?.Symbol?.Name ?? node["Name"]?.Source : null;

    /// <summary>The arguments of a call, in order; of "name = value" the whole.</summary>
    public static ImmutableArray<SyntaxNode> Arguments(this SyntaxNode call) => [.. call["ArgumentList"]?["Expressions"].Members() ?? []];

    /// <summary>Every call of one of these functions.</summary>
    public static IEnumerable<SyntaxNode> Calls(this SyntaxNode node, params string[] names) =>
        node.SelfAndDescendants().Where(below => below.IsCall(names));

    /// <summary>Every node of one of these kinds.</summary>
    public static IEnumerable<SyntaxNode> OfKind(this SyntaxNode node, params string[] kinds) =>
        node.SelfAndDescendants().Where(below => kinds.Contains(below.Kind));

    /// <summary>The nearest node above of one of these kinds, or null.</summary>
    public static SyntaxNode? Enclosing(this SyntaxNode node, params string[] kinds) => node.Ancestors().FirstOrDefault(above => kinds.Contains(above.Kind));

    /// <summary>The last statement's expression, which is what the query returns; null when there is none.</summary>
    public static SyntaxNode? Result(this SyntaxNode root) =>
        root["Statements"].Members().LastOrDefault() is { Kind: "ExpressionStatement" } last ? last["Expression"] : null;

    /// <summary>The statements before the last, and within functions that let declares.</summary>
    public static IEnumerable<SyntaxNode> Lets(this SyntaxNode root) => root.OfKind("LetStatement");

    /// <summary>A comparison's or other binary operator's text, such as "==" or "has"; null for other nodes.</summary>
    public static string? OperatorText(this SyntaxNode node) => node["Left"] is null ? null : node["Operator"]?.Text;

    /// <summary>The values on the right of in, has_any and their like that are constants.</summary>
    public static IEnumerable<SyntaxNode> Operands(this SyntaxNode comparison) => comparison["Right"] switch
    {
        { Kind: "ExpressionList" } list => list["Expressions"].Members().SelectMany(Flattened),
        { } right => Flattened(right.Unwrapped()),
        null => [],
    };

    /// <summary>The columns of tables, as "Table.Column", whose value an expression has: through renames, extend and conversions that
    /// keep it. Empty when it is computed otherwise.</summary>
    public static ImmutableHashSet<string> Origins(this SyntaxNode expression)
    {
        var origins = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var seen = new HashSet<SyntaxNode>();
        Visit(expression);
        return origins.ToImmutable();

        void Visit(SyntaxNode node)
        {
            node = node.Unwrapped();
            if (!seen.Add(node))
            {
                return;
            }

            if (node.Kind == "FunctionCallExpression")
            {
                foreach (var argument in node.CalledName() is { } name && SameValue.Contains(name) ? node.Arguments() : [])
                {
                    Visit(argument);
                }
            }
            else if (node.Symbol is { Kind: "Column" or "Variable" } symbol)
            {
                origins.UnionWith(symbol.Origins);
                foreach (var source in symbol.Sources)
                {
                    Visit(source);
                }
            }
        }
    }

    private static IEnumerable<SyntaxNode> Flattened(SyntaxNode node)
    {
        if (node.Kind == "NameReference" && node.Symbol is { Kind: "Variable" } variable && variable.Sources.FirstOrDefault() is { } source && source.ResultType == "dynamic")
        {
            node = source.Unwrapped();
        }

        return node.Kind switch
        {
            "DynamicExpression" when node["Expression"] is { Kind: "JsonArrayExpression" } array => array["Values"].Members(),
            _ => [node],
        };
    }
}
