
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Functions that choose one of several values.</summary>
internal static class ConditionalFunctions
{
    public static IEnumerable<ScalarFunction> All =>
    [
        new("iff(predicate, then, else)", Iff),
        new("iif(predicate, then, else)", Iff),
        new("case(predicate, then, ..., else)", Case),
        new("coalesce(value, value ...)", Coalesce),
        new("not(predicate)", call => BinaryCompiler.Not(call.Argument(0, KqlType.Bool))),
        new("max_of(value, value ...)", call => Extreme(call, 1)),
        new("min_of(value, value ...)", call => Extreme(call, -1)),
        new("column_ifexists(name, default)", ColumnIfExists),
        new("columnifexists(name, default)", ColumnIfExists),
        new("around(value, center, delta)", Around),
        new("materialize(value)", call => call.Argument(0)),
    ];

    private static Expression Iff(Call call)
    {
        var predicate = call.Argument(0, KqlType.Bool);
        var choices = Alike(call, [call.Argument(1), call.Argument(2)]);
        var (condition, then, otherwise) = (predicate.Evaluate, choices[0].Evaluate, choices[1].Evaluate);
        return Expression.Of(choices[0].Type, row => condition(row).IsTrue ? then(row) : otherwise(row), [predicate, .. choices]);
    }

    private static Expression Case(Call call)
    {
        var count = call.Count / 2;
        Expression[] predicates = [.. Enumerable.Range(0, count).Select(i => call.Argument(2 * i, KqlType.Bool))];
        var choices = Alike(call, OfOneType(call, [.. Enumerable.Range(0, count).Select(i => call.Argument((2 * i) + 1)), call.Argument(call.Count - 1)]));
        return Expression.Of(
            choices[0].Type,
            row =>
            {
                for (var i = 0; i < predicates.Length; i++)
                {
                    if (predicates[i].Evaluate(row).IsTrue)
                    {
                        return choices[i].Evaluate(row);
                    }
                }

                return choices[^1].Evaluate(row);
            },
            [.. predicates, .. choices]);
    }

    // A text is there when it is not empty.
    private static Expression Coalesce(Call call)
    {
        var choices = Alike(call, OfOneType(call, call.All()));
        var none = choices[0].Type == KqlType.String ? Value.Empty : Value.Null;
        return Expression.Of(
            choices[0].Type,
            row =>
            {
                foreach (var choice in choices)
                {
                    var value = choice.Evaluate(row);
                    if (value != none)
                    {
                        return value;
                    }
                }

                return none;
            },
            choices);
    }

    private static Expression Extreme(Call call, int direction)
    {
        var choices = Alike(call, call.All());
        return Expression.Of(
            choices[0].Type,
            row =>
            {
                var best = Value.Null;
                foreach (var choice in choices)
                {
                    var value = choice.Evaluate(row);
                    best = best.IsNull || (!value.IsNull && ValueOrder.IsBetter(value, best, direction)) ? value : best;
                }

                return best;
            },
            choices);
    }

    private static Expression Around(Call call)
    {
        var (value, center, delta) = (call.Argument(0), call.Argument(1), call.Argument(2));
        var low = ComparisonCompiler.Compile(call.Context, call.Node, ">=", value, ArithmeticCompiler.Compile(call.Context, call.Node, '-', center, delta));
        return BinaryCompiler.And(low, ComparisonCompiler.Compile(call.Context, call.Node, "<=", value, ArithmeticCompiler.Compile(call.Context, call.Node, '+', center, delta)));
    }

    private static Expression ColumnIfExists(Call call)
    {
        var place = call.Row.Schema.Find(call.Known(0, default).Text);
        if (place < 0)
        {
            return call.Argument(1);
        }

        // Kusto.Language takes the default's type for the column's, as it is where a watchlist has only texts.
        var column = call.Row.Column(place);
        return call.Context.IsBound && KqlTypes.Find(call.Node.ResultType) is { } type && type != column.Type
            ? Expression.Of(type, row => Conversion.To(type, row[place]), column)
            : column;
    }

    // Whole numbers of both widths are one type here, reals are another.
    private static Expression[] OfOneType(Call call, Expression[] choices) =>
        choices.Any(choice => choice.Type.IsInteger()) && choices.Any(choice => choice.Type is KqlType.Real or KqlType.Decimal)
            ? throw call.Refuse("whole numbers beside others, which Kusto refuses, as arguments")
            : choices;

    /// <summary>The choices in the type that Kusto.Language gives to the call, or that they have in common.</summary>
    private static Expression[] Alike(Call call, Expression[] choices)
    {
        var type = (call.Context.IsBound ? KqlTypes.Find(call.Node.ResultType) : null)
            ?? choices.Select(choice => choice.Type).Aggregate((left, right) => left == right ? left : left.IsNumber() && right.IsNumber() ? ArithmeticCompiler.Wider(left, right) : KqlType.Dynamic);
        return Array.ConvertAll(choices, choice => choice.As(type));
    }
}
