
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Expressions;

/// <summary>Turns the tree of a scalar expression into a delegate over a row.</summary>
internal static class ScalarCompiler
{
    /// <summary>Compiles an expression; its type is the one that Kusto.Language gives it.</summary>
    public static Expression Compile(Context context, SyntaxNode node, Row row)
    {
        var expression = CompileNode(context, node, row);
        if (!context.IsBound || KqlTypes.Find(node.ResultType) is not { } type || type == expression.Type)
        {
            return expression;
        }

        return (type.IsNumber() && expression.Type.IsNumber()) || type == KqlType.Dynamic || expression.Type == KqlType.Dynamic
            ? expression.As(type)
            : throw Refusals.Disagreement(context.Source, node, "a " + expression.Type.Name(), "a " + type.Name());
    }

    /// <summary>Compiles an expression that no row may be needed for.</summary>
    public static Expression CompileConstant(Context context, SyntaxNode node, string what)
    {
        var expression = Compile(context, node, Row.None);
        return expression.IsConstant ? expression : throw context.NotConstant(node, what);
    }

    /// <summary>A constant whose value is needed before any row is read.</summary>
    public static Value CompileKnown(Context context, SyntaxNode node, string what)
    {
        var expression = CompileConstant(context, node, what);
        return expression.IsKnown ? expression.Value : throw context.NotConstant(node, what);
    }

    private static Expression CompileNode(Context context, SyntaxNode node, Row row)
    {
        switch (node.Kind)
        {
            case "ParenthesizedExpression" or "SimpleNamedExpression" or "OrderedExpression":
                return Compile(context, node["Expression"]!, row);
            case "NameReference":
                return CompileName(context, node, row);
            case "PathExpression" or "ElementExpression":
                return AccessCompiler.Compile(context, node, row);
            case "FunctionCallExpression":
                return CallCompiler.Compile(context, node, row);
            case "ToScalarExpression":
                return CompileToScalar(context, node, row);
            case "UnaryMinusExpression" or "UnaryPlusExpression":
                return ArithmeticCompiler.CompileSign(Compile(context, node["Expression"]!, row), node);
            case "DynamicExpression" or "JsonObjectExpression" or "JsonArrayExpression" or "NullLiteralExpression":
                return Expression.Constant(KqlType.Dynamic, LiteralCompiler.ReadDynamic(context, node));
        }

        if (node.Kind.EndsWith("LiteralExpression", StringComparison.Ordinal))
        {
            return LiteralCompiler.Compile(context, node);
        }

        return node["Operator"]?.Text is { } symbol && node["Left"] is not null
            ? BinaryCompiler.Compile(context, node, symbol, row)
            : throw context.UnknownForm(node, $"the expression {node.Kind}");
    }

    private static Expression CompileName(Context context, SyntaxNode node, Row row)
    {
        var name = node.Name();
        var isColumn = node.Symbol is null or { Kind: "Column" };
        if (isColumn && row.Schema.Find(name) is var place && place >= 0)
        {
            return row.Column(place);
        }

        return context.Scope.Find(name) switch
        {
            { Scalar: { } scalar, Row: var home } => home is null || home == row ? scalar : throw context.UnknownForm(node, "a parameter that differs by row inside a query"),
            { Table: not null } => throw context.UnknownForm(node, "a table where a value is expected"),
            { Function: { } declaration, Definition: { } definition } => CallCompiler.CompileDeclared(context, node, row, declaration, definition),
            _ => throw (node.Symbol is null ? Refusals.UnknownColumn(context.Source, node, name) : context.UnknownForm(node, $"the name \"{name}\" here")),
        };
    }

    /// <summary>The first column of the first row of a query; null when it has no rows.</summary>
    private static Expression CompileToScalar(Context context, SyntaxNode node, Row row)
    {
        var inner = node["Expression"]!;
        if (inner.Inside().ResultType != "table" && context.IsBound)
        {
            return Compile(context, inner, row);
        }

        var relation = TableCompiler.Compile(context.Inner(), inner);
        if (relation.Schema.Columns.IsEmpty)
        {
            throw context.UnknownForm(node, "toscalar() without a column");
        }

        var type = relation.Schema.Columns[0].Type;
        return Expression.Once(type, () => relation.Read(Places.Of(0)).Select(found => found[0]).FirstOrDefault(type == KqlType.String ? Value.Empty : Value.Null));
    }
}
