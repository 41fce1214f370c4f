using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Simulate;

/// <summary>Runs the queries of workbooks over what a simulated tenant leaves: first those that need no choice, then those that need a row of them, and so on.</summary>
/// <param name="workspace">All rows; its time is the end of every time range.</param>
/// <param name="schema">What queries can name.</param>
/// <param name="kql">Binds the queries.</param>
internal sealed class SimulatedWorkbooks(EvaluationWorkspace workspace, KqlSchema schema, IKqlAnalyzer kql)
{
    /// <summary>The workbooks with their results, in the same order.</summary>
    public async Task<ImmutableArray<ShownWorkbook>> ShowAsync(IEnumerable<Workbook> workbooks, CancellationToken cancellation)
    {
        ImmutableArray<ShownWorkbook> shown =
        [
            .. workbooks.Select(workbook => new ShownWorkbook(
                workbook, ImmutableDictionary.Create<WorkbookQuery, ShownQuery>(ReferenceEqualityComparer.Instance), WorkbookValues.Of(workbook, workspace.Now))),
        ];
        while (true)
        {
            ImmutableArray<(int Book, WorkbookQuery Query, string Text)> next =
            [
                .. from place in Enumerable.Range(0, shown.Length)
                   let book = shown[place]
                   from query in book.Workbook.Queries
                   where !book.Results.ContainsKey(query) && book.Values.Has(query.References)
                   select (place, query, book.Values.In(query.Kql.Text)),
            ];
            if (next.IsEmpty)
            {
                return shown;
            }

            var results = await RunAsync([.. next.Select(run => run.Text)], cancellation);
            shown =
            [
                .. shown.Select((book, place) => next.Zip(results).Where(run => run.First.Book == place).Aggregate(
                    book, (before, run) => Choose(before with { Results = before.Results.Add(run.First.Query, run.Second) }, run.First.Query, run.Second))),
            ];
        }
    }

    private async Task<ImmutableArray<ShownQuery>> RunAsync(ImmutableArray<string> texts, CancellationToken cancellation)
    {
        var analyses = await kql.AnalyzeAsync(schema, [.. texts.Select(text => new KqlRequest(text, [], WithTree: true))], null, cancellation);
        var results = new ShownQuery[texts.Length];
        await Parallel.ForAsync(0, texts.Length, cancellation, async (index, token) =>
        {
            // A table that nobody fills in the simulation is there, and empty.
            var missing = analyses[index].Tables.Where(name => workspace.Tables.All(table => table.Name != name));
            var seen = workspace with { Tables = [.. workspace.Tables, .. missing.Select(name => new EvaluationTable(name, schema.Tables.FirstOrDefault(table => table.Name == name)?.Columns ?? schema.Catalog.Find(name) ?? [], [], []))] };
            var outcome = await new LocalEngine(limits: SimulatedRun.Limits).RunAsync(new(texts[index], analyses[index]), seen, token);
            results[index] = new(texts[index], outcome.Result, outcome.Problem);
        });
        return [.. results];
    }

    private static ShownWorkbook Choose(ShownWorkbook book, WorkbookQuery query, ShownQuery shown)
    {
        if (shown.Result is not { Rows: [var first, ..] } result)
        {
            return book;
        }

        var values = book.Values;
        if (book.Workbook.Parameters.OfType<DropdownParameter<WorkbookQuery>>().FirstOrDefault(list => ReferenceEquals(list.Query, query)) is { All: false } list)
        {
            values = values.With(list.Name.Value, ValueText.Of(first[0]), list.Multiple);
        }

        foreach (var view in book.Workbook.AllItems.OfType<QueryItem<WorkbookQuery>>().Where(item => ReferenceEquals(item.Query, query)).Select(item => item.View))
        {
            foreach (var export in view.Exports)
            {
                values = values.With(export.Parameter.Value, ValueText.Of(first[result.Columns.Select(column => column.Name).ToList().IndexOf(export.Column.Value)]));
            }

            if (view.Brush is { } brush && book.Workbook.Parameters.OfType<TimeRangeParameter<WorkbookQuery>>().FirstOrDefault() is { } range)
            {
                values = values with { Spans = values.Spans.SetItem(brush.Value, range.Default.Value) };
            }
        }

        return book with { Values = values };
    }
}
