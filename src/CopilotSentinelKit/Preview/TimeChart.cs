using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit.Formats;

namespace CopilotSentinelKit.Preview;

/// <summary>Lines, areas or bars over time as paths.</summary>
internal sealed class TimeChart
{
    private const int MostLabels = 8;
    private const double Side = PreviewChart.Side;

    // From one label of the axis to the next.
    private static readonly ImmutableArray<TimeSpan> Steps =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
        .. new[] { 1, 2, 7, 14, 30, 60, 90, 365 }.Select(days => TimeSpan.FromDays(days)),
    ];

    private static readonly ImmutableArray<int> Digits = [1, 2, 5, 10];

    private readonly ChartData _data;
    private readonly DateTime _from;
    private readonly TimeSpan _step;
    private readonly int _steps;
    private readonly double _highest;

    private TimeChart(ChartData data, bool isStacked)
    {
        var end = data.Times[^1] + data.Bin;
        (_data, _highest) = (data, Heights(data.Highest(isStacked))[0]);

        // Hours of several days would read alike.
        var isOfDays = end - data.Times[0] > TimeSpan.FromDays(1);
        _step = Steps.FirstOrDefault(step => (!isOfDays || step >= TimeSpan.FromDays(1)) && (end - Floor(data.Times[0], step)) <= MostLabels * step, Steps[^1]);
        _from = Floor(data.Times[0], _step);
        _steps = (int)Math.Ceiling((end - _from) / _step);
    }

    /// <summary>The chart.</summary>
    /// <param name="form">Which of the three.</param>
    /// <param name="data">Its numbers, one time at least.</param>
    public static PreviewChart Of(QueryForm form, ChartData data)
    {
        var isStacked = form == QueryForm.BarChart;
        var chart = new TimeChart(data, isStacked);
        var below = new double[data.Times.Length];
        var series = data.Series.Select(one => new PreviewSeries(one.Name, CellText.Of(one.Total), isStacked ? chart.Bars(one, below) : chart.Line(one, isFilled: form == QueryForm.AreaChart))).ToImmutableArray();
        var kind = isStacked ? "bars" : form == QueryForm.AreaChart ? "areas" : "lines";
        var largest = data.Series.Length == 1 ? "" : $" in {data.Series.Length} series, the largest {data.Series[0].Name} with {CellText.Of(data.Series[0].Total)} in all";
        return new(
            kind,
            $"{data.Along} over time, {chart._from:yyyy-MM-dd} to {data.Times[^1]:yyyy-MM-dd}{largest}; {CellText.Of(data.Highest(isStacked))} at most at one time.",
            [.. Heights(data.Highest(isStacked)).Select(CellText.Of)],
            [.. Enumerable.Range(0, chart._steps).Select(place => chart.Label(chart._from + place * chart._step))],
            series);
    }

    /// <summary>Round numbers at equal distances down to 0, the first not below the highest.</summary>
    private static ImmutableArray<double> Heights(double highest)
    {
        if (highest <= 0)
        {
            return [1, 0];
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(highest / 4)));
        var step = Digits.Select(digit => digit * power).First(size => size * 4 >= highest * 0.9999);
        step = highest >= 1 && double.IsInteger(highest) ? Math.Max(1, Math.Ceiling(step)) : step;
        var count = (int)Math.Ceiling(highest / step - 0.0001);
        return [.. Enumerable.Range(0, count + 1).Select(place => (count - place) * step)];
    }

    private static DateTime Floor(DateTime time, TimeSpan step) => new(time.Ticks - time.Ticks % step.Ticks, DateTimeKind.Utc);

    private string Label(DateTime time) => time.ToString(_step >= TimeSpan.FromDays(1) ? "d MMM" : "HH:mm", CultureInfo.InvariantCulture);

    private double X(DateTime time) => Side * ((time - _from) / (_steps * _step));

    private double Y(double value) => Side * (1 - Math.Max(0, value) / _highest);

    private string Line(ChartSeries series, bool isFilled)
    {
        var points = _data.Times.Select((time, place) => $"{Text(X(time))} {Text(Y(series.Values[place]))}").ToList();

        // A line of a single point has no length: it is drawn across its bin.
        points.AddRange(points.Count == 1 ? [$"{Text(X(_data.Times[0] + _data.Bin))} {Text(Y(series.Values[0]))}"] : []);
        var line = "M" + string.Join('L', points);
        return isFilled ? $"{line}L{Text(X(_data.Times.Length == 1 ? _data.Times[0] + _data.Bin : _data.Times[^1]))} {Text(Side)}L{Text(X(_data.Times[0]))} {Text(Side)}Z" : line;
    }

    private string Bars(ChartSeries series, double[] below)
    {
        var path = new StringBuilder();
        for (var place = 0; place < below.Length; place++)
        {
            var value = Math.Max(0, series.Values[place]);
            if (value > 0)
            {
                var (left, width) = (X(_data.Times[place]), X(_data.Times[place] + _data.Bin) - X(_data.Times[place]));
                var (bottom, top) = (Y(below[place]), Y(below[place] + value));
                path.Append(CultureInfo.InvariantCulture, $"M{Text(left + width * 0.1)} {Text(bottom)}V{Text(top)}H{Text(left + width * 0.9)}V{Text(bottom)}Z");
            }

            below[place] += value;
        }

        return path.ToString();
    }

    private static string Text(double number) => Math.Round(number, 1).ToString("0.#", CultureInfo.InvariantCulture);
}
