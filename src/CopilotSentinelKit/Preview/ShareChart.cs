using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Emit.Formats;

namespace CopilotSentinelKit.Preview;

/// <summary>A ring cut into shares, as paths.</summary>
internal static class ShareChart
{
    private const double Centre = PreviewChart.Side / 2.0;
    private const double Outer = Centre;
    private const double Inner = Centre * 0.58;

    /// <summary>The chart, clockwise from the top, the largest share first.</summary>
    public static PreviewChart Of(ChartData data)
    {
        var shown = data.Series.Where(series => series.Total > 0).ToImmutableArray();
        var whole = shown.Sum(series => series.Total);
        var from = 0.0;
        var shares = shown.Select(series =>
        {
            var start = from;
            from += series.Total / whole;
            return new PreviewSeries(series.Name, $"{CellText.Of(series.Total)}, {Percent(series)}", Ring(start, from));
        });
        return new("shares", $"Shares of {CellText.Of(whole)} ({data.Along}): {string.Join("; ", shown.Take(3).Select(series => $"{series.Name} {Percent(series)}"))}.", [], [], [.. shares]);

        string Percent(ChartSeries series) => (100 * (series.Total / whole)).ToString("0.#", CultureInfo.InvariantCulture) + " %";
    }

    private static string Ring(double from, double to)
    {
        // An arc from a point to itself is nothing: the whole ring is two halves.
        if (to - from > 0.9999)
        {
            return Ring(from, from + 0.5) + Ring(from + 0.5, from + 0.9998);
        }

        var large = to - from > 0.5 ? 1 : 0;
        return FormattableString.Invariant($"M{Point(Outer, from)}A{Outer:0.#} {Outer:0.#} 0 {large} 1 {Point(Outer, to)}L{Point(Inner, to)}A{Inner:0.#} {Inner:0.#} 0 {large} 0 {Point(Inner, from)}Z");
    }

    private static string Point(double radius, double turn)
    {
        var (sine, cosine) = Math.SinCos(2 * Math.PI * turn);
        return FormattableString.Invariant($"{Centre + radius * sine:0.#} {Centre - radius * cosine:0.#}");
    }
}
