using System.Globalization;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>Fields that a spec gives as they stand.</summary>
internal static class FurtherOutput
{
    /// <summary>The output with the fields: each in place of one of its name, else behind all others.</summary>
    public static OutputMap Add(YamlMap? further, OutputMap output) =>
        further is null ? output : output.With(further.Entries.Select(entry => (entry.Key.Value, Node(entry.Value))));

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
