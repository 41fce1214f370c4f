using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Plugins;

/// <summary>evaluate bag_unpack: a column for each property of a bag, after the other columns and in the order of their names.</summary>
internal static class BagUnpack
{
    /// <summary>What becomes of a property with the name of a column that is there already.</summary>
    private enum Conflict
    {
        Error,
        ReplaceSource,
        KeepSource,
    }

    /// <param name="Bag">The place of the bag.</param>
    /// <param name="Prefix">What the columns' names begin with.</param>
    /// <param name="Ignored">The properties that become none.</param>
    /// <param name="Conflict">What happens where a name is taken.</param>
    private sealed record Options(int Bag, string Prefix, ImmutableHashSet<string> Ignored, Conflict Conflict)
    {
        /// <summary>The properties of a row's bag, by the names of their columns.</summary>
        public IEnumerable<KeyValuePair<string, Value>> Properties(Value[] row) => (row[Bag].AsBag is { } bag ? bag.Properties
            : row[Bag].IsNull ? []
            : throw EvaluationException.Of("What bag_unpack() does with a value that is no property bag is not documented. Leave such rows out with gettype()."))
            .Where(property => !Ignored.Contains(property.Key))
            .Select(property => KeyValuePair.Create(Prefix + property.Key, property.Value));
    }

    /// <summary>A column of the result.</summary>
    /// <param name="Column">Its name and type.</param>
    /// <param name="Source">The place that its values come from; -1 for the bag.</param>
    private sealed record Slot(SchemaColumn Column, int Source)
    {
        public bool IsProperty => Source < 0;
    }

    public static Relation Compile(PluginCall plugin)
    {
        var input = plugin.Input;
        var options = OptionsOf(plugin);
        var slots = plugin.Declared is null ? Undeclared(plugin, options) : Declared(plugin, options);
        var taken = slots.Where(slot => !slot.IsProperty).Select(slot => slot.Column.Name).ToHashSet(StringComparer.Ordinal);
        return new(new(slots.Select(slot => slot.Column)), () => input.Rows().Select(row =>
        {
            var properties = options.Properties(row).ToDictionary(StringComparer.Ordinal);
            return options.Conflict == Conflict.Error && taken.FirstOrDefault(properties.ContainsKey) is { } name
                ? throw Taken(name)
                : Array.ConvertAll(slots, slot => slot.IsProperty ? Read(properties.GetValueOrDefault(slot.Column.Name), slot.Column) : row[slot.Source]);
        }));
    }

    private static Options OptionsOf(PluginCall plugin)
    {
        var ignored = plugin.Option(3, "ignoredProperties")?.AsArray?.Items.Select(name => ValueText.Of(name)) ?? [];
        return new(plugin.Place(0), plugin.Option(1, "OutputColumnPrefix")?.Text ?? "", [.. ignored], plugin.Option(2, "columnsConflict")?.Text switch
        {
            null or "" or "error" => Conflict.Error,
            "replace_source" => Conflict.ReplaceSource,
            "keep_source" => Conflict.KeepSource,
            var other => throw plugin.Call.Refuse($"columnsConflict=\"{other}\""),
        });
    }

    // A property with the name of the bag takes its place, one with the name of a replaced column the place of that.
    private static Slot[] Undeclared(PluginCall plugin, Options options)
    {
        var found = Found(plugin.RowsNow(), options);
        var columns = plugin.Input.Schema.Columns;
        var slots = columns.Select((column, place) =>
            found.Remove(column.Name, out var type)
                ? place == options.Bag || options.Conflict == Conflict.ReplaceSource ? new(new(column.Name, type ?? KqlType.Dynamic), -1)
                : options.Conflict == Conflict.KeepSource ? new Slot(column, place)
                : throw Taken(column.Name)
            : place == options.Bag ? null : new Slot(column, place)).OfType<Slot>().ToList();
        return [.. slots, .. found.Select(slot => new Slot(new(slot.Key, slot.Value ?? KqlType.Dynamic), -1))];
    }

    // A star stands for all columns of the input; without one the declared columns are all there are, in their order.
    private static Slot[] Declared(PluginCall plugin, Options options)
    {
        var columns = plugin.Input.Schema.Columns;
        var declared = plugin.DeclaredColumns;
        var names = declared.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var starred = plugin.DeclaresAll ? columns.Select((column, place) => new Slot(column, place)).Where(slot => slot.Source != options.Bag && !names.Contains(slot.Column.Name)) : [];
        return [.. starred, .. declared.Select(column =>
        {
            var place = plugin.Input.Schema.Find(column.Name);
            return place < 0 || place == options.Bag || options.Conflict == Conflict.ReplaceSource ? new Slot(column, -1)
                : plugin.DeclaresAll && options.Conflict == Conflict.Error ? throw Taken(column.Name)
                : columns[place].Type == column.Type ? new Slot(column, place)
                : throw plugin.Call.Refuse($"a column \"{column.Name}\" that is declared with another type than it has");
        })];
    }

    /// <summary>The properties that rows have: of one type when all their values are, else dynamic.</summary>
    private static SortedDictionary<string, KqlType?> Found(IEnumerable<Value[]> rows, Options options)
    {
        var types = new SortedDictionary<string, KqlType?>(StringComparer.Ordinal);
        foreach (var (name, value) in rows.SelectMany(options.Properties))
        {
            KqlType? type = value.IsNull ? null : TypeOf(value);
            types[name] = types.TryGetValue(name, out var known) && known is not null && type is not null && known != type ? KqlType.Dynamic : known ?? type;
        }

        return types;
    }

    private static Value Read(Value found, SchemaColumn column) =>
        found.IsNull ? column.Type == KqlType.String ? Value.Empty : Value.Null
        : column.Type == KqlType.Dynamic || TypeOf(found) == column.Type ? found
        : column.Type is KqlType.Real or KqlType.Int && found.Kind == ValueKind.Long ? Conversion.To(column.Type, found)
        : throw EvaluationException.Of($"bag_unpack() finds a {TypeOf(found).Name()} for the column \"{column.Name}\", which is declared as {column.Type.Name()}; what Kusto does then is not documented.");

    private static EvaluationException Taken(string name) => EvaluationException.Of($"bag_unpack() gives a column \"{name}\", which is there already. Write a prefix, or columnsConflict=.");

    private static KqlType TypeOf(in Value value) => value.Kind switch
    {
        ValueKind.Array or ValueKind.Bag or ValueKind.Null => KqlType.Dynamic,
        _ => Enum.Parse<KqlType>(value.Kind.ToString()),
    };
}
