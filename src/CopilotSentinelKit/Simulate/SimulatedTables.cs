using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Simulate;

/// <summary>A row of a source's table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Values">A value a column.</param>
/// <param name="Arrives">When it is there, UTC.</param>
public sealed record ArrivingRow(string Table, ImmutableArray<Column> Columns, ImmutableArray<Value> Values, DateTime Arrives);

/// <summary>Records as rows of the sources' tables: some in one source alone, some late, some twice.</summary>
public sealed class SimulatedTables
{
    private readonly SimulationSpec _spec;
    private readonly int _seed;
    private readonly ImmutableArray<Source> _sources;

    private SimulatedTables(SimulationSpec spec, int seed, ImmutableArray<Source> sources) => (_spec, _seed, _sources) = (spec, seed, sources);

    /// <summary>The tables of the sources that a project reads.</summary>
    /// <param name="spec">The tenant.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="columns">The columns of a table; none for one that nobody knows.</param>
    /// <param name="findings">Takes what is wrong with the mapping.</param>
    public static SimulatedTables Of(SimulationSpec spec, int seed, Mapping mapping, Func<string, ImmutableArray<Column>> columns, ICollection<Finding> findings) =>
        new(spec, seed, [.. mapping.Sources.Where(source => !source.Row.IsEmpty).Select(source => Source.Of(source, mapping, columns(source.Table.Value), spec, findings))]);

    /// <summary>The rows of a record, in order of sources.</summary>
    public IEnumerable<ArrivingRow> Rows(SimulatedEvent made)
    {
        var chance = Chance.Of(_seed, "arrival", made.Id);
        // All its types are known, those of other services too.
        var delivering = _sources.Where(source => source.Rows.IsListed(made.Record)).ToImmutableArray();
        if (delivering.Length > 1 && Happens("oneSource"))
        {
            delivering = [chance.Of(delivering)];
        }

        foreach (var source in delivering)
        {
            var row = source.Read(made);
            var arrives = made.At + (Happens("late") ? chance.Between(source.Delay.Most, source.Delay.Late) : chance.Between(source.Delay.Least, source.Delay.Most));
            yield return new(source.Spec.Table.Value, source.Rows.Columns, row, arrives);
            if (Happens("twice"))
            {
                yield return new(source.Spec.Table.Value, source.Rows.Columns, row, arrives + chance.Between(TimeSpan.FromMinutes(1), TimeSpan.FromHours(3)));
            }
        }

        bool Happens(string rate) => chance.Happens(_spec.Rates.GetValueOrDefault(rate), 10_000);
    }

    private sealed record Source(SourceSpec Spec, SourceRows Rows, SimulatedDelay Delay, ImmutableArray<(string Field, int Place, KqlType Type)> Beside)
    {
        public static Source Of(SourceSpec source, Mapping mapping, ImmutableArray<Column> columns, SimulationSpec spec, ICollection<Finding> findings)
        {
            var names = columns.Select(column => column.Name).ToList();
            return new(
                source,
                SourceRows.Of(source, mapping.AllFields, columns, findings),
                spec.Delays.FirstOrDefault(delay => delay.Source.Value == source.Name.Value) ?? new(source.Name, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(4)),
                [.. from column in source.Columns
                    let place = names.IndexOf(column.Path.Value)
                    where place >= 0 && source.Row.All(cell => cell.Column.Value != column.Path.Value)
                    select (column.Field.Value, place, KqlTypes.Find(columns[place].Type) ?? KqlType.String)]);
        }

        public ImmutableArray<Value> Read(SimulatedEvent made)
        {
            var row = Rows.Read(made.Record);
            foreach (var (field, place, type) in Beside)
            {
                if (made.Fields.TryGetValue(field, out var text))
                {
                    row = row.SetItem(place, Conversion.To(type, Value.Of(text)));
                }
            }

            return row;
        }
    }
}
