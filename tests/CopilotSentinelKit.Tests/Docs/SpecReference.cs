
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Tests.Docs;

/// <summary>The keys of a spec as Markdown tables, from the same tables that the reader checks with: one for the spec, then one for
/// each sort of map in it.</summary>
internal static class SpecReference
{
    public static string Of(MapShape root)
    {
        var tables = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Visit(root);
        return string.Join("\n", tables);

        void Visit(Shape shape)
        {
            if (shape is MapShape { Keys.IsEmpty: false } map && seen.Add(map.Name))
            {
                tables.Add(Table(map, map == root ? "key" : "key of " + map.Name));
            }

            foreach (var inner in Inner(shape))
            {
                Visit(inner);
            }
        }
    }

    private static string Table(MapShape map, string title) =>
        $"| {title} | value | meaning |\n|---|---|---|\n" + string.Concat(map.Keys.Select(key =>
            $"| `{key.Name}`{(key.IsRequired ? " *" : "")} | {Value(key.Shape)} | {key.Description.Replace("|", "\\|", StringComparison.Ordinal)} |\n"));

    private static IEnumerable<Shape> Inner(Shape shape) => shape switch
    {
        MapShape map => map.Keys.Select(key => key.Shape).Concat(map.Others is { } others ? [others.Shape] : []),
        ListShape list => [list.Item],
        ItemOrListShape item => [item.Item],
        VariantShape variant => variant.Variants,
        FormsShape forms => forms.All,
        _ => [],
    };

    private static string Value(Shape shape) => shape switch
    {
        TextShape { Form: { } form } => form.Expected,
        TextShape { Lines: true } => "text of one or more lines",
        TextShape => "text",
        BooleanShape => "`true` or `false`",
        IntegerShape => "whole number",
        DurationShape => "`5m`, `1h`, `14d`",
        ChoiceShape choice => string.Join(", ", choice.Words.Select(word => $"`{word}`")),
        ListShape list => "list of: " + Value(list.Item),
        ItemOrListShape item => "one or a list of: " + Value(item.Item),
        MapShape { Keys.IsEmpty: true, Others: { } others } => "names, each with: " + Value(others.Shape),
        MapShape map => map.Name,
        DataShape => "any value",
        ScalarShape { Form: { } form } => form.Expected,
        FormsShape forms => string.Join(", or ", forms.All.Select(Value)),
        VariantShape variant => string.Join(", or ", variant.Variants.Select(map => map.Name)),
        _ => "text, number, `true` or `false`",
    };
}
