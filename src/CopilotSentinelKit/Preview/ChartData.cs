using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit.Formats;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Preview;

/// <summary>The numbers of a chart: a series for each line, a value of each series for each time.</summary>
/// <param name="Along">What the chart's height counts, for words.</param>
/// <param name="Times">Times or, for shares, none; in order, at equal distances where the rows have such.</param>
/// <param name="Bin">The time from one to the next.</param>
/// <param name="Series">The series, the largest first, each with a value for every time; 0 where there is no row.</param>
internal sealed record ChartData(string Along, ImmutableArray<DateTime> Times, TimeSpan Bin, ImmutableArray<ChartSeries> Series)
{
    // Beyond, the times are no bins but moments.
    private const int MostBins = 500;

    /// <summary>What the largest bar or the highest point needs.</summary>
    /// <param name="isStacked">Whether values of one time stand on one another.</param>
    public double Highest(bool isStacked) => Enumerable.Range(0, Times.Length).Max(place => isStacked ? Series.Sum(series => series.Values[place]) : Series.Max(series => series.Values[place]));

    /// <summary>The numbers of a chart over time; null where no column is a time or none a number.</summary>
    public static ChartData? OverTime(ChartView? view, EvaluationResult result)
    {
        var axes = Axes.Of(view, result, "datetime");
        if (axes is not { X: { } x, Y.IsEmpty: false })
        {
            return null;
        }

        ImmutableArray<DateTime> seen = [.. result.Rows.Where(row => !row[x].IsNull).Select(row => new DateTime(row[x].Bits, DateTimeKind.Utc)).Distinct().Order()];
        if (seen.IsEmpty)
        {
            return null;
        }

        var bin = seen.Zip(seen.Skip(1), (before, after) => after - before).DefaultIfEmpty(TimeSpan.FromHours(1)).Min();
        var count = (seen[^1] - seen[0]).Ticks / bin.Ticks + 1;
        var times = count > MostBins ? seen : [.. Enumerable.Range(0, (int)count).Select(place => seen[0] + place * bin).Union(seen).Order()];
        var places = times.Select((time, place) => (time, place)).ToDictionary(pair => pair.time, pair => pair.place);
        var series = axes.Series(result).Select(named => new ChartSeries(named.Name, [.. Values(named.Cells, times.Length, row => row[x].IsNull ? null : places[new(row[x].Bits, DateTimeKind.Utc)])]));
        return new(string.Join(", ", axes.Y.Select(place => result.Columns[place].Name)), times, bin, [.. series.OrderByDescending(one => one.Total)]);
    }

    /// <summary>The numbers of shares; null where no column is a number.</summary>
    public static ChartData? Shares(ChartView? view, EvaluationResult result)
    {
        var axes = Axes.Of(view, result, "string");
        return axes.Y is not [var y, ..]
            ? null
            : new(result.Columns[y].Name, [], default, [.. result.Rows.Select(row => new ChartSeries(axes.X is { } x ? CellText.Of(row[x]) : "", [CellText.Number(row[y])])).OrderByDescending(one => one.Total)]);
    }

    /// <summary>Bars for the numbers of a chart that has no times.</summary>
    public static ImmutableArray<ColumnView> Bars(ChartView? view, EvaluationResult result) =>
        [.. Axes.Of(view, result, "string").Y.Select(place => new ColumnView(new(result.Columns[place].Name, view?.X?.Span ?? default), ColumnLook.Bar, null, null))];

    /// <summary>A row for each time, a column for each series.</summary>
    public PreviewTable ToTable() => new(
        [new("Time (UTC)", false), .. Series.Select(series => new PreviewColumn(series.Name, true))],
        [
            .. Times.Select((time, place) => (ImmutableArray<PreviewCell>)
            [
                new("text", time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)), .. Series.Select(series => new PreviewCell("number", CellText.Of(series.Values[place]))),
            ]),
        ],
        Times.Length);

    private static double[] Values(IEnumerable<(ImmutableArray<Value> Row, double Number)> cells, int length, Func<ImmutableArray<Value>, int?> place)
    {
        var values = new double[length];
        foreach (var (row, number) in cells)
        {
            if (place(row) is { } at)
            {
                values[at] += number;
            }
        }

        return values;
    }

    /// <summary>The columns of a chart: those that the workbook names, or the first that fit, as the portal chooses.</summary>
    private sealed record Axes(int? X, ImmutableArray<int> Y, int? Split)
    {
        public static Axes Of(ChartView? view, EvaluationResult result, string typeOfX)
        {
            var places = result.Columns.Select((column, place) => (column, place)).ToImmutableArray();
            int? Named(Spanned<string>? name) => name is { } wanted ? places.Where(pair => pair.column.Name == wanted.Value).Select(pair => (int?)pair.place).FirstOrDefault() : null;
            var x = Named(view?.X) ?? places.Where(pair => pair.column.Type == typeOfX).Select(pair => (int?)pair.place).FirstOrDefault();
            var y = view is { Y.IsEmpty: false } ? view.Y.Select(name => Named(name)).OfType<int>() : places.Where(pair => CellText.IsNumber(pair.column.Type) && pair.place != x).Select(pair => pair.place);
            var isFit = typeOfX != "datetime" || (x is { } place && result.Columns[place].Type == "datetime");
            return new(isFit ? x : null, [.. y], Named(view?.Series) ?? places.Where(pair => pair.column.Type == "string" && pair.place != x).Select(pair => (int?)pair.place).FirstOrDefault());
        }

        public IEnumerable<(string Name, IEnumerable<(ImmutableArray<Value> Row, double Number)> Cells)> Series(EvaluationResult result) =>
            from y in Y
            from rows in result.Rows.GroupBy(row => Split is { } split ? CellText.Of(row[split]) : result.Columns[y].Name, StringComparer.Ordinal)
            select (Split is not null && Y.Length > 1 ? $"{rows.Key}, {result.Columns[y].Name}" : rows.Key, rows.Select(row => (row, CellText.Number(row[y]))));
    }
}

/// <summary>A line, the bars of one colour, or a share.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Values">Its values.</param>
internal sealed record ChartSeries(string Name, ImmutableArray<double> Values)
{
    /// <summary>The sum of its values.</summary>
    public double Total { get; } = Values.Sum();
}
