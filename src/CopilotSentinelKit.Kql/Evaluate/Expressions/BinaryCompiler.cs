
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Expressions;

/// <summary>Operators between two expressions, by their symbol.</summary>
internal static class BinaryCompiler
{
    public static Expression Compile(Context context, SyntaxNode node, string symbol, Row row)
    {
        switch (symbol)
        {
            case "in" or "!in" or "in~" or "!in~" or "has_any" or "has_all":
                return MembershipCompiler.Compile(context, node, symbol, row);
            case "between" or "!between":
                return CompileBetween(context, node, symbol, row);
        }

        if (node["Left"]!.Kind == "StarExpression")
        {
            return Search.Anywhere(context, node, symbol, row);
        }

        var left = ScalarCompiler.Compile(context, node["Left"]!, row);
        var right = ScalarCompiler.Compile(context, node["Right"]!, row);
        return symbol switch
        {
            "and" => And(left, right),
            "or" => Or(left, right),
            "==" or "<>" or "!=" or "<" or "<=" or ">" or ">=" => ComparisonCompiler.Compile(context, node, symbol == "<>" ? "!=" : symbol, left, right),
            "+" or "-" or "*" or "/" or "%" => ArithmeticCompiler.Compile(context, node, symbol[0], left, right),
            "matches regex" => StringOperators.CompileRegex(context, node["Right"]!, left, right),
            _ => StringOperators.Find(symbol) is { } test ? StringOperators.Compile(test, left, right) : throw context.UnknownForm(node, $"the operator \"{symbol}\""),
        };
    }

    public static Expression And(Expression left, Expression right)
    {
        var (first, second) = (left.Evaluate, right.Evaluate);
        return Expression.Of(
            KqlType.Bool,
            row =>
            {
                var a = first(row);
                if (!a.IsNull && !a.IsTrue)
                {
                    return a;
                }

                var b = second(row);
                return a.IsNull ? b.IsTrue ? a : b : b;
            },
            left,
            right);
    }

    public static Expression Or(Expression left, Expression right)
    {
        var (first, second) = (left.Evaluate, right.Evaluate);
        return Expression.Of(
            KqlType.Bool,
            row =>
            {
                var a = first(row);
                if (a.IsTrue)
                {
                    return a;
                }

                var b = second(row);
                return a.IsNull && !b.IsTrue ? a : b;
            },
            left,
            right);
    }

    /// <summary>A range with both ends; an upper end that is a timespan is counted from the lower end.</summary>
    private static Expression CompileBetween(Context context, SyntaxNode node, string symbol, Row row)
    {
        var value = ScalarCompiler.Compile(context, node["Left"]!, row);
        var low = ScalarCompiler.Compile(context, node["Right"]!["First"]!, row);
        var high = ScalarCompiler.Compile(context, node["Right"]!["Second"]!, row);
        if (low.Type == KqlType.DateTime && high.Type == KqlType.Timespan)
        {
            high = ArithmeticCompiler.Compile(context, node, '+', low, high);
        }

        var (first, second) = (ComparisonCompiler.Compile(context, node, ">=", value, low), ComparisonCompiler.Compile(context, node, "<=", value, high));
        return symbol == "between" ? And(first, second) : Not(And(first, second));
    }

    public static Expression Not(Expression inner)
    {
        var evaluate = inner.Evaluate;
        return Expression.Of(KqlType.Bool, row => evaluate(row) is { IsNull: false } value ? Value.Of(!value.IsTrue) : Value.Null, inner);
    }
}
