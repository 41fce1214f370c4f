
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Expressions;

/// <summary>== != &lt; &lt;= &gt; &gt;=. Two nulls are neither equal nor different but null; one null is different; any null makes an order null.</summary>
internal static class ComparisonCompiler
{
    private delegate bool Test(in Value left, in Value right);

    public static Expression Compile(Context context, SyntaxNode node, string symbol, Expression left, Expression right)
    {
        if (symbol is "==" or "!=" && (IsTextAndScalar(left, right) || IsTextAndScalar(right, left)))
        {
            return OfText(symbol, left, right);
        }

        (left, right) = Alike(context, node, left, right);
        var test = TestOf(symbol, left.Type, right.Type);
        var (first, second) = (left.Evaluate, right.Evaluate);
        if (symbol is "==" or "!=")
        {
            var whenOneIsNull = Value.Of(symbol == "!=");
            return Expression.Of(
                KqlType.Bool,
                row =>
                {
                    var (a, b) = (first(row), second(row));
                    return a.IsNull || b.IsNull ? a.IsNull && b.IsNull ? Value.Null : whenOneIsNull : Value.Of(test(a, b));
                },
                left,
                right);
        }

        return Expression.Of(
            KqlType.Bool,
            row =>
            {
                var (a, b) = (first(row), second(row));
                return a.IsNull || b.IsNull ? Value.Null : Value.Of(test(a, b));
            },
            left,
            right);
    }

    private static (Expression Left, Expression Right) Alike(Context context, SyntaxNode node, Expression left, Expression right)
    {
        if (left.Type == right.Type && left.Type != KqlType.Dynamic)
        {
            return (left, right);
        }

        if (left.Type == KqlType.Dynamic && right.Type == KqlType.Dynamic)
        {
            throw context.UnknownForm(node, "a comparison of two dynamic values, which Kusto refuses without a conversion such as tostring(),");
        }

        if (left.Type == KqlType.Dynamic)
        {
            return (Typed(left, right.Type), right);
        }

        if (right.Type == KqlType.Dynamic)
        {
            return (left, Typed(right, left.Type));
        }

        return IsNumberLike(left.Type) && IsNumberLike(right.Type)
            ? (left, right)
            : throw context.UnknownForm(node, $"a comparison of {left.Type.Name()} and {right.Type.Name()}");
    }

    private static bool IsTextAndScalar(Expression text, Expression other) => text.Type == KqlType.String && IsNumberLike(other.Type);

    private static Expression OfText(string symbol, Expression left, Expression right)
    {
        var (text, other) = left.Type == KqlType.String ? (left, right) : (right, left);
        var isEqual = symbol == "==";
        return Expression.Of(KqlType.Bool, row => Value.Of(IsSame(other.Type, text.Evaluate(row), other.Evaluate(row)) == isEqual), left, right);
    }

    /// <summary>Whether a text and a number or truth value are the same.</summary>
    /// <exception cref="EvaluationException">They are when one of them is converted, and not when the other is: no document says which Kusto does.</exception>
    public static bool IsSame(KqlType type, in Value text, in Value other)
    {
        var converted = Conversion.To(type, text);
        var asValue = !converted.IsNull && !other.IsNull && ValueOrder.Compare(converted, other) == 0;
        var asText = string.Equals(text.Text, ValueText.Of(other), type == KqlType.Bool ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        return asValue == asText
            ? asText
            : throw EvaluationException.Of($"The text \"{text.Text}\" is compared with the {type.Name()} {(other.IsNull ? "null" : ValueText.Of(other))}, and whether Kusto compares texts or values is not documented. Write a conversion such as tostring().");
    }

    private static bool IsNumberLike(KqlType type) => type.IsNumber() || type == KqlType.Bool;

    // A number of any width stays as it is, so that 1.5 does not become 1.
    private static Expression Typed(Expression dynamic, KqlType type)
    {
        if (!type.IsNumber())
        {
            return dynamic.As(type);
        }

        var evaluate = dynamic.Evaluate;
        return Expression.Of(KqlType.Dynamic, row => evaluate(row) is var value && ValueOrder.IsNumber(value) ? value : Value.Null, dynamic);
    }

    private static Test TestOf(string symbol, KqlType left, KqlType right)
    {
        if (left == KqlType.Dynamic || right == KqlType.Dynamic || left == KqlType.Decimal || right == KqlType.Decimal || left == KqlType.Guid)
        {
            return symbol switch
            {
                "==" => (in a, in b) => ValueOrder.Compare(a, b) == 0,
                "!=" => (in a, in b) => ValueOrder.Compare(a, b) != 0,
                "<" => (in a, in b) => ValueOrder.Compare(a, b) < 0,
                "<=" => (in a, in b) => ValueOrder.Compare(a, b) <= 0,
                ">" => (in a, in b) => ValueOrder.Compare(a, b) > 0,
                _ => (in a, in b) => ValueOrder.Compare(a, b) >= 0,
            };
        }

        return left == KqlType.String ? OfStrings(symbol) : left == KqlType.Real || right == KqlType.Real ? OfReals(symbol) : OfBits(symbol);
    }

    private static Test OfStrings(string symbol) => symbol switch
    {
        "==" => (in a, in b) => string.Equals(a.Text, b.Text, StringComparison.Ordinal),
        "!=" => (in a, in b) => !string.Equals(a.Text, b.Text, StringComparison.Ordinal),
        "<" => (in a, in b) => CodePoints.Compare(a.Text, b.Text) < 0,
        "<=" => (in a, in b) => CodePoints.Compare(a.Text, b.Text) <= 0,
        ">" => (in a, in b) => CodePoints.Compare(a.Text, b.Text) > 0,
        _ => (in a, in b) => CodePoints.Compare(a.Text, b.Text) >= 0,
    };

    private static Test OfReals(string symbol) => symbol switch
    {
        "==" => (in a, in b) => ValueOrder.AsReal(a) == ValueOrder.AsReal(b),
        "!=" => (in a, in b) => ValueOrder.AsReal(a) != ValueOrder.AsReal(b),
        "<" => (in a, in b) => ValueOrder.AsReal(a) < ValueOrder.AsReal(b),
        "<=" => (in a, in b) => ValueOrder.AsReal(a) <= ValueOrder.AsReal(b),
        ">" => (in a, in b) => ValueOrder.AsReal(a) > ValueOrder.AsReal(b),
        _ => (in a, in b) => ValueOrder.AsReal(a) >= ValueOrder.AsReal(b),
    };

    private static Test OfBits(string symbol) => symbol switch
    {
        "==" => (in a, in b) => a.Bits == b.Bits,
        "!=" => (in a, in b) => a.Bits != b.Bits,
        "<" => (in a, in b) => a.Bits < b.Bits,
        "<=" => (in a, in b) => a.Bits <= b.Bits,
        ">" => (in a, in b) => a.Bits > b.Bits,
        _ => (in a, in b) => a.Bits >= b.Bits,
    };
}
