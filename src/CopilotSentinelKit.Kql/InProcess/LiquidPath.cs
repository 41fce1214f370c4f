using Scriban.Runtime;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>Members of values, as Liquid reads them.</summary>
internal static class LiquidPath
{
    /// <summary>What stands for a member that is not there: null is a value.</summary>
    public static object Missing { get; } = new();

    /// <summary>The member at the end of a path, or null.</summary>
    public static object? Find(object? value, IEnumerable<string> path)
    {
        foreach (var name in path)
        {
            value = Member(value, name);
        }

        return ReferenceEquals(value, Missing) ? null : value;
    }

    /// <summary>A member, or <see cref="Missing"/>; null has only null.</summary>
    public static object? Member(object? value, object? key)
    {
        key = Js.Plain(key);
        return (value, key) switch
        {
            (null, _) => null,
            (ScriptArray items, double index) => At(items, index < 0 ? items.Count + index : index),
            (ScriptArray items, "size") => (double)items.Count,
            (ScriptArray items, "first") => At(items, 0),
            (ScriptArray items, "last") => At(items, items.Count - 1),
            (ScriptArray items, string text) when double.TryParse(text, out var index) => At(items, index),
            (ScriptObject members, _) when members.TryGetValue(Js.Text(key), out var member) => member,
            (ScriptObject members, "size") => (double)members.Count,
            (string text, "size" or "length") => (double)text.Length,
            (Typed typed, "type") => typed.Type,
            (Typed typed, "value") => typed.Value,
            (Typed typed, "origin") => typed.Origin,
            (IScriptObject loop and not ScriptArray, string name) => InLoop(loop, name),
            _ => Missing,
        };
    }

    private static object? At(ScriptArray items, double index) =>
        double.IsInteger(index) && index >= 0 && index < items.Count ? items[(int)index] : Missing;

    // Scriban's own state of a loop, which tells more than Liquid knows.
    private static object? InLoop(IScriptObject loop, string name)
    {
        var isKnown = name is "index" or "index0" or "first" or "last" or "length" or "rindex" or "rindex0";
        return isKnown && loop.TryGetValue(LiquidContext.ForLoops, default, name, out var value) ? value is int number ? (double)number : value : Missing;
    }
}
