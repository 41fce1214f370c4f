using System.Collections.Immutable;
using System.Text;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Testing;

/// <summary>A first test of a query that people already have, to go on from: rows for all that it reads, and as many rows expected as it makes of them.</summary>
/// <param name="files">The repository.</param>
/// <param name="pack">The project, or the shipped pack.</param>
/// <param name="catalog">Microsoft's tables.</param>
/// <param name="kql">Kusto.Language.</param>
/// <param name="engine">What runs the query.</param>
/// <param name="findings">Takes what stands in the way of a test.</param>
internal sealed class TestDraft(RepositoryFiles files, ResolvedPack pack, TableCatalog catalog, IKqlAnalyzer kql, IQueryEngine engine, List<Finding> findings)
{
    private const string Name = "what the query compares with";

    // An event for queries that read it through the parsers of the project, which read more columns than anybody wants to write.
    private static readonly OutputMap Prompt = OutputMap.Of(
        ("Operation", "CopilotInteraction"),
        ("RecordType", 261),
        ("UserId", "user@contoso.com"),
        ("ClientIP", "203.0.113.5"),
        ("CopilotEventData", OutputMap.Of(("AppHost", "Word"), ("Messages", OutputList.Of([OutputMap.Of(("Id", "1"), ("isPrompt", true))])))));

    private readonly ContentIndex _index = new(files);

    /// <summary>The text of the test file; null when there is nothing to test, which is then a finding.</summary>
    /// <param name="file">The file to be, with its path in the repository; its bytes do not matter.</param>
    /// <param name="target">What it is for, as it names it.</param>
    /// <param name="item">Which query of a file that has several, or null.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<string?> WriteAsync(SpecFile file, string target, string? item, CancellationToken cancellation)
    {
        var head = OutputMap.Of(("for", target), ("item", item));
        var nothing = Text(head, OutputMap.Of(), 0);
        if (await Tests(file, nothing).AnalyzeAsync(file.PackPath, cancellation) is not { } tested)
        {
            return null;
        }

        var inputs = Inputs(tested);
        var draft = Text(head, inputs, 0);
        var cases = await Tests(file, draft).PlanAsync(file.PackPath, new(null, null), cancellation);
        var rows = 0;
        foreach (var test in cases)
        {
            var outcome = await engine.RunAsync(test.Target.Query, VisibleRows.At(test.Workspace, test.Workspace.Now, test.Target.Period), cancellation);
            rows = Math.Max(rows, outcome.Result?.Rows.Length ?? 0);
            if (outcome.Problem is { Source.Length: 0 } problem)
            {
                findings.Add(problem.At(test.Target.Origin.Locate(problem.Start, problem.Length)));
            }
        }

        return rows == 0 ? draft : Text(head, inputs, rows);
    }

    private ContentTests Tests(SpecFile file, string text) => new(files.With(file with { Bytes = Encoding.UTF8.GetBytes(text) }), pack, catalog, kql, findings, _index);

    private OutputMap Inputs(TestedQuery tested)
    {
        var ofKit = pack.Mapping.Parsers.Select(parser => parser.Name.Value).ToHashSet(StringComparer.Ordinal);
        var known = tested.Analyzed.Select(content => content.Item).OfType<ParserFunction>().Select(parser => parser.Alias).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<KqlAnalysis> analyses = [.. tested.Analyzed.Where(content => content.Item is not ParserFunction parser || !ofKit.Contains(parser.Alias)).Select(content => content.Analysis).OfType<KqlAnalysis>()];
        var draft = new RowDraft(analyses);
        var unknown = tested.Unknown.ToLookup(use => use.Name.Use == UnknownUse.Function, use => use.Name.Name);

        // Only of a single table that nobody knows it is clear which columns it has.
        var columns = unknown[false].Count() == 1 ? draft.OpenColumns : [];
        return OutputMap.Of(
            ("events", known.Overlaps(ofKit) ? OutputMap.Of(("record", Prompt), ("at", "-10m")) : null),
            ("tables", Map([.. Names(analysis => analysis.Tables).Select(table => (table, Rows(draft.Row(table, ColumnsOf(table))))), .. unknown[false].Select(table => (table, Declared(columns, draft)))])),
            ("watchlists", Map([.. Names(analysis => analysis.Watchlists).Select(alias => (alias, Rows(ListRow(tested.Schema, alias))))])),
            ("functions", Map(
            [
                .. Names(analysis => analysis.Functions).Where(name => !known.Contains(name)).Select(name => catalog.FindFunction(name)).OfType<KqlFunction>()
                    .Select(function => (function.Name, Rows(draft.Row(function.Name, function.Columns)))),
                .. unknown[true].Select(name => (name, Declared([], draft))),
            ])));

        IEnumerable<string> Names(Func<KqlAnalysis, ImmutableArray<string>> of) => analyses.SelectMany(analysis => of(analysis)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

        ImmutableArray<Column> ColumnsOf(string table) => tested.Schema.Tables.FirstOrDefault(declared => declared.Name == table)?.Columns ?? catalog.Find(table) ?? [];
    }

    private static OutputList Rows(OutputMap row) => OutputList.Of([row]);

    /// <summary>A table or function that nobody declares, with the columns that the query seems to know; which it has is for a person to say.</summary>
    private static OutputMap Declared(ImmutableArray<Column> columns, RowDraft draft)
    {
        var all = columns.Any(column => column.Name == RowDraft.Time) ? columns : [new(RowDraft.Time, "datetime"), .. columns];
        return OutputMap.Of(("columns", OutputMap.Of([.. all.Select(column => (column.Name, (OutputNode?)column.Type))])), ("rows", Rows(draft.Row(RowDraft.Open, all))));
    }

    private static OutputMap ListRow(KqlSchema schema, string alias)
    {
        var columns = schema.Watchlists.FirstOrDefault(list => list.Alias == alias)?.Columns ?? [];
        return OutputMap.Of([.. (columns.IsEmpty ? [new("SearchKey", "string")] : columns).Select(column => (column.Name, (OutputNode?)column.Name))]);
    }

    private static OutputMap? Map((string Name, OutputNode Value)[] entries) => entries.Length == 0 ? null : OutputMap.Of([.. entries.Select(entry => (entry.Name, (OutputNode?)entry.Value))]);

    private static string Text(OutputMap head, OutputMap inputs, int rows) =>
        YamlOutput.Write(head.With(("tests", OutputList.Of([OutputMap.Of(("name", Name)).With(inputs.Entries.Select(entry => (entry.Key, (OutputNode?)entry.Value))).With(("expect", rows == 0 ? "none" : rows))]))))
        + (rows == 0
            ? "    # Change the rows until the query finds what it must, and write which rows: [ { Column: value } ].\n"
            : "    # Write which rows, and not their number alone: [ { Column: value } ]. Then add what must not be found.\n");
}
