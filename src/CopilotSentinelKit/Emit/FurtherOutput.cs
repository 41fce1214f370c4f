using System.Globalization;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>Fields that a spec gives as they stand.</summary>
internal static class FurtherOutput
{
    /// <summary>The output with the fields: each in place of one of its name, else behind all others.</summary>
    public static OutputMap Add(YamlMap? further, OutputMap output)
    {
        if (further is null)
        {
            return output;
        }

        var entries = output.Entries.ToBuilder();
        foreach (var (key, value) in further.Entries)
        {
            if (Node(value) is not { } node)
            {
                continue;
            }

            var at = output.Entries.ToList().FindIndex(entry => entry.Key == key.Value);
            if (at >= 0)
            {
                entries[at] = (key.Value, node);
            }
            else
            {
                entries.Add((key.Value, node));
            }
        }

        return new(entries.ToImmutable());
    }

    /// <summary>A value of YAML or JSON as it is written again; null for one that says nothing.</summary>
    public static OutputNode? Node(YamlValue value) => value switch
    {
        YamlMap map => new OutputMap([.. from entry in map.Entries let inner = Node(entry.Value) where inner is not null select (entry.Key.Value, inner)]),
        YamlList list => new OutputList([.. list.Items.Select(Node).OfType<OutputNode>()]),
        YamlText text when ScalarValue.IsNull(text) => null,
        YamlText text when ScalarValue.Boolean(text) is { } flag => flag,
        YamlText text when ScalarValue.Integer(text) is { } number && number.ToString(CultureInfo.InvariantCulture) == text.Value => number,
        YamlText text => new OutputText(text.Value),
        _ => null,
    };
}
