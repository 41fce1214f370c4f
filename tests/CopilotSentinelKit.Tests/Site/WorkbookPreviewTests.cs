using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Preview;

namespace CopilotSentinelKit.Tests.Site;

/// <summary>Results of queries as charts, tables and texts.</summary>
internal sealed class WorkbookPreviewTests
{
    private static readonly DateTime Monday = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);

    private static readonly EvaluationResult OverTime = Result(
        [new("TimeGenerated", "datetime"), new("Series", "string"), new("Number", "long")],
        [Value.Of(Monday), Value.Of("small"), Value.Of(1L)],
        [Value.Of(Monday.AddDays(1)), Value.Of("large"), Value.Of(4L)],
        [Value.Of(Monday.AddDays(3)), Value.Of("large"), Value.Of(2L)]);

    [Test]
    public void A_chart_has_the_largest_series_first_and_zero_where_no_row_is()
    {
        var data = ChartData.OverTime(null, OverTime)!;
        Assert.That(data.Series.Select(series => series.Name), Is.EqualTo(["large", "small"]));
        Assert.That(data.Series[0].Values, Is.EqualTo([0.0, 4.0, 0.0, 2.0]));
        Assert.That(data.ToTable().Rows.Select(row => row[1].Text), Is.EqualTo(["0", "4", "0", "2"]));
    }

    [Test]
    public void Lines_go_through_their_points_and_stacked_bars_stand_on_one_another()
    {
        var lines = TimeChart.Of(QueryForm.TimeChart, ChartData.OverTime(null, OverTime)!);
        Assert.That(lines.Heights, Is.EqualTo(["4", "3", "2", "1", "0"]));
        Assert.That(lines.Times, Is.EqualTo(["5 Jan", "6 Jan", "7 Jan", "8 Jan"]));
        Assert.That(lines.Series[0].Path, Is.EqualTo("M0 1000L250 0L500 1000L750 500"));
        var both = Result(OverTime.Columns, [.. OverTime.Rows[1]], [Value.Of(Monday.AddDays(1)), Value.Of("small"), Value.Of(1L)]);
        var bars = TimeChart.Of(QueryForm.BarChart, ChartData.OverTime(null, both)!);
        Assert.That(bars.Heights[0], Is.EqualTo("6"));
        Assert.That(bars.Series[1].Path, Does.Contain(" 333.3V"));
    }

    [Test]
    public void Shares_are_of_the_whole()
    {
        var shares = ShareChart.Of(ChartData.Shares(null, Result([new("Name", "string"), new("Number", "long")], [Value.Of("a"), Value.Of(1L)], [Value.Of("b"), Value.Of(3L)]))!);
        Assert.That(shares.Series.Select(series => $"{series.Name} {series.Total}"), Is.EqualTo(["b 3, 75 %", "a 1, 25 %"]));
        Assert.That(shares.Series[0].Path, Does.StartWith("M500 0A500 500 0 1 1 0 500"));
    }

    [Test]
    public void A_table_shows_bars_by_the_longest_and_leaves_hidden_columns_out()
    {
        ColumnView Look(string name, ColumnLook look) => new(new(name, default), look, null, null);
        var table = TablePreview.Of(OverTime, [Look("Number", ColumnLook.Bar), Look("Series", ColumnLook.Hidden)], null);
        Assert.That(table.Columns.Select(column => column.Label), Is.EqualTo(["TimeGenerated", "Number"]));
        Assert.That(table.Rows.Select(row => row[1].Level), Is.EqualTo([25, 100, 50]));
        Assert.That(table.Rows[0][0].Text, Is.EqualTo("2026-01-05 00:00"));
    }

    [Test]
    public void An_address_that_could_run_a_script_is_no_link()
    {
        var result = Result([new("Address", "string")], [Value.Of("https://contoso.example/a")], [Value.Of("javascript:alert(1)")]);
        var table = TablePreview.Of(result, [new(new("Address", default), ColumnLook.Link, null, null)], null);
        Assert.That(table.Rows.Select(row => row[0].Look), Is.EqualTo(["link", "text"]));
    }

    [Test]
    public void Texts_keep_headings_items_and_marks()
    {
        var blocks = MarkdownBlocks.Of("# Title\nOne line\nand **two**.\n\n- `x`\n- [site](https://contoso.example)");
        Assert.That(blocks.Select(block => $"{block.Kind}: {string.Join('|', block.Runs.Select(run => $"{run.Kind} {run.Text}"))}"), Is.EqualTo(
            ["heading: plain Title", "paragraph: plain One line and |strong two|plain .", "item: code x", "item: link site"]));
    }

    private static EvaluationResult Result(ImmutableArray<Column> columns, params ImmutableArray<Value>[] rows) => new(columns, [.. rows], []);
}
