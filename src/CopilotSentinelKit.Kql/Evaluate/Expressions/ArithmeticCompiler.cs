
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Expressions;

/// <summary>+ - * / % over numbers and times; a null operand makes the result null. Whole numbers wrap around, and have no quotient by zero.</summary>
internal static class ArithmeticCompiler
{
    private delegate Value Operation(in Value left, in Value right);

    public static Expression Compile(Context context, SyntaxNode node, char symbol, Expression left, Expression right)
    {
        if (left.Type == KqlType.Dynamic && right.Type == KqlType.Dynamic)
        {
            throw context.UnknownForm(node, $"\"{symbol}\" between two dynamic values, which Kusto refuses without a conversion such as tolong()");
        }

        left = left.Type == KqlType.Dynamic ? Like(left, right.Type, symbol) : left;
        right = right.Type == KqlType.Dynamic ? Like(right, left.Type, symbol) : right;
        if (left.Type.IsNumber() && right.Type.IsNumber())
        {
            var type = Wider(left.Type, right.Type);
            return OfOperation(type, NumberOperation(symbol, type), left, right);
        }

        return OfTimes(symbol, left, right)
            ?? throw context.UnknownForm(node, $"\"{symbol}\" between {left.Type.Name()} and {right.Type.Name()}");
    }

    public static Expression CompileSign(Expression inner, SyntaxNode node)
    {
        if (node.Kind == "UnaryPlusExpression")
        {
            return inner;
        }

        var evaluate = inner.Evaluate;
        var type = inner.Type == KqlType.Int ? KqlType.Long : inner.Type;

        // The engine has a negative zero where it folds a literal, and none where it computes over rows.
        return inner.IsKnown || type != KqlType.Real
            ? Expression.Of(type, row => Negated(evaluate(row)), inner)
            : Expression.Of(type, row => evaluate(row) is { IsNull: false } value ? Value.Of(0d - value.Number) : Value.Null, inner);
    }

    private static Value Negated(in Value value) => value.Kind switch
    {
        ValueKind.Int or ValueKind.Long => Value.Of(unchecked(-value.Bits)),
        ValueKind.Real => Value.Of(-value.Number),
        ValueKind.Decimal => Value.Of(-value.AsDecimal),
        ValueKind.Timespan => Value.OfTimespan(unchecked(-value.Bits)),
        _ => Value.Null,
    };

    /// <summary>The type in which two numbers meet.</summary>
    public static KqlType Wider(KqlType left, KqlType right) =>
        left == KqlType.Decimal || right == KqlType.Decimal ? KqlType.Decimal
        : left == KqlType.Real || right == KqlType.Real ? KqlType.Real
        : KqlType.Long;

    // The document asks for a conversion, so a number that would have to lose its fraction is no guess of ours.
    private static Expression Like(Expression dynamic, KqlType other, char symbol)
    {
        if (!other.IsInteger())
        {
            return dynamic.As(other == KqlType.DateTime && symbol is '+' ? KqlType.Timespan : other);
        }

        var evaluate = dynamic.Evaluate;
        return Expression.Of(other, row => evaluate(row) is var value && value.Kind is ValueKind.Real or ValueKind.Decimal
            ? throw EvaluationException.Of($"A dynamic {ValueText.Of(value)} meets a {other.Name()} in \"{symbol}\", and what becomes of its fraction is not documented. Write toreal() or tolong() around it.")
            : Conversion.Cast(other, value), dynamic);
    }

    private static Expression OfOperation(KqlType type, Operation operation, Expression left, Expression right)
    {
        var (first, second) = (left.Evaluate, right.Evaluate);
        return Expression.Of(
            type,
            row =>
            {
                var (a, b) = (first(row), second(row));
                return a.IsNull || b.IsNull ? Value.Null : operation(a, b);
            },
            left,
            right);
    }

    private static Operation NumberOperation(char symbol, KqlType type) => (type, symbol) switch
    {
        (KqlType.Long, '+') => (in a, in b) => Value.Of(unchecked(a.Bits + b.Bits)),
        (KqlType.Long, '-') => (in a, in b) => Value.Of(unchecked(a.Bits - b.Bits)),
        (KqlType.Long, '*') => (in a, in b) => Value.Of(unchecked(a.Bits * b.Bits)),
        (KqlType.Long, '/') => (in a, in b) => b.Bits == 0 ? Value.Null : b.Bits == -1 ? Value.Of(unchecked(-a.Bits)) : Value.Of(a.Bits / b.Bits),
        (KqlType.Long, _) => (in a, in b) => b.Bits is 0 or long.MinValue ? Value.Null : Value.Of(Modulo(a.Bits, b.Bits)),
        (KqlType.Real, '+') => (in a, in b) => Value.Of(ValueOrder.AsReal(a) + ValueOrder.AsReal(b)),
        (KqlType.Real, '-') => (in a, in b) => Value.Of(ValueOrder.AsReal(a) - ValueOrder.AsReal(b)),
        (KqlType.Real, '*') => (in a, in b) => Value.Of(ValueOrder.AsReal(a) * ValueOrder.AsReal(b)),
        (KqlType.Real, '/') => (in a, in b) => Value.Of(ValueOrder.AsReal(a) / ValueOrder.AsReal(b)),
        (KqlType.Real, _) => (in a, in b) => Value.Of(Modulo(ValueOrder.AsReal(a), ValueOrder.AsReal(b))),
        _ => (in a, in b) => OfDecimals(symbol, a, b),
    };

    private static Value OfDecimals(char symbol, in Value left, in Value right)
    {
        var (a, b) = (ValueOrder.AsDecimal(left), ValueOrder.AsDecimal(right));
        return symbol switch
        {
            '+' => Value.Of(a + b),
            '-' => Value.Of(a - b),
            '*' => Value.Of(a * b),
            _ when b == 0 => Value.Null,
            '/' => Value.Of(a / b),
            _ => Value.Of(a % b),
        };
    }

    // KQL's modulo is never negative, whatever the signs.
    private static long Modulo(long number, long divisor)
    {
        var remainder = divisor == -1 ? 0 : number % divisor;
        return remainder < 0 ? remainder + Math.Abs(divisor) : remainder;
    }

    private static double Modulo(double number, double divisor)
    {
        var remainder = number % divisor;
        return remainder < 0 ? remainder + Math.Abs(divisor) : remainder;
    }

    private static Expression? OfTimes(char symbol, Expression left, Expression right) => (left.Type, symbol, right.Type) switch
    {
        (KqlType.DateTime, '-', KqlType.DateTime) => OfOperation(KqlType.Timespan, (in a, in b) => Value.OfTimespan(a.Bits - b.Bits), left, right),
        (KqlType.DateTime, '+', KqlType.Timespan) => OfOperation(KqlType.DateTime, (in a, in b) => DateTime(a.Bits + b.Bits), left, right),
        (KqlType.Timespan, '+', KqlType.DateTime) => OfOperation(KqlType.DateTime, (in a, in b) => DateTime(a.Bits + b.Bits), left, right),
        (KqlType.DateTime, '-', KqlType.Timespan) => OfOperation(KqlType.DateTime, (in a, in b) => DateTime(a.Bits - b.Bits), left, right),
        (KqlType.Timespan, '+', KqlType.Timespan) => OfOperation(KqlType.Timespan, (in a, in b) => Value.OfTimespan(a.Bits + b.Bits), left, right),
        (KqlType.Timespan, '-', KqlType.Timespan) => OfOperation(KqlType.Timespan, (in a, in b) => Value.OfTimespan(a.Bits - b.Bits), left, right),
        (KqlType.Timespan, '/', KqlType.Timespan) => OfOperation(KqlType.Real, (in a, in b) => Value.Of((double)a.Bits / b.Bits), left, right),
        (KqlType.DateTime or KqlType.Timespan, '%', KqlType.Timespan) =>
            OfOperation(KqlType.Timespan, (in a, in b) => b.Bits == 0 ? Value.Null : Value.OfTimespan(Modulo(a.Bits, b.Bits)), left, right),
        (KqlType.DateTime, '/', KqlType.Timespan) => OfOperation(KqlType.Real, (in a, in b) => Value.Of((double)a.Bits / b.Bits), left, right),
        (KqlType.Timespan, '*', _) when right.Type.IsNumber() => OfOperation(KqlType.Timespan, (in a, in b) => Scale(a, b), left, right),
        (_, '*', KqlType.Timespan) when left.Type.IsNumber() => OfOperation(KqlType.Timespan, (in a, in b) => Scale(b, a), left, right),
        (KqlType.Timespan, '/', _) when right.Type.IsNumber() =>
            OfOperation(KqlType.Timespan, (in a, in b) => ValueOrder.AsReal(b) == 0 ? Value.Null : Value.OfTimespan((long)(a.Bits / ValueOrder.AsReal(b))), left, right),
        _ => null,
    };

    private static Value Scale(in Value span, in Value factor) => factor.Kind is ValueKind.Int or ValueKind.Long
        ? Value.OfTimespan(unchecked(span.Bits * factor.Bits))
        : Value.OfTimespan((long)(span.Bits * ValueOrder.AsReal(factor)));

    /// <summary>The time of some ticks; null before the year 1 and after 9999.</summary>
    public static Value DateTime(long ticks) => ticks is >= 0 and <= 3155378975999999999 ? Value.OfDateTime(ticks) : Value.Null;
}
