
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate;

/// <summary>Rows to come: compiled, not read. Nobody writes to a row that came out of a relation.</summary>
/// <param name="Schema">What the rows hold.</param>
/// <param name="Read">Reads them.</param>
/// <param name="IsSerialized">Whether their order is defined, as window functions need it.</param>
internal sealed record Relation(Schema Schema, RowReader Read, bool IsSerialized = false)
{
    /// <summary>Rows that are whole, whatever is asked for.</summary>
    public Relation(Schema schema, Func<IEnumerable<Value[]>> rows, bool isSerialized = false)
        : this(schema, _ => rows(), isSerialized)
    {
    }

    /// <summary>The name it has in withsource=; empty when it has none.</summary>
    public string SourceName { get; init; } = "";

    /// <summary>All columns of all rows.</summary>
    public IEnumerable<Value[]> Rows() => Read(Places.All);

    /// <summary>The same rows, read once and kept from then on; in a subquery, until its rows change. Readers do not all need the same places: for the
    /// second one that needs others, the rows are read again with the places of both, and for the third whole.</summary>
    public Relation Kept(Context context)
    {
        List<Value[]>? rows = null;
        var places = context.Stages.IsCounting ? Places.All : Places.None;
        var readings = 0;
        var epoch = context.Epoch;
        var since = 0;
        return this with
        {
            Read = needed =>
            {
                var covered = places.Contains(needed);
                if (!covered)
                {
                    places = readings < 2 ? places.With(needed) : Places.All;
                }

                if (rows is null || !covered || (epoch is not null && since != epoch.Number))
                {
                    rows = [.. Read(places)];
                    readings += covered ? 0 : 1;
                    since = epoch?.Number ?? 0;
                }

                return rows;
            },
        };
    }
}

/// <summary>Counts the times that a subquery, which runs once for each row or group, is given other rows.</summary>
internal sealed class Epoch(Epoch? outer)
{
    private int _own;

    public int Number => _own + (outer?.Number ?? 0);

    public void Next() => _own++;
}
