
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Expressions;

/// <summary>Computes a value from a row.</summary>
internal delegate Value Evaluator(Value[] row);

/// <summary>A compiled scalar expression.</summary>
/// <param name="Type">Its type; the value is of it, or null (a string never is).</param>
/// <param name="Evaluate">Computes it.</param>
/// <param name="IsConstant">Whether it is the same for all rows and may be computed without one.</param>
/// <param name="IsKnown">Whether its value is known before any row is read; otherwise it may come from toscalar().</param>
/// <param name="Place">The place of the row that it reads; -1 when it is more than a column.</param>
internal sealed record Expression(KqlType Type, Evaluator Evaluate, bool IsConstant = false, bool IsKnown = false, int Place = -1)
{
    public Value Value => Evaluate([]);

    public static Expression Constant(KqlType type, Value value) => new(type, _ => value, IsConstant: true, IsKnown: true);

    public static Expression Column(KqlType type, int place) => new(type, row => row[place], Place: place);

    /// <summary>A function of other expressions: computed now when all of them are known, once when they are constant.</summary>
    public static Expression Of(KqlType type, Evaluator evaluate, params ReadOnlySpan<Expression> inputs)
    {
        var (isConstant, isKnown) = (true, true);
        foreach (var input in inputs)
        {
            isConstant &= input.IsConstant;
            isKnown &= input.IsKnown;
        }

        return isKnown ? Known(type, evaluate) : isConstant ? Once(type, () => evaluate([])) : new(type, evaluate);
    }

    private static Expression Known(KqlType type, Evaluator evaluate)
    {
        try
        {
            return Constant(type, evaluate([]));
        }
        catch (Exception stopped) when (stopped is EvaluationException or OverflowException)
        {
            // It may stand where no row ever reaches it.
            return new(type, evaluate, IsConstant: true);
        }
    }

    /// <summary>A constant that is computed when it is first needed.</summary>
    public static Expression Once(KqlType type, Func<Value> compute)
    {
        var value = new Lazy<Value>(compute, LazyThreadSafetyMode.None);
        return new(type, _ => value.Value, IsConstant: true);
    }

    /// <summary>The same value in another type, as an implicit conversion makes it.</summary>
    public Expression As(KqlType type)
    {
        if (type == Type)
        {
            return this;
        }

        var evaluate = Evaluate;
        return type == KqlType.Dynamic && Type != KqlType.Int
            ? this with { Type = KqlType.Dynamic, Place = -1 }
            : type == KqlType.Dynamic ? Of(type, row => Conversion.To(KqlType.Long, evaluate(row)), this)
            : type == KqlType.String ? Of(type, row => Conversion.ToText(Type, evaluate(row)), this)
            : Of(type, row => Conversion.Cast(type, evaluate(row)), this);
    }
}
