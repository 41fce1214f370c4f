
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Plugins;

/// <summary>evaluate pivot: a column for each value of a column, in their order, that holds an aggregate of the rows that have it.</summary>
internal static class Pivot
{
    private static readonly string[] Aggregates = ["min", "max", "take_any", "any", "sum", "dcount", "avg", "stdev", "variance", "make_list", "make_bag", "make_set", "count"];

    private sealed record Cells(int[] Keys, int Pivot, AggregateCalls Calls, Expression Value, Value? OfNoRows);

    public static Relation Compile(PluginCall plugin)
    {
        var cells = CellsOf(plugin);
        var input = plugin.Input;
        SchemaColumn[] keys = [.. cells.Keys.Select(place => input.Schema.Columns[place])];
        string[] names;
        if (plugin.Declared is null)
        {
            names = [.. plugin.RowsNow().Select(row => NameOf(row[cells.Pivot])).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }
        else
        {
            var declared = plugin.DeclaredColumns;
            names = [.. declared.Skip(keys.Length).Select(column => column.Name)];
            if (plugin.DeclaresAll || !declared.Take(keys.Length).SequenceEqual(keys) || declared.Skip(keys.Length).Any(column => column.Type != cells.Value.Type))
            {
                throw plugin.Call.Refuse("a declared schema of other columns or types than the pivot has");
            }
        }

        if (names.Intersect(keys.Select(key => key.Name)).FirstOrDefault() is { } taken)
        {
            throw EvaluationException.Of($"pivot() gives a column \"{taken}\", which is there already.");
        }

        return new(new([.. keys, .. names.Select(name => new SchemaColumn(name, cells.Value.Type))]), () => Rows(input.Rows(), cells, names));
    }

    private static Cells CellsOf(PluginCall plugin)
    {
        var (call, schema) = (plugin.Call, plugin.Input.Schema);
        var pivot = plugin.Place(0);
        var aggregate = call.Arguments.Skip(1).FirstOrDefault();
        var isCall = aggregate?.Kind == "FunctionCallExpression";
        var listed = Enumerable.Range(1, call.Count - 1).Skip(isCall ? 1 : 0).Select(plugin.Place).ToArray();
        var read = isCall ? aggregate!.SelfAndDescendants().Where(node => node.Kind == "NameReference").Select(node => schema.Find(node.Name())).ToHashSet() : [];
        var keys = listed.Length > 0 ? listed : [.. Enumerable.Range(0, schema.Columns.Length).Where(place => place != pivot && !read.Contains(place))];
        var calls = new AggregateCalls(plugin.Context, call.Row, keys.Select(place => schema.Columns[place].Name), keys.Length + 1);
        if (!isCall)
        {
            return new(keys, pivot, calls, calls.Count(), Value.Of(0L));
        }

        var name = aggregate!.CalledName()!;
        return Aggregates.Contains(name)
            ? new(keys, pivot, calls, calls.Compile([aggregate!]).Single().Value, NothingOf(name))
            : throw call.Refuse($"the aggregate {name}()");
    }

    // Sums and counts of no rows are 0, as the documented examples show; of the others only the least and the greatest are certain.
    private static Value? NothingOf(string aggregate) => aggregate switch
    {
        "count" or "dcount" or "sum" => Value.Of(0L),
        "min" or "max" or "take_any" or "any" => Value.Null,
        _ => null,
    };

    private static IEnumerable<Value[]> Rows(IEnumerable<Value[]> rows, Cells cells, string[] names)
    {
        var places = names.Select((name, i) => KeyValuePair.Create(name, cells.Keys.Length + i)).ToDictionary(StringComparer.Ordinal);
        Evaluator[] keys = [.. cells.Keys.Append(cells.Pivot).Select<int, Evaluator>(place => row => row[place])];
        foreach (var group in new Grouping(keys, cells.Calls).Read(rows).GroupBy(row => row[..cells.Keys.Length], RowComparer.Instance))
        {
            var result = new Value[cells.Keys.Length + names.Length];
            group.Key.CopyTo(result, 0);
            var isFilled = new bool[result.Length];
            foreach (var row in group)
            {
                if (places.TryGetValue(NameOf(row[cells.Keys.Length]), out var place))
                {
                    (result[place], isFilled[place]) = (cells.Value.Evaluate(row), true);
                }
            }

            for (var place = cells.Keys.Length; place < result.Length; place++)
            {
                result[place] = isFilled[place] ? result[place] : Empty(cells);
            }

            yield return result;
        }
    }

    private static Value Empty(Cells cells) => cells.OfNoRows switch
    {
        null => throw EvaluationException.Of("A cell of pivot() has no rows, and what this aggregate gives then is not documented."),
        { IsNull: true } => cells.Value.Type == KqlType.String ? Value.Empty : Value.Null,
        _ => Conversion.To(cells.Value.Type, Value.Of(0L)),
    };

    private static string NameOf(in Value value) => ValueText.Of(value) is { Length: > 0 } name
        ? name
        : throw EvaluationException.Of("A value that pivot() turns into a column is empty, and how Kusto names that column is not documented.");
}
