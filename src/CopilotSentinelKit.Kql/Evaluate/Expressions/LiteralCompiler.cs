
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Expressions;

/// <summary>Literals of the tree, dynamic ones too.</summary>
internal static class LiteralCompiler
{
    // Without its sign it is no long.
    private const string SmallestLong = "9223372036854775808";

    public static Expression Compile(Context context, SyntaxNode node)
    {
        if (node.Kind == "CompoundStringLiteralExpression")
        {
            return Expression.Constant(KqlType.String, Value.Of(string.Concat(node["Tokens"]!.Children.Select(token => Literals.Text(token.Text!)))));
        }

        var type = TypeOf(node.Kind) ?? throw context.UnknownForm(node, $"the literal {node.Kind}");
        var text = node["Token"]!.Text!;
        if (type == KqlType.DateTime && text.Replace(" ", "", StringComparison.Ordinal).EndsWith("()", StringComparison.Ordinal))
        {
            return Expression.Constant(type, Value.Of(context.Workspace.Now));
        }

        try
        {
            return Literals.Read(type, text) is { } value ? Expression.Constant(type, value) : throw context.UnknownForm(node, $"the literal {text}");
        }
        catch (EvaluationException)
        {
            throw context.UnknownForm(node, $"the literal {text}: its form is uncertain");
        }
    }

    /// <summary>The value of dynamic(...) or of a part of it.</summary>
    public static Value ReadDynamic(Context context, SyntaxNode node) => node.Kind switch
    {
        "DynamicExpression" => ReadDynamic(context, node["Expression"]!),
        "NullLiteralExpression" => Value.Null,
        "UnaryMinusExpression" when node["Expression"]!.Source == SmallestLong => Value.Of(long.MinValue),
        "JsonArrayExpression" => Value.Of(new DynamicArray([.. node.Items("Values").Select(item => ReadDynamic(context, item))])),
        "JsonObjectExpression" => Value.Of(DynamicBag.From(
            node.Items("Pairs").Select(pair => KeyValuePair.Create(Literals.Text(pair["Name"]!.Text!), ReadDynamic(context, pair["Value"]!))))),
        _ => ScalarCompiler.Compile(context, node, Row.None) is { IsKnown: true } literal ? literal.As(KqlType.Dynamic).Value : throw context.NotConstant(node, "a dynamic literal"),
    };

    private static KqlType? TypeOf(string kind) => kind switch
    {
        "BooleanLiteralExpression" => KqlType.Bool,
        "IntLiteralExpression" => KqlType.Int,
        "LongLiteralExpression" => KqlType.Long,
        "RealLiteralExpression" => KqlType.Real,
        "DecimalLiteralExpression" => KqlType.Decimal,
        "DateTimeLiteralExpression" => KqlType.DateTime,
        "TimespanLiteralExpression" => KqlType.Timespan,
        "GuidLiteralExpression" => KqlType.Guid,
        "StringLiteralExpression" => KqlType.String,
        _ => null,
    };
}
