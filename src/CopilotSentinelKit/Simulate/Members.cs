using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Simulate;

/// <summary>Members of records that are made up.</summary>
internal static class Members
{
    /// <summary>A bag with some members; those whose value is null are left out.</summary>
    public static Value Bag(params ReadOnlySpan<(string Name, Value Value)> members) => Value.Of(With(DynamicBag.Empty, members));

    /// <summary>A bag with other members; those whose value is null stay as they are.</summary>
    public static DynamicBag With(DynamicBag bag, params ReadOnlySpan<(string Name, Value Value)> members)
    {
        var all = new List<KeyValuePair<string, Value>>(bag.Properties);
        foreach (var (name, value) in members)
        {
            if (!value.IsNull)
            {
                all.Add(new(name, value));
            }
        }

        return DynamicBag.From(all);
    }

    /// <summary>A list.</summary>
    public static Value List(params ImmutableArray<Value> items) => Value.Of(new DynamicArray(items));

    /// <summary>A time as records have it.</summary>
    public static Value Time(DateTime time) => Value.Of(time.ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    /// <summary>The same value with what stands in braces in its texts replaced.</summary>
    /// <param name="value">The value.</param>
    /// <param name="find">Gives what stands for a name, or null for one that it does not know, which stays.</param>
    public static Value Filled(Value value, Func<string, string?> find) => value switch
    {
        { AsArray: { } array } => Value.Of(new DynamicArray([.. array.Items.Select(item => Filled(item, find))])),
        { AsBag: { } bag } => Value.Of(DynamicBag.From(bag.Properties.Select(property => KeyValuePair.Create(property.Key, Filled(property.Value, find))))),
        { Kind: ValueKind.String } => Value.Of(Filled(value.Text, find)),
        _ => value,
    };

    private static string Filled(string text, Func<string, string?> find)
    {
        for (var open = text.IndexOf('{', StringComparison.Ordinal); open >= 0; open = open + 1 < text.Length ? text.IndexOf('{', open + 1) : -1)
        {
            var close = text.IndexOf('}', open);
            if (close > open && find(text[(open + 1)..close]) is { } found)
            {
                text = string.Concat(text.AsSpan(0, open), found, text.AsSpan(close + 1));
            }
        }

        return text;
    }
}
