using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Analyze;

/// <summary>A piece of content and what Kusto.Language says of its query.</summary>
/// <param name="Item">The content.</param>
/// <param name="Analysis">Null for content without a query, or whose query was not analysed.</param>
internal sealed record AnalyzedContent(ContentItem Item, KqlAnalysis? Analysis)
{
    /// <summary>For a workbook or a data collection rule, the analyses of its queries in their order; else empty.</summary>
    public ImmutableArray<KqlAnalysis> Parts { get; init; } = [];
}

/// <summary>What several kinds of content have, so that a check need not know the kinds.</summary>
internal static class ContentParts
{
    /// <summary>The query, or null for content that has none or whose query is not known.</summary>
    public static Query? GetQuery(this ContentItem item)
    {
        var query = item switch
        {
            AnalyticsRule rule => rule.Query,
            HuntingQuery hunt => hunt.Query,
            SummaryRule summary => summary.Query,
            ParserFunction parser => parser.Query,
            _ => null,
        };
        return query is { IsUnknown: true } ? null : query;
    }

    /// <summary>All its queries that are known, in the order in which their analyses are kept.</summary>
    public static ImmutableArray<Query> GetQueries(this ContentItem item) => item switch
    {
        Workbook workbook => [.. workbook.Queries.Select(query => query.Sample)],
        DataCollectionRule rule => [.. rule.Transformations.Select(transformation => transformation.Sample)],
        _ => item.GetQuery() is { } query ? [query] : [],
    };

    /// <summary>Content of one kind that the kit's own specs give, in order of their files.</summary>
    public static ImmutableArray<T> OfSpecs<T>(this ImmutableArray<AnalyzedContent> items)
        where T : ContentItem =>
        [.. items.Select(item => item.Item).OfType<T>().Where(item => item.Origin == ContentOrigin.Spec).OrderBy(item => item.Id.Span.File.Path, StringComparer.Ordinal).ThenBy(item => item.Id.Span.Start)];

    /// <summary>Entity mappings; none for content that cannot have them.</summary>
    public static ImmutableArray<EntityMapping> GetEntities(this ContentItem item) => item switch
    {
        AnalyticsRule rule => rule.Entities,
        HuntingQuery hunt => hunt.Entities,
        _ => [],
    };

    /// <summary>Tactics and techniques; none for content that cannot have them.</summary>
    public static Attack GetAttack(this ContentItem item) => item switch
    {
        AnalyticsRule rule => rule.Attack,
        HuntingQuery hunt => hunt.Attack,
        _ => Attack.None,
    };

    /// <summary>The columns that the query returns, or null when they are unknown: not analysed, not tabular, or wrong KQL, whose
    /// columns would only give follow-up findings.</summary>
    public static ImmutableArray<Column>? GetSoundColumns(this KqlAnalysis? analysis) =>
        analysis is null || analysis.HasErrors() ? null : analysis.Columns;

    /// <summary>The columns that the query returns, or null where there may be others too.</summary>
    public static ImmutableArray<Column>? GetAllColumns(this KqlAnalysis? analysis) => analysis is { IsOpen: true } ? null : analysis.GetSoundColumns();

    /// <summary>Whether Kusto.Language refuses the query.</summary>
    public static bool HasErrors(this KqlAnalysis analysis) => analysis.Diagnostics.Any(finding => finding.Severity == "Error");
}
