using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;

namespace CopilotSentinelKit.Validate;

/// <summary>Where parsers mask personal data: rules and hunts that need what is masked, and those that only show a hash.</summary>
internal static class MaskedColumnsCheck
{
    /// <param name="pack">The pack.</param>
    /// <param name="items">Its content.</param>
    public static IEnumerable<Finding> Run(ResolvedPack pack, ImmutableArray<AnalyzedContent> items)
    {
        if (!pack.Mapping.Masked)
        {
            return [];
        }

        var personal = pack.Mapping.Fields.Concat(pack.Mapping.Parsers.SelectMany(parser => parser.Fields)).Where(field => field.Pii)
            .ToLookup(field => field.Name.Value, field => field.Type.Value, StringComparer.Ordinal);
        return items.Where(content => content.Item is AnalyticsRule or HuntingQuery).Select(content => Check(content, personal, pack)).OfType<Finding>();
    }

    private static Finding? Check(AnalyzedContent content, ILookup<string, string> personal, ResolvedPack pack)
    {
        var item = content.Item;
        var words = QueryTables.WordsOf(Own(item.GetQuery()?.Text ?? "")).Concat(item.GetEntities().SelectMany(entity => entity.Fields).Select(field => field.Column.Value)).ToHashSet(StringComparer.Ordinal);
        List<string> named = [.. personal.Select(field => field.Key).Where(words.Contains)];
        List<string> dropped = [.. named.Where(name => personal[name].Any(type => type != "string")), .. words.Contains(Mapping.AdditionalFields) ? [Mapping.AdditionalFields] : ImmutableArray<string>.Empty];
        return dropped.Count > 0 ? ModelFindings.NeedsUnmasked(item.Id.Span, dropped)
            : named.Count == 0 ? null
            : Compares(words, content.Analysis, pack) ? ModelFindings.NeedsUnmasked(item.Id.Span, named)
            : ModelFindings.ShowsHashes(item.Id.Span, named);
    }

    // Parsers that stand in the query are not what its author wrote.
    private static string Own(string kql) => kql[(kql.LastIndexOf("\n};\n", StringComparison.Ordinal) + 1)..];

    // What stands beside Copilot's records: another table, a watchlist or other function, a network.
    private static bool Compares(HashSet<string> words, KqlAnalysis? analysis, ResolvedPack pack) =>
        words.Any(word => word == "_GetWatchlist" || word.StartsWith("ipv4_", StringComparison.Ordinal) || word.StartsWith("ipv6_", StringComparison.Ordinal))
        || (analysis?.Tables ?? []).Except(pack.Mapping.Sources.Select(source => source.Table.Value)).Any()
        || (analysis?.Functions ?? []).Except(pack.Mapping.Parsers.Select(parser => parser.Name.Value)).Any();
}
