using System.Collections.Immutable;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Simulate;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Workbooks;

/// <summary>The shipped workbooks over a small simulated tenant: the KQL that is emitted, run.</summary>
internal sealed class ShippedWorkbookTests
{
    private static readonly ImmutableArray<SpecFile> Files = [.. PackFolder.Read(Repository.Root, withEvents: true)];

    private static readonly Lazy<Task<ImmutableArray<ShownWorkbook>>> Shown = new(async () =>
    {
        var compilation = await ShippedPack.Compilation;
        return await new Compiler(SharedHost.Analyzer, SharedHost.Catalog)
            .WorkbooksAsync(compilation, Files, [], SimulationOptions.ForPreview(compilation.Pack!.Simulation!), [], CancellationToken.None);
    });

    // Of what these show, the simulation has nothing: no record names a model or fails a connector, everybody who is entitled works, nobody raises alerts.
    private static readonly string[] Empty =
    [
        "copilot-activity: Models", "copilot-health: Connectors that failed", "copilot-health: Entitled users without records", "copilot-investigation: Alerts that name it",
    ];

    [Test]
    public async Task There_are_five()
    {
        var shown = await Shown.Value;
        Assert.That(shown.Select(book => book.Workbook.Id.Value), Is.EqualTo(["copilot-activity", "copilot-agents", "copilot-exposure", "copilot-health", "copilot-investigation"]));
        Assert.That(shown.Sum(book => book.Workbook.Queries.Count()), Is.GreaterThan(60));
    }

    [Test]
    public async Task Every_query_runs_and_every_panel_shows_something()
    {
        var shown = await Shown.Value;
        Assert.That(shown.SelectMany(Queries).Where(query => query.Shown?.Result is null).Select(query => $"{query.Name}: {query.Shown?.Problem?.Message ?? "waits for a row"}"), Is.Empty);
        Assert.That(shown.SelectMany(Queries).Where(query => query.Shown!.Result!.Rows.IsEmpty).Select(query => query.Name), Is.SubsetOf(Empty.Append("copilot-investigation: What the conversation {Chosen} drew on")));
    }

    [Test]
    public async Task Tiles_chart_and_list_of_one_page_count_the_same()
    {
        var activity = (await Shown.Value)[0];
        var tile = Result(activity, "Overview").Rows.First(row => row[0].Text == "Interactions")[1].Bits;
        Assert.That(tile, Is.GreaterThan(500));
        Assert.That(Sum(activity, "Interactions over time, by application; mark a span to see its records", "Number"), Is.EqualTo(tile));
        Assert.That(Sum(activity, "Applications", "Number"), Is.EqualTo(tile));
        Assert.That(Result(activity, "Interactions in {Period:label}").Rows, Has.Length.EqualTo(tile));
    }

    [Test]
    public async Task A_chart_over_time_has_a_line_for_each_of_the_largest_and_one_for_the_others()
    {
        var exposure = (await Shown.Value).First(book => book.Workbook.Id.Value == "copilot-exposure");
        var funnel = Result(exposure, "From interactions to exposure").Rows.Select(row => row[1].Bits).ToList();
        Assert.That(funnel.Take(3), Is.Ordered.Descending);
        var chart = Result((await Shown.Value)[0], "Interactions over time, by application; mark a span to see its records");
        Assert.That(chart.Rows.Select(row => row[0].Bits).Distinct().Count(), Is.GreaterThan(10));
        Assert.That(chart.Rows.Select(row => row[1].Text).Distinct().Count(), Is.InRange(5, 11));
    }

    [Test]
    public async Task Workbooks_work_where_watchlists_are_missing()
    {
        var compilation = await ShippedPack.Compilation;
        var (options, spec) = (SimulationOptions.ForPreview(compilation.Pack!.Simulation!) with { People = 5 }, compilation.Pack.Simulation!);
        var bench = await TestBench.PrepareAsync(compilation.Analyzed, compilation.Schema!, SharedHost.Analyzer, CancellationToken.None);
        var full = await new SimulatedRun(bench, compilation.Pack.Mapping, SharedHost.Analyzer).AtEndAsync(Simulation.Of(spec, options, Files, [], [])!, spec, options, CancellationToken.None);

        // What _GetWatchlist gives for an alias that nobody has: its built-in columns and no rows.
        ImmutableArray<Column> builtIn = [new("SearchKey", "string")];
        var without = full with { Watchlists = [.. full.Watchlists.Select(list => new EvaluationTable(list.Name, builtIn, []))] };
        var schema = compilation.Schema! with { Watchlists = [.. compilation.Schema!.Watchlists.Select(list => list with { Columns = [] })] };
        var shown = await new SimulatedWorkbooks(without, schema, SharedHost.Analyzer).ShowAsync(compilation.Items.OfType<Workbook>(), CancellationToken.None);
        Assert.That(shown.SelectMany(Queries).Where(query => query.Shown?.Result is null).Select(query => $"{query.Name}: {query.Shown?.Problem?.Message}"), Is.Empty);
        Assert.That(Result(shown.First(book => book.Workbook.Id.Value == "copilot-exposure"), "Labels").Rows, Is.Not.Empty);
    }

    private static IEnumerable<(string Name, ShownQuery? Shown)> Queries(ShownWorkbook book) => book.Workbook.Queries.Select(query =>
        ($"{book.Workbook.Id.Value}: {Item(book, query)?.View.Title?.Value ?? query.Kql.Text}", book.Results.GetValueOrDefault(query)));

    private static QueryItem<WorkbookQuery>? Item(ShownWorkbook book, WorkbookQuery query) =>
        book.Workbook.AllItems.OfType<QueryItem<WorkbookQuery>>().FirstOrDefault(item => ReferenceEquals(item.Query, query));

    private static EvaluationResult Result(ShownWorkbook book, string title) =>
        book.Results[book.Workbook.AllItems.OfType<QueryItem<WorkbookQuery>>().Single(item => item.View.Title?.Value == title).Query].Result!;

    private static long Sum(ShownWorkbook book, string title, string column)
    {
        var result = Result(book, title);
        var place = result.Columns.Select(known => known.Name).ToList().IndexOf(column);
        return result.Rows.Sum(row => row[place].Bits);
    }
}
