using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>Walking through a tree.</summary>
internal static class YamlTexts
{
    /// <summary>All texts of a tree that are no numbers and the like, in order.</summary>
    /// <param name="value">The tree.</param>
    /// <param name="enters">Whether to look at the value of a key.</param>
    public static IEnumerable<YamlText> Of(YamlValue value, Func<string, bool> enters) => value switch
    {
        YamlText text => text.Plain ? [] : [text],
        YamlList list => list.Items.SelectMany(item => Of(item, enters)),
        YamlMap map => map.Entries.Where(entry => enters(entry.Key.Value)).SelectMany(entry => Of(entry.Value, enters)),
        _ => [],
    };
}
