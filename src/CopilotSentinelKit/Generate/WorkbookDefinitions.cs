using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Generate;

/// <summary>Writes the definitions that a workbook's query names in front of it, as <c>let</c> statements.</summary>
internal static partial class WorkbookDefinitions
{
    /// <param name="query">The query.</param>
    /// <param name="definitions">Names and their KQL; one may name those before it.</param>
    public static Query Embed(Query query, ImmutableArray<(string Name, Query Kql)> definitions)
    {
        var words = WordsOf(query);
        var needed = new Stack<(string Name, Query Kql)>();
        foreach (var definition in definitions.Reverse().Where(definition => words.Contains(definition.Name)))
        {
            words.UnionWith(WordsOf(definition.Kql));
            needed.Push(definition);
        }

        var text = new StringBuilder();
        var map = ImmutableArray.CreateBuilder<MapSegment>();
        foreach (var (name, kql) in needed)
        {
            text.Append("let ").Append(name).Append(" = ");
            Append(kql);
            text.Append(";\n");
        }

        Append(query);
        return new(text.ToString(), map.DrainToImmutable(), query.Fallback);

        void Append(Query part)
        {
            map.AddRange(part.Map.Select(segment => segment with { Start = segment.Start + text.Length }));
            text.Append(part.Text);
        }
    }

    private static HashSet<string> WordsOf(Query query) => Word().Matches(query.Text).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
