using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Functions of dynamic property bags.</summary>
internal static class BagFunctions
{
    private const KqlType D = KqlType.Dynamic;

    public static IEnumerable<ScalarFunction> All =>
    [
        new("bag_pack(key, value ...)", Pack), new("pack(key, value ...)", Pack), new("pack_dictionary(key, value ...)", Pack),
        new("pack_all([ignore_null_empty])", PackAll),
        new("bag_pack_columns(column ...)", call => PackColumns(call, call.Arguments.Select((argument, i) => (argument.Name(), call.Argument(i))), ignoreEmpty: false)),
        Unary("bag_keys(bag)", D, D, value => value.AsBag is { } bag ? ArrayFunctions.Of(bag.Properties.Select(property => Value.Of(property.Key))) : Value.Null),
        Lenient("bag_merge(bag ...)", [D], D, Merge),
        Lenient("bag_zip(keys, values)", [D], D, Zip),
        Unary("dynamic_to_json(value)", D, KqlType.String, value => Value.Of(ValueText.Json(Canonical(value)))),
    ];

    private static Expression Pack(Call call)
    {
        var inputs = Enumerable.Range(0, call.Count).Select(i => call.Argument(i, i % 2 == 0 ? KqlType.String : D)).ToArray();
        return Expression.Of(
            D,
            row =>
            {
                var properties = new KeyValuePair<string, Value>[inputs.Length / 2];
                for (var i = 0; i < properties.Length; i++)
                {
                    properties[i] = KeyValuePair.Create(inputs[2 * i].Evaluate(row).Text, inputs[(2 * i) + 1].Evaluate(row));
                }

                return Value.Of(DynamicBag.From(properties));
            },
            inputs);
    }

    private static Expression PackAll(Call call) => PackColumns(
        call,
        call.Row.Schema.Columns.Select((column, i) => (column.Name, call.Row.Column(i))),
        call.Known(0, Value.Of(false)).IsTrue);

    private static Expression PackColumns(Call call, IEnumerable<(string Name, Expression Value)> columns, bool ignoreEmpty)
    {
        var parts = columns.Select(column => (column.Name, column.Value.As(D).Evaluate)).ToArray();
        return new(D, row => Value.Of(DynamicBag.From(parts
            .Select(part => KeyValuePair.Create(part.Name, part.Evaluate(row)))
            .Where(property => !ignoreEmpty || !(property.Value.IsNull || property.Value == Value.Empty)))));
    }

    // A key that is no text is left out with its value, a value that is missing is null.
    private static Value Zip(Value[] values)
    {
        if (values[0].AsArray is not { } keys)
        {
            return Value.Null;
        }

        var found = values[1].AsArray?.Items ?? [];
        return Value.Of(DynamicBag.From(keys.Items
            .Select((key, i) => (Key: key, Value: i < found.Length ? found[i] : Value.Null))
            .Where(property => property.Key.Kind == ValueKind.String)
            .Select(property => KeyValuePair.Create(property.Key.Text, property.Value))));
    }

    /// <summary>The same with the properties of all bags in the order of their names.</summary>
    private static Value Canonical(Value value) =>
        value.AsArray is { } array ? ArrayFunctions.Of(array.Items.Select(Canonical))
        : value.AsBag is { } bag ? Value.Of(DynamicBag.From(bag.Properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => KeyValuePair.Create(property.Key, Canonical(property.Value)))))
        : value;

    // Of a key in several bags the leftmost counts.
    private static Value Merge(Value[] values)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return Array.TrueForAll(values, value => value.AsBag is null)
            ? Value.Null
            : Value.Of(DynamicBag.From(values.SelectMany(value => value.AsBag?.Properties ?? []).Where(property => seen.Add(property.Key))));
    }
}
