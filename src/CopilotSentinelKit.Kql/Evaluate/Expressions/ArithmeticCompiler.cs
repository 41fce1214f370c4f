
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
            return OfOperation(KqlType.Dynamic, (in a, in b) => OfDynamics(symbol, a, b), left, right);
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
        return Expression.Of(inner.Type, row => Negated(evaluate(row)), inner);
    }

    private static Value Negated(in Value value) => value.Kind switch
    {
        ValueKind.Int => Value.OfInt(unchecked(-(int)value.Bits)),
        ValueKind.Long => Value.Of(unchecked(-value.Bits)),
        ValueKind.Real => Value.Of(-value.Number),
        ValueKind.Decimal => Value.Of(-value.AsDecimal),
        ValueKind.Timespan => Value.OfTimespan(-value.Bits),
        _ => Value.Null,
    };

    /// <summary>The type in which two numbers meet.</summary>
    public static KqlType Wider(KqlType left, KqlType right) =>
        left == KqlType.Decimal || right == KqlType.Decimal ? KqlType.Decimal
        : left == KqlType.Real || right == KqlType.Real ? KqlType.Real
        : KqlType.Long;

    private static Expression Like(Expression dynamic, KqlType other, char symbol) =>
        dynamic.As(other == KqlType.DateTime && symbol is '+' ? KqlType.Timespan : other);

    private static Value OfDynamics(char symbol, in Value left, in Value right) =>
        ValueOrder.IsNumber(left) && ValueOrder.IsNumber(right)
            ? NumberOperation(symbol, Wider(TypeOf(left), TypeOf(right)))(left, right)
            : Value.Null;

    private static KqlType TypeOf(in Value number) => number.Kind switch
    {
        ValueKind.Real => KqlType.Real,
        ValueKind.Decimal => KqlType.Decimal,
        _ => KqlType.Long,
    };

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
        (_, '+') => (in a, in b) => Value.Of(ValueOrder.AsDecimal(a) + ValueOrder.AsDecimal(b)),
        (_, '-') => (in a, in b) => Value.Of(ValueOrder.AsDecimal(a) - ValueOrder.AsDecimal(b)),
        (_, '*') => (in a, in b) => Value.Of(ValueOrder.AsDecimal(a) * ValueOrder.AsDecimal(b)),
        (_, '/') => (in a, in b) => ValueOrder.AsDecimal(b) == 0 ? Value.Null : Value.Of(ValueOrder.AsDecimal(a) / ValueOrder.AsDecimal(b)),
        _ => (in a, in b) => ValueOrder.AsDecimal(b) == 0 ? Value.Null : Value.Of(ValueOrder.AsDecimal(a) % ValueOrder.AsDecimal(b)),
    };

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

    /// <summary>The time of some ticks; there are none before the year 1 and after 9999.</summary>
    public static Value DateTime(long ticks) => ticks is >= 0 and <= 3155378975999999999
        ? Value.OfDateTime(ticks)
        : throw EvaluationException.Of("A time is before the year 1 or after the year 9999. Keep the arithmetic within them.");
}
