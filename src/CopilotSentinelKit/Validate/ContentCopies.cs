using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;

namespace CopilotSentinelKit.Validate;

/// <summary>The same content in two forms of delivery: a file of its own, and a template with everything or the package of a solution. Whichever is deployed last,
/// nothing is lost.</summary>
internal static class ContentCopies
{
    /// <summary>Whether two items are one. Two in one folder are not: there one was copied and forgotten, unless one stands in a file with others.</summary>
    /// <param name="first">An item.</param>
    /// <param name="second">An item of the same name, GUID or alias.</param>
    /// <param name="isAmongOthers">Whether the file of an item holds more than it.</param>
    public static bool IsOne(ContentItem first, ContentItem second, Func<ContentItem, bool> isAmongOthers) =>
        first.Origin != ContentOrigin.Spec
        && first.GetType() == second.GetType()
        && PathOf(first) != PathOf(second)
        && (FolderOf(first) != FolderOf(second) || isAmongOthers(first) || isAmongOthers(second))
        && (first.Guid == second.Guid || first.Guid == Guid.Empty || second.Guid == Guid.Empty || first is ParserFunction or Watchlist)
        && Said(first) == Said(second);

    /// <summary>The file that holds an item.</summary>
    public static string PathOf(ContentItem item) => item.Id.Span.File.Path;

    private static string FolderOf(ContentItem item) => PathOf(item) is var path && path.LastIndexOf('/') is >= 0 and var end ? path[..end] : "";

    // What of it counts. Whether a rule runs is not in it: a template of a solution is switched off until somebody makes a rule of it.
    private static string Said(ContentItem item) => string.Join('\0',
        [item.Name.Value.Trim(), .. item.GetQueries().Select(query => query.Text.Trim()), .. item switch
        {
            AnalyticsRule rule => [rule.Kind.Value.ToString(), $"{rule.Schedule?.Frequency.Value}", $"{rule.Schedule?.Period.Value}", $"{rule.Trigger?.Operator.Value}", $"{rule.Trigger?.Threshold.Value}"],
            ParserFunction parser => [parser.Alias],
            Watchlist list => [list.Alias.Value, .. list.Rows.SelectMany(row => row).Select(value => value.Value)],
            _ => Array.Empty<string>(),
        }]);
}
