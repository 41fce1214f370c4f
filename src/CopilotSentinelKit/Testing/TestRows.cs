using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Testing;

/// <summary>The rows of a test: those that people write, and those that records become in a source's table.</summary>
internal sealed class TestRows(TestBench bench, Mapping mapping, EventFiles files, List<Finding> findings)
{
    private readonly Dictionary<string, SourceRows> _sources = new(StringComparer.Ordinal);

    /// <summary>The tables that a test gives rows.</summary>
    public ImmutableArray<EvaluationTable> Tables(TestSpec test, DateTime now) =>
        [.. test.Tables.Select(table => Table(table, now)).OfType<EvaluationTable>()];

    /// <summary>All watchlists: with the rows of the test, or else those they are deployed with.</summary>
    public ImmutableArray<EvaluationTable> Watchlists(TestSpec test, DateTime now)
    {
        var known = bench.Watchlists.Select(list => list.Deployed.Name);
        findings.AddRange(test.Watchlists.Where(list => !known.Contains(list.Name.Value)).Select(list => TestFindings.UnknownWatchlist(list.Name.Span, list.Name.Value, known)));
        return [.. bench.Watchlists.Select(list => test.Watchlists.FirstOrDefault(own => own.Name.Value == list.Deployed.Name) is { } own
            ? list.With(Rows(own, $"the watchlist \"{own.Name.Value}\"", list.Deployed.Columns, now))
            : list.Deployed)];
    }

    /// <summary>These tables, those of the sources with the rows of the records, and every other that a query reads, empty.</summary>
    public ImmutableArray<EvaluationTable> With(
        ImmutableArray<EvaluationTable> given, ImmutableArray<SourceSpec> sources, ImmutableArray<TimedRecord> records)
    {
        var tables = given.ToDictionary(table => table.Name, StringComparer.Ordinal);
        for (var index = 0; index < sources.Length; index++)
        {
            var source = sources[index];
            var reader = RowsOf(source);
            var brought = records.RemoveAll(record => !reader.Delivers(record.Record));
            var own = tables.GetValueOrDefault(source.Table.Value) ?? new(source.Table.Value, reader.Columns, [], []);
            tables[own.Name] = own with
            {
                Rows = own.Rows.AddRange(brought.Select(record => reader.Read(record.Record))),

                // Copies of a record do not arrive in two tables at the very same moment.
                IngestionTimes = own.IngestionTimes.AddRange(brought.Select(record => record.Arrives.AddTicks(index))),
            };
        }

        foreach (var name in bench.Tables)
        {
            tables.TryAdd(name, new(name, bench.ColumnsOf(name) ?? [], [], []));
        }

        return [.. tables.Values];
    }

    /// <summary>How a source's rows are made, worked out and checked once for all tests.</summary>
    private SourceRows RowsOf(SourceSpec source)
    {
        if (!_sources.TryGetValue(source.Name.Value, out var rows))
        {
            rows = SourceRows.Of(source, mapping.AllFields, bench.ColumnsOf(source.Table.Value) ?? [], findings);
            _sources.Add(source.Name.Value, rows);
        }

        return rows;
    }

    private EvaluationTable? Table(TestTableSpec spec, DateTime now)
    {
        if (bench.ColumnsOf(spec.Name.Value) is not { } columns)
        {
            findings.Add(TestFindings.UnknownTable(spec.Name.Span, spec.Name.Value, bench.KnownTables));
            return null;
        }

        var rows = Rows(spec, $"the table \"{spec.Name.Value}\"", columns, now);
        var time = columns.Select(column => column.Name).ToList().IndexOf("TimeGenerated");
        return new(spec.Name.Value, columns, rows, [.. rows.Select(row => time < 0 || row[time].IsNull ? now : new DateTime(row[time].Bits, DateTimeKind.Utc))]);
    }

    private ImmutableArray<ImmutableArray<Value>> Rows(TestTableSpec spec, string owner, ImmutableArray<Column> columns, DateTime now)
    {
        var written = spec.File is not { } path ? [.. spec.Rows.Select(WrittenRow.Of)]
            : files.Read(path) is { } file ? WrittenRow.ReadAll(file, owner, findings)
            : ImmutableArray<WrittenRow>.Empty;
        return TableRows.Read(owner, columns, written, now, findings);
    }
}
