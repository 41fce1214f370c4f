using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Testing;

/// <summary>A watchlist as the queries of tests read it.</summary>
/// <param name="Deployed">Its columns, and the rows that it is deployed with; none for one that is only declared.</param>
/// <param name="SearchKey">The column that SearchKey repeats, or null when nobody says.</param>
internal sealed record TestWatchlist(EvaluationTable Deployed, string? SearchKey)
{
    /// <summary>A watchlist of the schema.</summary>
    /// <param name="list">What queries see of it.</param>
    /// <param name="own">What is deployed, or null.</param>
    public static TestWatchlist Of(KqlWatchlist list, Watchlist? own)
    {
        var columns = list.AllColumns();
        if (own is null)
        {
            return new(new(list.Alias, columns, []), null);
        }

        var names = own.Columns.Select(column => column.Value.Name).ToList();
        ImmutableArray<int> places = [.. columns.Select(column => names.IndexOf(column.Name == KqlWatchlist.SearchKey ? own.SearchKey.Value : column.Name))];
        return new(
            new(list.Alias, columns, [.. own.Rows.Select(row => columns.Zip(places, (column, place) => place < 0 ? Value.Null : Cell(column, row[place].Value)).ToImmutableArray())]),
            own.SearchKey.Value);
    }

    /// <summary>The same with other rows, in which SearchKey, where it was not written, repeats the search key.</summary>
    public EvaluationTable With(ImmutableArray<ImmutableArray<Value>> rows)
    {
        var names = Deployed.Columns.Select(column => column.Name).ToList();
        var to = names.IndexOf(KqlWatchlist.SearchKey);
        return Deployed with
        {
            Rows = names.IndexOf(SearchKey ?? "") is >= 0 and var from
                ? [.. rows.Select(row => ValueText.Of(row[to]).Length > 0 ? row : row.SetItem(to, Value.Of(ValueText.Of(row[from]))))]
                : rows,
        };
    }

    private static Value Cell(Column column, string text) => Conversion.To(KqlTypes.Find(column.Type) ?? KqlType.String, Value.Of(text));
}
