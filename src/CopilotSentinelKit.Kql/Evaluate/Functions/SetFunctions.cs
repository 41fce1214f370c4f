using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Functions of dynamic arrays as sets.</summary>
internal static class SetFunctions
{
    private const KqlType D = KqlType.Dynamic;

    public static IEnumerable<ScalarFunction> All =>
    [
        Lenient("set_union(array, array ...)", [D], D, values => AllArrays(values) ? ArrayFunctions.Of(values.SelectMany(Items).Distinct()) : Value.Null),
        Lenient("set_intersect(array, array ...)", [D], D, values => AllArrays(values) ? ArrayFunctions.Of(values.Skip(1).Aggregate(Items(values[0]).Distinct(), (set, other) => set.Intersect(Items(other)))) : Value.Null),
        Lenient("set_difference(array, array ...)", [D], D, values => AllArrays(values) ? ArrayFunctions.Of(Items(values[0]).Distinct().Except(values.Skip(1).SelectMany(Items))) : Value.Null),
        Lenient("set_has_element(array, value)", [D], KqlType.Bool, values => values[0].AsArray is { } array ? Value.Of(array.Items.Contains(values[1])) : Value.Null),
        Lenient("jaccard_index(array, array)", [D], KqlType.Real, values => AllArrays(values) ? Jaccard([.. Items(values[0])], [.. Items(values[1])]) : Value.Null),
    ];

    private static bool AllArrays(Value[] values) => Array.TrueForAll(values, value => value.AsArray is not null);

    private static IEnumerable<Value> Items(Value value) => value.AsArray!.Items;

    private static Value Jaccard(HashSet<Value> left, HashSet<Value> right) =>
        Value.Of((double)left.Intersect(right).Count() / left.Union(right).Count());
}
