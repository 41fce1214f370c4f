
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Expressions;

/// <summary>== != &lt; &lt;= &gt; &gt;=. Two nulls are neither equal nor different but null; one null is different; any null makes an order null.</summary>
internal static class ComparisonCompiler
{
    private delegate bool Test(in Value left, in Value right);

    public static Expression Compile(Context context, SyntaxNode node, string symbol, Expression left, Expression right)
    {
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
            return (left, right);
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
        "<" => (in a, in b) => string.CompareOrdinal(a.Text, b.Text) < 0,
        "<=" => (in a, in b) => string.CompareOrdinal(a.Text, b.Text) <= 0,
        ">" => (in a, in b) => string.CompareOrdinal(a.Text, b.Text) > 0,
        _ => (in a, in b) => string.CompareOrdinal(a.Text, b.Text) >= 0,
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
