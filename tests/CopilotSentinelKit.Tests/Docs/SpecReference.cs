using System.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Tests.Docs;

/// <summary>The keys of a spec as a Markdown table, from the same tables that the reader checks with.</summary>
internal static class SpecReference
{
    public static string Table(MapShape shape)
    {
        var text = new StringBuilder("| key | value | meaning |\n|---|---|---|\n");
        foreach (var (path, key) in Keys("", shape))
        {
            var required = key.IsRequired ? " (required)" : "";
            text.Append($"| `{path}`{required} | {Value(key.Shape)} | {key.Description.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Path, Key Key)> Keys(string prefix, MapShape shape)
    {
        foreach (var key in shape.Keys)
        {
            yield return (prefix + key.Name, key);
            foreach (var nested in Nested(prefix + key.Name, key.Shape))
            {
                yield return nested;
            }
        }
    }

    private static IEnumerable<(string Path, Key Key)> Nested(string path, Shape shape) => shape switch
    {
        MapShape map => Keys(path + ".", map).Concat(map.Others is { } others ? Nested(path + ".*", others.Shape) : []),
        ListShape list => Nested(path + "[]", list.Item),
        _ => [],
    };

    private static string Value(Shape shape) => shape switch
    {
        TextShape { Form: { } form } => form.Expected,
        TextShape { Lines: true } => "text, also of several lines",
        TextShape => "text",
        BooleanShape => "`true` or `false`",
        IntegerShape => "whole number",
        DurationShape => "duration: `5m`, `1h`, `14d`",
        ChoiceShape choice => string.Join(", ", choice.Words.Select(word => $"`{word}`")),
        ListShape list => "list: " + Value(list.Item),
        ItemOrListShape item => "one or a list: " + Value(item.Item),
        MapShape { Keys.IsEmpty: true } => "names and values",
        MapShape => "keys below",
        _ => "text, number or boolean",
    };
}
