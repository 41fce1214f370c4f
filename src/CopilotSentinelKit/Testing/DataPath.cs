using System.Globalization;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Testing;

/// <summary>Changes inside dynamic values.</summary>
internal static class DataPath
{
    /// <summary>The bag with a member set; objects on the way that are not there are made. Null when something on the way is neither an object
    /// nor a list that is long enough.</summary>
    /// <param name="bag">The bag.</param>
    /// <param name="path">Names joined by dots; a number is a place in a list, from 0.</param>
    /// <param name="value">The member's value.</param>
    public static DynamicBag? Set(DynamicBag bag, string path, Value value) => Set(Value.Of(bag), path, value)?.AsBag;

    private static Value? Set(Value owner, string path, Value value)
    {
        if (path.Length == 0)
        {
            return value;
        }

        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var (name, rest) = dot < 0 ? (path, "") : (path[..dot], path[(dot + 1)..]);
        if (owner.AsArray is { } array)
        {
            return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < array.Items.Length
                && Set(array.Items[place], rest, value) is { } item ? Value.Of(new DynamicArray(array.Items.SetItem(place, item))) : null;
        }

        return (owner.IsNull ? DynamicBag.Empty : owner.AsBag) is { } bag && Set(bag.Find(name), rest, value) is { } member
            ? Value.Of(DynamicBag.From(bag.Properties.Append(new(name, member))))
            : null;
    }
}
