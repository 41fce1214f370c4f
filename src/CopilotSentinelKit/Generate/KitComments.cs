
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings.Policy;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Generate;

/// <summary>Takes comments out of a query; a line that holds nothing else goes as a whole.</summary>
internal static class KitComments
{
    /// <summary>The query without comments to the kit: Sentinel has no use for them, and a new last day of one is no change of the rule.</summary>
    public static Query Remove(Query query) => query.Text.Contains(SuppressionComments.Mark, StringComparison.Ordinal)
        ? Without(query, comment => comment.AsSpan().TrimStart('/').TrimStart(" \t").StartsWith(SuppressionComments.Mark))
        : query;

    /// <summary>The query without any comment.</summary>
    public static Query RemoveAll(Query query) => Without(query, _ => true);

    private static Query Without(Query query, Func<string, bool> goes)
    {
        var builder = new QueryBuilder();
        var done = 0;
        foreach (var (start, length) in KqlComments.Find(query.Text))
        {
            if (goes(query.Text.Substring(start, length)))
            {
                var from = query.Text.AsSpan(0, start).TrimEnd(" \t").Length;
                var end = start + length;
                var isWholeLine = from == 0 || query.Text[from - 1] == '\n';
                builder.Append(query, done, from);
                done = isWholeLine && end < query.Text.Length ? end + 1 : end;
            }
        }

        builder.Append(query, done, query.Text.Length);
        var rest = builder.Build(query.Fallback);
        return new QueryBuilder().Append(rest, 0, rest.Text.TrimEnd().Length).Build(query.Fallback);
    }
}
