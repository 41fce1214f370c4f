
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Functions that go by JSON paths.</summary>
internal static class JsonFunctions
{
    private const KqlType D = KqlType.Dynamic;
    private const KqlType S = KqlType.String;

    public static IEnumerable<ScalarFunction> All =>
    [
        new("extract_json(path, text[, typeof(type)])", Extract),
        new("extractjson(path, text[, typeof(type)])", Extract),
        ScalarFunction.Lenient("bag_has_key(bag, key | path)", [D, S], KqlType.Bool, values => values[0].AsBag is null ? Value.Null : Value.Of(PathOf(values[1].Text).TryFind(values[0], out _))),
        ScalarFunction.Lenient("bag_set_key(bag, key | path, value)", [D, S, D], D, values => values[0].AsBag is null ? Value.Null : Set(values[0], PathOf(values[1].Text), 0, values[2])),
        ScalarFunction.Lenient("bag_remove_keys(bag, keys | paths)", [D], D, values => values[0].AsBag is null || values[1].AsArray is not { } keys
            ? Value.Null
            : keys.Items.Aggregate(values[0], (bag, key) => Remove(bag, PathOf(ValueText.Of(key)), 0))),
    ];

    private static Expression Extract(Call call)
    {
        var path = JsonPath.Read(call.Known(0, default).Text) ?? throw call.Refuse("this path");
        var type = call.Count > 2 ? Expansion.TypeOf(call.Context, call.Arguments[2]) : S;
        var text = call.Argument(1, S);
        return Expression.Of(
            type,
            row => DynamicJson.TryParse(text.Evaluate(row).Text) is { } root && path.TryFind(root, out var found) && !found.IsNull
                ? Conversion.To(type, type == D || found.Kind == ValueKind.String ? found : Value.Of(ValueText.Of(found)))
                : type == S ? Value.Empty : Value.Null,
            text);
    }

    /// <summary>The path of a key: the key itself unless it begins with $.</summary>
    private static JsonPath PathOf(string key) => !key.StartsWith('$') ? new([Value.Of(key)])
        : JsonPath.Read(key) is { HasOnlyKeys: true, Steps.Length: > 0 } path ? path
        : throw EvaluationException.Of($"The key \"{key}\" is no path of properties such as $.a.b.");

    private static Value Set(in Value target, JsonPath path, int step, in Value value)
    {
        if (step == path.Steps.Length)
        {
            return value;
        }

        var key = path.Steps[step].Text;
        var bag = target.AsBag ?? (target.IsNull ? DynamicBag.Empty : throw EvaluationException.Of($"bag_set_key() finds \"{key}\" below a value that is no property bag, and what it does then is not documented."));
        return Value.Of(DynamicBag.From([.. bag.Properties, KeyValuePair.Create(key, Set(bag.Find(key), path, step + 1, value))]));
    }

    private static Value Remove(in Value target, JsonPath path, int step)
    {
        var key = path.Steps[step].Text;
        if (target.AsBag is not { } bag || !bag.TryFind(key, out var inner))
        {
            return target;
        }

        return Value.Of(DynamicBag.From(step + 1 == path.Steps.Length
            ? bag.Properties.Where(property => property.Key != key)
            : bag.Properties.Append(KeyValuePair.Create(key, Remove(inner, path, step + 1)))));
    }
}
