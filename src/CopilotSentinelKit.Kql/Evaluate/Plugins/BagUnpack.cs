using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Plugins;

/// <summary>evaluate bag_unpack: a column for each property of a bag, after the other columns and in the order of their names.</summary>
internal static class BagUnpack
{
    public static Relation Compile(PluginCall plugin)
    {
        var input = plugin.Input;
        var bag = plugin.Place(0);
        var prefix = plugin.Call.Known(1, Value.Empty).Text;
        var kept = Enumerable.Range(0, input.Schema.Columns.Length).Where(place => place != bag).ToArray();
        if (plugin.Declared is not null && !plugin.DeclaresAll)
        {
            return Selected(plugin, bag, prefix);
        }

        var slots = plugin.Declared is null ? Found(plugin.RowsNow(), bag, prefix) : [.. plugin.DeclaredColumns];
        if (kept.Select(place => input.Schema.Columns[place].Name).Intersect(slots.Select(slot => slot.Name)).FirstOrDefault() is { } taken)
        {
            throw EvaluationException.Of($"bag_unpack() gives a column \"{taken}\", which is there already.");
        }

        var schema = new Schema([.. kept.Select(place => input.Schema.Columns[place]), .. slots]);
        return new(schema, () => input.Rows().Select(row => (Value[])[.. kept.Select(place => row[place]), .. Read(row[bag], slots, prefix)]));
    }

    // Without a star the declared columns are all there are, in their order.
    private static Relation Selected(PluginCall plugin, int bag, string prefix)
    {
        var input = plugin.Input;
        var columns = plugin.DeclaredColumns;
        var places = columns.Select(column => input.Schema.Find(column.Name) is var place && place != bag ? place : -1).ToArray();
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] >= 0 && input.Schema.Columns[places[i]].Type != columns[i].Type)
            {
                throw plugin.Call.Refuse($"a column \"{columns[i].Name}\" that is declared with another type than it has");
            }
        }

        SchemaColumn[] slots = [.. columns.Where((_, i) => places[i] < 0)];
        return new(new(columns), () => input.Rows().Select(row =>
        {
            var values = new Queue<Value>(Read(row[bag], slots, prefix));
            return Array.ConvertAll(places, place => place >= 0 ? row[place] : values.Dequeue());
        }));
    }

    /// <summary>The properties that rows have: of one type when all their values are, else dynamic.</summary>
    private static SchemaColumn[] Found(IEnumerable<Value[]> rows, int bag, string prefix)
    {
        var types = new SortedDictionary<string, KqlType?>(StringComparer.Ordinal);
        foreach (var (key, value) in rows.SelectMany(row => Properties(row[bag])))
        {
            KqlType? type = value.IsNull ? null : TypeOf(value);
            types[key] = types.TryGetValue(key, out var known) && known is not null && type is not null && known != type ? KqlType.Dynamic : known ?? type;
        }

        return [.. types.Select(slot => new SchemaColumn(prefix + slot.Key, slot.Value ?? KqlType.Dynamic))];
    }

    private static IEnumerable<Value> Read(Value value, SchemaColumn[] slots, string prefix)
    {
        var properties = Properties(value).ToDictionary(property => prefix + property.Key, property => property.Value, StringComparer.Ordinal);
        return slots.Select(slot =>
        {
            var found = properties.GetValueOrDefault(slot.Name);
            return found.IsNull ? slot.Type == KqlType.String ? Value.Empty : Value.Null
                : slot.Type == KqlType.Dynamic || TypeOf(found) == slot.Type ? found
                : slot.Type is KqlType.Real or KqlType.Int && found.Kind == ValueKind.Long ? Conversion.To(slot.Type, found)
                : throw EvaluationException.Of($"bag_unpack() finds a {TypeOf(found).Name()} for the column \"{slot.Name}\", which is declared as {slot.Type.Name()}; what Kusto does then is not documented.");
        });
    }

    private static ImmutableArray<KeyValuePair<string, Value>> Properties(in Value value) =>
        value.AsBag is { } bag ? bag.Properties
        : value.IsNull ? []
        : throw EvaluationException.Of("What bag_unpack() does with a value that is no property bag is not documented. Leave such rows out with gettype().");

    private static KqlType TypeOf(in Value value) => value.Kind switch
    {
        ValueKind.Array or ValueKind.Bag or ValueKind.Null => KqlType.Dynamic,
        _ => Enum.Parse<KqlType>(value.Kind.ToString()),
    };
}
