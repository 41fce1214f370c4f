using System.Collections.Immutable;
using CopilotSentinelKit.Generate;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Testing;

namespace CopilotSentinelKit.Simulate;

/// <summary>What a parser returns, worked out once for all runs: each row with the time from which and until which runs see it. A record's row changes when
/// another copy of it arrives, or the other record of its turn; records of different turns have nothing to do with one another.</summary>
/// <param name="Function">The parser, which now reads these rows.</param>
/// <param name="Table">The rows.</param>
/// <param name="Until">When each row is seen no more, UTC; the table's times of ingestion are those from which it is seen.</param>
internal sealed record ParsedRows(EvaluationFunction Function, EvaluationTable Table, ImmutableArray<DateTime> Until)
{
    private const string Start = ParserGenerator.Start;
    private const string End = ParserGenerator.End;

    /// <summary>The rows of all parsers of records.</summary>
    /// <param name="bench">The parsers.</param>
    /// <param name="tables">All rows of the sources, with the time at which they arrive.</param>
    /// <param name="history">Which records belong together.</param>
    /// <param name="kql">Binds what reads the rows.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task<ImmutableArray<ParsedRows>> OfAsync(TestBench bench, ImmutableArray<EvaluationTable> tables, SimulatedHistory history, IKqlAnalyzer kql, CancellationToken cancellation)
    {
        ImmutableArray<(TestTarget Target, EvaluationFunction Function)> parsers =
        [
            .. from target in bench.Targets.Values
                where target.IsParser && target.Columns.Any(column => column.Name == Mapping.RecordId)
                let function = bench.Functions.FirstOrDefault(function => function.Function.Name == target.Name)
                where function is not null && function.Function.Parameters is [{ Name: Start }, { Name: End }, ..]
                orderby target.Name
                select (target, function),
        ];
        var schema = bench.Targets.Values.First().Schema;
        schema = schema with { Tables = [.. schema.Tables, .. parsers.Select(parser => new KqlTable(NameOf(parser.Target), parser.Target.Columns))] };
        var bodies = await kql.AnalyzeAsync(schema, [.. parsers.Select(parser => new KqlRequest(Body(parser.Target), parser.Function.Function.Parameters, WithTree: true))], null, cancellation);
        var read = new ParsedRows[parsers.Length];
        await Parallel.ForAsync(0, parsers.Length, cancellation, async (index, token) =>
        {
            var (target, function) = parsers[index];
            var (rows, from, until) = await ReadAsync(bench, target, tables, history, token);
            read[index] = new(function with { Body = bodies[index], Text = Body(target) }, new(NameOf(target), target.Columns, rows, from), until);
        });
        return [.. read];
    }

    private static string NameOf(TestTarget parser) => TestBench.RowsOf(parser.Name);

    private static string Body(TestTarget parser) =>
        $"{NameOf(parser)} | where (isnull({Start}) or TimeGenerated >= {Start}) and (isnull({End}) or TimeGenerated < {End})";

    // First what runs see when the first row of each cell has arrived, then when the second has, and so on.
    private static async Task<(ImmutableArray<ImmutableArray<Value>> Rows, ImmutableArray<DateTime> From, ImmutableArray<DateTime> Until)> ReadAsync(
        TestBench bench, TestTarget parser, ImmutableArray<EvaluationTable> tables, SimulatedHistory history, CancellationToken cancellation)
    {
        var rows = new List<ImmutableArray<Value>>();
        var (from, until) = (new List<DateTime>(), new List<DateTime>());
        var last = new Dictionary<int, List<int>>();
        var id = parser.Columns.Select(column => column.Name).ToList().IndexOf(Mapping.RecordId);
        for (var state = 0; state < history.MostStates; state++)
        {
            var seen = history.At(state, tables);
            var outcome = await new LocalEngine(limits: SimulatedRun.Limits).RunAsync(parser.Query, new(DateTime.MaxValue, seen, bench.Functions, [.. bench.Watchlists.Select(list => list.Deployed)]), cancellation);
            if (outcome.Result is not { } result)
            {
                throw new EvaluationException(outcome.Problem!.Message);
            }

            var now = new Dictionary<int, List<int>>();
            foreach (var row in result.Rows)
            {
                var cell = history.CellOf(ValueText.Of(row[id]));
                var (begin, end) = history.Span(cell, state);
                var same = last.TryGetValue(cell, out var before) ? before.FindIndex(place => until[place] == begin && rows[place].SequenceEqual(row)) : -1;
                var at = same >= 0 ? before![same] : rows.Count;
                if (same >= 0)
                {
                    until[at] = end;
                }
                else
                {
                    rows.Add(row);
                    from.Add(begin);
                    until.Add(end);
                }

                if (!now.TryGetValue(cell, out var places))
                {
                    now.Add(cell, places = []);
                }

                places.Add(at);
            }

            last = now;
        }

        return ([.. rows], [.. from], [.. until]);
    }

    /// <summary>What a run sees of it.</summary>
    /// <param name="at">When the run is, UTC.</param>
    /// <param name="period">How far back it sees.</param>
    public EvaluationTable At(DateTime at, TimeSpan period)
    {
        var time = VisibleRows.TimeOf(Table.Columns);
        var (since, now) = ((at - period).Ticks, at.Ticks);
        var seen = ImmutableArray.CreateBuilder<int>();
        for (var place = 0; place < Until.Length; place++)
        {
            if (Table.IngestionTimes[place] <= at && at < Until[place] && Table.Rows[place][time].Bits >= since && Table.Rows[place][time].Bits <= now)
            {
                seen.Add(place);
            }
        }

        return Table.Part(seen.DrainToImmutable());
    }
}
