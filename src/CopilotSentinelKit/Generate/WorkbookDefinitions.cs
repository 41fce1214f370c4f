using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Generate;

/// <summary>Writes the definitions that a workbook's query names in front of it, as <c>let</c> statements.</summary>
internal static class WorkbookDefinitions
{
    /// <param name="query">The query.</param>
    /// <param name="definitions">Names and their KQL; one may name those before it.</param>
    public static Query Embed(Query query, ImmutableArray<(string Name, Query Kql)> definitions)
    {
        var words = QueryTables.WordsOf(query.Text).ToHashSet(StringComparer.Ordinal);
        var needed = new Stack<(string Name, Query Kql)>();
        foreach (var definition in definitions.Reverse().Where(definition => words.Contains(definition.Name)))
        {
            words.UnionWith(QueryTables.WordsOf(definition.Kql.Text));
            needed.Push(definition);
        }

        var whole = new QueryBuilder();
        foreach (var (name, kql) in needed)
        {
            whole.Append($"let {name} = ").Append(kql).Append(";\n");
        }

        return whole.Append(query).Build(query.Fallback);
    }
}
