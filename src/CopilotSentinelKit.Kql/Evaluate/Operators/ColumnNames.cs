
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>The names that KQL gives to columns: its own for what nobody named, numbered where a name is taken.</summary>
internal sealed class ColumnNames(IEnumerable<string> taken)
{
    private readonly HashSet<string> _names = new(taken, StringComparer.Ordinal);
    private int _unnamed;

    public ColumnNames()
        : this([])
    {
    }

    /// <summary>A name that is free: the wanted one, it with a number, or ColumnN.</summary>
    public string Add(string? wanted)
    {
        if (string.IsNullOrEmpty(wanted))
        {
            while (!_names.Add($"Column{++_unnamed}"))
            {
            }

            return $"Column{_unnamed}";
        }

        var name = wanted;
        for (var number = 1; !_names.Add(name); number++)
        {
            name = $"{wanted}{number}";
        }

        return name;
    }

    /// <summary>The name that an expression has by itself, or null.</summary>
    public static string? Of(SyntaxNode node) => node.Kind switch
    {
        "ParenthesizedExpression" or "OrderedExpression" => Of(node["Expression"]!),
        "SimpleNamedExpression" => node["Name"]!.Name(),
        "NameReference" or "NameDeclaration" => node.Name(),
        "PathExpression" or "ElementExpression" => Joined(Of(node["Expression"]!), Of(node["Selector"]!)),
        "BracketedExpression" => node["Expression"] switch
        {
            { Kind: "StringLiteralExpression" } text => Literals.Text(text["Token"]!.Text!),
            { Kind: "LongLiteralExpression" } number => number["Token"]!.Text,
            _ => null,
        },
        "FunctionCallExpression" => node.ResultName,
        _ => null,
    };

    private static string? Joined(string? left, string? right) => string.IsNullOrWhiteSpace(left) ? right : $"{left}_{right}";
}
