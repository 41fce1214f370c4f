
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings.Policy;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Generate;

/// <summary>Takes comments to the kit out of a query: Sentinel has no use for them, and a new last day of one is no change of the rule.</summary>
internal static class KitComments
{
    /// <summary>The query without them; a line that holds nothing else goes as a whole. All other comments stay.</summary>
    public static Query Remove(Query query)
    {
        if (!query.Text.Contains(SuppressionComments.Mark, StringComparison.Ordinal))
        {
            return query;
        }

        var builder = new QueryBuilder();
        var done = 0;
        foreach (var (start, length) in KqlComments.Find(query.Text))
        {
            if (query.Text.AsSpan(start, length).TrimStart('/').TrimStart(" \t").StartsWith(SuppressionComments.Mark))
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
