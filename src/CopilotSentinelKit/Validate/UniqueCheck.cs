using System.Collections.Immutable;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>GUIDs, names, aliases and file names that must not be there twice; a finding shows both places.</summary>
internal static class UniqueCheck
{
    // The same content may stand in a folder as YAML and as a template: one was made into the other.
    public static IEnumerable<Finding> Run(ImmutableArray<AnalyzedContent> items) =>
        items.Select(item => item.Item).GroupBy(item => item.Origin).SelectMany(origin => Run([.. origin], origin.Key == ContentOrigin.Spec));

    private static IEnumerable<Finding> Run(ImmutableArray<ContentItem> content, bool areSpecs)
    {
        var itemsOf = content.CountBy(ContentCopies.PathOf, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

        // A GUID is the name of a resource, and resources of two types may have one name: a rule and a hunt.
        return content.Where(item => item.Guid != Guid.Empty).GroupBy(ResourceType)
            .SelectMany(type => Repeats(type, StringComparer.Ordinal, item => item.Guid.ToString("D"), item => item.Id.Span,
                item => ContentFindings.DuplicateGuid(item.Id.Span, item.Guid)))
            .Concat(Repeats(content.OfType<ParserFunction>().Where(parser => parser.Alias.Length > 0 && parser.Origin != ContentOrigin.Kql), StringComparer.Ordinal, parser => parser.Alias, parser => parser.Id.Span,
                parser => ContentFindings.DuplicateAlias(parser.Id.Span, parser.Alias)))
            .Concat(Repeats(content.OfType<Watchlist>().Where(watchlist => watchlist.Alias.Value.Length > 0), StringComparer.OrdinalIgnoreCase, watchlist => watchlist.Alias.Value, watchlist => watchlist.Alias.Span,
                watchlist => ContentFindings.DuplicateAlias(watchlist.Alias.Span, watchlist.Alias.Value)))
            .Concat(Repeats(content.OfType<Watchlist>().Where(watchlist => watchlist.ResourceName is not null), StringComparer.OrdinalIgnoreCase, watchlist => watchlist.ResourceName!.Value.Value, watchlist => watchlist.ResourceName!.Value.Span,
                watchlist => ContentFindings.DuplicateResource(watchlist.ResourceName!.Value.Span, watchlist.ResourceName.Value.Value)))
            .Concat(content.GroupBy(item => (item.GetType(), item.Origin)).SelectMany(kind =>
                Repeats(kind.Where(item => !string.IsNullOrWhiteSpace(item.Name.Value) && item.Origin != ContentOrigin.Kql), StringComparer.Ordinal,
                    item => item.Name.Value, item => item.Name.Span, item => DuplicateName(item, areSpecs))
                .Concat(Repeats(kind.Where(_ => areSpecs), StringComparer.OrdinalIgnoreCase, item => item.FileName, item => item.Id.Span,
                    item => ContentFindings.DuplicateFileName(item.Id.Span, item.FileName)))));

        // The order is that of the places, not of the items, so that the same one is always called the first.
        IEnumerable<Finding> Repeats<T>(IEnumerable<T> items, StringComparer comparer, Func<T, string> key, Func<T, SourceSpan> place, Func<T, Finding> finding)
            where T : ContentItem =>
            items.GroupBy(key, comparer)
                .Select(group => group.OrderBy(item => place(item).File.Path, StringComparer.Ordinal).ThenBy(item => place(item).Start).ToList())
                .SelectMany(group => group.Skip(1).Where(item => !ContentCopies.IsOne(group[0], item, one => itemsOf[ContentCopies.PathOf(one)] > 1)).Select(item => finding(item).With(place(group[0]), "The first one.")));
    }

    private static string ResourceType(ContentItem item) => item is HuntingQuery or ParserFunction ? "savedSearches" : item.GetType().Name;

    // A folder of others may hold what goes to several workspaces.
    private static Finding DuplicateName(ContentItem item, bool areSpecs) => item is AnalyticsRule && areSpecs && !item.IsByOthers
        ? ContentFindings.DuplicateRuleName(item.Name.Span, item.Name.Value)
        : ContentFindings.DuplicateName(item.Name.Span, item.Name.Value);
}
