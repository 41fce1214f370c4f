
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>A scalar function: how it is written, and how a call of it is compiled.</summary>
/// <param name="Signature">Its name and arguments, as in <c>strlen(text)</c>; an argument in brackets may be left out.</param>
/// <param name="Compile">Compiles a call whose arguments Kusto.Language has checked.</param>
internal sealed record ScalarFunction(string Signature, Func<Call, Expression> Compile)
{
    public string Name => Signature[..Signature.IndexOf('(', StringComparison.Ordinal)];

    /// <summary>A function of one argument; null gives null, or the empty text.</summary>
    public static ScalarFunction Unary(string signature, KqlType argument, KqlType result, Func<Value, Value> compute) =>
        new(signature, call =>
        {
            var inner = call.Argument(0, argument);
            var evaluate = inner.Evaluate;
            var none = None(result);
            return Expression.Of(result, row => evaluate(row) is { IsNull: false } value ? OrNone(compute(value), none) : none, inner);
        });

    /// <summary>A function of two arguments; null in one gives null, or the empty text.</summary>
    public static ScalarFunction Binary(string signature, KqlType first, KqlType second, KqlType result, Func<Value, Value, Value> compute) =>
        new(signature, call =>
        {
            var (left, right) = (call.Argument(0, first), call.Argument(1, second));
            var (one, two) = (left.Evaluate, right.Evaluate);
            var none = None(result);
            return Expression.Of(
                result,
                row =>
                {
                    var (a, b) = (one(row), two(row));
                    return a.IsNull || b.IsNull ? none : OrNone(compute(a, b), none);
                },
                left,
                right);
        });

    /// <summary>A function of some arguments, the last ones perhaps left out; null in one gives null, or the empty text.</summary>
    public static ScalarFunction Strict(string signature, KqlType[] arguments, KqlType result, Func<Value[], Value> compute) =>
        Lenient(signature, arguments, result, values => Array.Exists(values, value => value.IsNull) ? Value.Null : compute(values));

    /// <summary>A function that sees nulls; arguments beyond those that are listed are of the last type.</summary>
    public static ScalarFunction Lenient(string signature, KqlType[] arguments, KqlType result, Func<Value[], Value> compute) =>
        new(signature, call =>
        {
            Expression[] inputs = [.. Enumerable.Range(0, call.Count).Select(i => call.Argument(i, arguments[Math.Min(i, arguments.Length - 1)]))];
            var none = None(result);
            return Expression.Of(result, row => OrNone(compute(Array.ConvertAll(inputs, input => input.Evaluate(row))), none), inputs);
        });

    private static Value None(KqlType type) => type == KqlType.String ? Value.Empty : Value.Null;

    private static Value OrNone(in Value value, in Value none) => value.IsNull ? none : value;
}
