using System.Text.RegularExpressions;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>A watchlist's alias, name, columns and search key.</summary>
internal static partial class WatchlistCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not Watchlist watchlist)
        {
            yield break;
        }

        if (watchlist.Alias.Value.Length > 0 && !AliasPattern().IsMatch(watchlist.Alias.Value))
        {
            yield return WatchlistFindings.IllegalAlias(watchlist.Alias.Span, watchlist.Alias.Value);
        }

        if (watchlist.Name.Value.Length > 0 && !NamePattern().IsMatch(watchlist.Name.Value))
        {
            yield return WatchlistFindings.IllegalName(watchlist.Name.Span, watchlist.Name.Value);
        }

        var columns = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var (column, span) in watchlist.Columns)
        {
            // Uploaded files have headers such as "User Name", which KQL reads in brackets; the kit's own names need none.
            if (watchlist.Origin == ContentOrigin.Spec && !ColumnPattern().IsMatch(column.Name))
            {
                yield return WatchlistFindings.IllegalColumn(span, column.Name);
            }
            else if (column.Name == "SearchKey")
            {
                yield return WatchlistFindings.ReservedColumn(span, column.Name);
            }

            if (!columns.TryAdd(column.Name, span))
            {
                yield return WatchlistFindings.DuplicateColumn(span, column.Name).With(columns[column.Name], "The first one.");
            }
        }

        if (watchlist.SearchKey.Value.Length > 0 && !columns.ContainsKey(watchlist.SearchKey.Value))
        {
            yield return WatchlistFindings.UnknownSearchKey(watchlist.SearchKey.Span, watchlist.SearchKey.Value, columns.Keys);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9 _-]{1,62}[A-Za-z0-9]\z")]
    private static partial Regex AliasPattern();

    // The alias is part of a resource name; the name is only shown, so letters of any script pass.
    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd} _-]{1,62}[\p{L}\p{M}\p{Nd}]\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex ColumnPattern();
}
