
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate;

/// <summary>What the compiler asks of a syntax tree.</summary>
internal static class SyntaxReading
{
    /// <summary>The elements of a list, without their separators; none when the list was left out.</summary>
    public static IEnumerable<SyntaxNode> Items(this SyntaxNode node, string role) =>
        node[role]?.Children.Where(child => child.Text is null).Select(child => child.Kind == "SeparatedElement" ? child.Children[0] : child) ?? [];

    /// <summary>The arguments of a call; none of a function that is named without brackets.</summary>
    public static IReadOnlyList<SyntaxNode> Arguments(this SyntaxNode call) => [.. call["ArgumentList"]?.Items("Expressions") ?? []];

    /// <summary>What stands in parentheses, however many.</summary>
    public static SyntaxNode Inside(this SyntaxNode node)
    {
        while (node.Kind is "ParenthesizedExpression" or "MvApplySubqueryExpression")
        {
            node = node["Expression"]!;
        }

        return node;
    }

    /// <summary>The name of a declaration, a reference or a call, without quotes and brackets.</summary>
    public static string Name(this SyntaxNode node)
    {
        var name = node;
        while (name["Name"] is { } inner)
        {
            name = inner;
        }

        return name.Text is { } text ? Unquoted(name.Kind, text) : name["Token"] is { } token ? Literals.Text(token.Text!) : "";
    }

    /// <summary>The name that is called, or null when this is no call.</summary>
    public static string? CalledName(this SyntaxNode node) => node.Kind == "FunctionCallExpression" ? node["Name"]!.Name() : null;

    /// <summary>The expression of a parameter such as kind=inner, or null.</summary>
    public static SyntaxNode? Parameter(this SyntaxNode node, string name, string role = "Parameters") =>
        node.Items(role).FirstOrDefault(parameter => parameter["Name"]!.Name() == name)?["Expression"];

    /// <summary>The word that a parameter has, or a default.</summary>
    public static string Word(this SyntaxNode node, string name, string otherwise) =>
        node.Parameter(name) is { } expression ? expression["Token"]?.Text ?? expression.Name() : otherwise;

    private static string Unquoted(string kind, string text) => kind == "StringLiteralToken" ? Literals.Text(text) : text;
}
