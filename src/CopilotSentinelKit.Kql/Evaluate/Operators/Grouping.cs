
using CopilotSentinelKit.Kql.Evaluate.Aggregates;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>Groups rows by the values of keys, in the order in which the groups first appear.</summary>
internal sealed class Grouping(Evaluator[] keys, AggregateCalls aggregates)
{
    /// <summary>A row for each group: its keys, then the results of its aggregates.</summary>
    public IEnumerable<Value[]> Read(IEnumerable<Value[]> rows) => keys.Length switch
    {
        0 => [Result([], All(rows))],
        1 => ByOne(rows).Select(group => Result([group.Key], group.Value)),
        _ => ByMany(rows).Select(group => Result(group.Key, group.Value)),
    };

    private Accumulator[] All(IEnumerable<Value[]> rows)
    {
        var group = aggregates.Create();
        foreach (var row in rows)
        {
            Add(group, row);
        }

        return group;
    }

    private Dictionary<Value, Accumulator[]> ByOne(IEnumerable<Value[]> rows)
    {
        var groups = new Dictionary<Value, Accumulator[]>();
        var key = keys[0];
        foreach (var row in rows)
        {
            var value = key(row);
            if (!groups.TryGetValue(value, out var group))
            {
                groups.Add(value, group = aggregates.Create());
            }

            Add(group, row);
        }

        return groups;
    }

    private Dictionary<Value[], Accumulator[]> ByMany(IEnumerable<Value[]> rows)
    {
        var groups = new Dictionary<Value[], Accumulator[]>(RowComparer.Instance);
        var values = new Value[keys.Length];
        foreach (var row in rows)
        {
            for (var i = 0; i < keys.Length; i++)
            {
                values[i] = keys[i](row);
            }

            if (!groups.TryGetValue(values, out var group))
            {
                groups.Add([.. values], group = aggregates.Create());
            }

            Add(group, row);
        }

        return groups;
    }

    private static void Add(Accumulator[] group, Value[] row)
    {
        foreach (var accumulator in group)
        {
            accumulator.Add(row);
        }
    }

    private Value[] Result(Value[] key, Accumulator[] group)
    {
        var row = new Value[key.Length + aggregates.Width];
        key.CopyTo(row, 0);
        aggregates.Write(group, row);
        return row;
    }
}
