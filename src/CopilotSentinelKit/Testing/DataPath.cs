using CopilotSentinelKit.Evaluate.Values;

namespace CopilotSentinelKit.Testing;

/// <summary>Changes inside dynamic values.</summary>
internal static class DataPath
{
    /// <summary>The bag with a member set; objects on the way that are not there are made. Null when something on the way is no object.</summary>
    /// <param name="bag">The bag.</param>
    /// <param name="path">Names joined by dots.</param>
    /// <param name="value">The member's value.</param>
    public static DynamicBag? Set(DynamicBag bag, string path, Value value)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return With(bag, path, value);
        }

        var inner = bag.Find(path[..dot]);
        var known = inner.IsNull ? DynamicBag.Empty : inner.AsBag;
        return known is not null && Set(known, path[(dot + 1)..], value) is { } changed ? With(bag, path[..dot], Value.Of(changed)) : null;
    }

    private static DynamicBag With(DynamicBag bag, string name, Value value) => DynamicBag.From(bag.Properties.Append(new(name, value)));
}
