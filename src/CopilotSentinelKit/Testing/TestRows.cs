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

    /// <summary>What functions without a body return: each in the table that stands for it, empty where the test says nothing.</summary>
    public ImmutableArray<EvaluationTable> Functions(TestSpec test, DateTime now)
    {
        var known = bench.Stubs.Select(function => function.Name).ToList();
        findings.AddRange(test.Functions.Where(function => !known.Contains(function.Name.Value)).Select(function => TestFindings.NotAStub(function.Name.Span, function.Name.Value, known)));
        return [.. bench.Stubs.Select(stub => test.Functions.FirstOrDefault(function => function.Name.Value == stub.Name) is { } given
            ? Arriving(TestBench.RowsOf(stub.Name), stub.Columns, Rows(given, $"the function \"{stub.Name}\"", stub.Columns, now), now)
            : new(TestBench.RowsOf(stub.Name), stub.Columns, [], []))];
    }

    /// <summary>What is at the addresses of externaldata, each value as written: the query says what type it takes it for.</summary>
    public ImmutableArray<EvaluationTable> External(TestSpec test, DateTime now)
    {
        return [.. test.External.Select(Address)];

        EvaluationTable Address(TestTableSpec given)
        {
            var owner = $"the address \"{given.Name.Value}\"";
            var written = Written(given, owner);
            ImmutableArray<Column> columns = [.. written.SelectMany(row => row.Cells).Select(cell => cell.Column.Value).Distinct(StringComparer.Ordinal).Select(name => new Column(name, written.Any(row => row.IsText) ? "string" : "dynamic"))];
            return new(given.Name.Value, columns, TableRows.Read(owner, columns, written, now, findings));
        }
    }

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

        return Arriving(spec.Name.Value, columns, Rows(spec, $"the table \"{spec.Name.Value}\"", columns, now), now);
    }

    // A row arrives when it happens.
    private static EvaluationTable Arriving(string name, ImmutableArray<Column> columns, ImmutableArray<ImmutableArray<Value>> rows, DateTime now)
    {
        var time = VisibleRows.TimeOf(columns);
        return new(name, columns, rows, [.. rows.Select(row => time < 0 || row[time].IsNull ? now : new DateTime(row[time].Bits, DateTimeKind.Utc))]);
    }

    private ImmutableArray<ImmutableArray<Value>> Rows(TestTableSpec spec, string owner, ImmutableArray<Column> columns, DateTime now) =>
        TableRows.Read(owner, columns, Written(spec, owner), now, findings);

    private ImmutableArray<WrittenRow> Written(TestTableSpec spec, string owner) => spec.File is not { } path ? [.. spec.Rows.Select(WrittenRow.Of)]
        : files.Read(path) is { } file ? WrittenRow.ReadAll(file, owner, findings)
        : [];
}
