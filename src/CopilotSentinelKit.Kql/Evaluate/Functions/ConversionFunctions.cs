
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Conversions between types, and what a value is.</summary>
internal static class ConversionFunctions
{
    public static IEnumerable<ScalarFunction> All =>
    [
        To("tobool(value)", KqlType.Bool), To("toboolean(value)", KqlType.Bool), To("toint(value)", KqlType.Int), To("tolong(value)", KqlType.Long),
        To("toreal(value)", KqlType.Real), To("todouble(value)", KqlType.Real), To("todecimal(value)", KqlType.Decimal),
        To("todatetime(value)", KqlType.DateTime), To("totimespan(value)", KqlType.Timespan), To("totime(value)", KqlType.Timespan), To("toguid(value)", KqlType.Guid),
        new("tostring(value)", call => call.Argument(0, KqlType.String)),
        Parse("parse_json(text)"), Parse("parsejson(text)"), Parse("todynamic(text)"), Parse("toobject(text)"),
        new("gettype(value)", GetType),
        new("isnull(value)", call => OfAny(call, KqlType.Bool, value => Value.Of(value.IsNull))),
        new("isnotnull(value)", call => OfAny(call, KqlType.Bool, value => Value.Of(!value.IsNull))),
        new("notnull(value)", call => OfAny(call, KqlType.Bool, value => Value.Of(!value.IsNull))),
        new("isempty(value)", call => OfAny(call, KqlType.Bool, value => Value.Of(IsEmpty(value)))),
        new("isnotempty(value)", call => OfAny(call, KqlType.Bool, value => Value.Of(!IsEmpty(value)))),
        new("notempty(value)", call => OfAny(call, KqlType.Bool, value => Value.Of(!IsEmpty(value)))),
    ];

    private static ScalarFunction To(string signature, KqlType type) => new(signature, call =>
    {
        // A real that is too large becomes the nearest long, but the least one where the engine converts it before it reads rows.
        var isFolded = type == KqlType.Long && call.Argument(0) is { IsKnown: true, Type: KqlType.Real };
        return OfAny(call, type, value => isFolded && value is { Kind: ValueKind.Real, Number: >= 9223372036854775808d } ? Value.Of(long.MinValue) : Conversion.To(type, value));
    });

    private static ScalarFunction Parse(string signature) => new(signature, call =>
    {
        var inner = call.Argument(0);
        return inner.Type == KqlType.Dynamic
            ? inner
            : OfAny(call, KqlType.Dynamic, value => value.Kind != ValueKind.String ? value : value.Text.Length == 0 ? Value.Null : DynamicJson.TryParse(value.Text) ?? value);
    });

    private static Expression OfAny(Call call, KqlType type, Func<Value, Value> compute)
    {
        var inner = call.Argument(0);
        var evaluate = inner.Evaluate;
        return Expression.Of(type, row => compute(evaluate(row)), inner);
    }

    private static bool IsEmpty(in Value value) => value.IsNull || (value.Kind == ValueKind.String && value.Text.Length == 0);

    // A value that is not dynamic has the type that it is declared with, also when it is null.
    private static Expression GetType(Call call)
    {
        var type = call.Argument(0).Type;
        return type == KqlType.Dynamic ? OfAny(call, KqlType.String, value => Value.Of(TypeOf(value))) : Expression.Constant(KqlType.String, Value.Of(type.Name()));
    }

    private static string TypeOf(in Value value) => value.Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Bag => "dictionary",
        ValueKind.Real => "double",
        _ => value.Kind.ToString().ToLowerInvariant(),
    };
}
