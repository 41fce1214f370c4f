using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>Queries in YAML of any other form: whatever the file is for, KQL under a key of such a name is KQL.</summary>
internal static partial class YamlQueries
{
    private static readonly string[] NameKeys = ["displayName", "name", "title", "ruleName", "id"];

    /// <summary>A hunt for each query, named by the map that it stands in, or the nearest one around it.</summary>
    public static IEnumerable<HuntingQuery> Of(YamlValue? value, string name)
    {
        switch (value)
        {
            case YamlList list:
                return list.Items.SelectMany(item => Of(item, name));
            case YamlMap map:
                var own = NameOf(map) ?? name;
                return map.Entries.SelectMany(entry => entry.Value is YamlText { Plain: false } text && Key().IsMatch(entry.Key.Value)
                    ? BareKql.Looks(text.Value) && !BareKql.HasGaps(text.Value) ? [PlainQuery.Hunt(own, ForeignQuery.Of(text, entry.Key.Span))] : []
                    : Of(entry.Value, own));
            default:
                return [];
        }
    }

    /// <summary>Whether a file is a Sigma rule as Sigma has it: fields and values to look for, in no query language.</summary>
    public static bool IsSigma(YamlMap map) => map["logsource"] is not null && map["detection"] is YamlMap;

    private static string? NameOf(YamlMap map) =>
        NameKeys.Select(key => map.Entries.FirstOrDefault(entry => entry.Key.Value.Equals(key, StringComparison.OrdinalIgnoreCase))?.Value).OfType<YamlText>().FirstOrDefault()?.Value;

    [GeneratedRegex("^(kql|query|queryText|.*Query)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
