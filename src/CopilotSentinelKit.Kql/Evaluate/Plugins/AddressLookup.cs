
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Evaluate.Operators;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Plugins;

/// <summary>evaluate ipv4_lookup: joins rows with those of a table whose address range holds their address.</summary>
internal static class AddressLookup
{
    private const int AddressBits = 128;

    public static Relation Compile(PluginCall plugin)
    {
        var (call, left) = (plugin.Call, plugin.Input);
        var right = TableCompiler.Compile(plugin.Context.Inner(), call.Arguments[0]);
        var address = plugin.Place(1);
        var range = Column(plugin, right, call.Arguments[2]);
        var extra = call.Arguments.Skip(3).Where(argument => argument.Kind == "NameReference").ToArray();
        var keys = JoinKeys.Compile(plugin.Context, extra, left, right);
        var keepsAll = plugin.Named("return_unmatched") is { IsTrue: true } || Flag(plugin);
        int[] added = [.. Enumerable.Range(0, right.Schema.Columns.Length).Where(place => !keys.RightPlaces.Contains(place))];
        var names = new ColumnNames(left.Schema.Columns.Select(column => column.Name));
        var schema = new Schema([.. left.Schema.Columns, .. added.Select(place => right.Schema.Columns[place]).Select(column => new SchemaColumn(names.Add(column.Name), column.Type))]);
        var nothing = Joins.Nothing(right.Schema);
        var width = left.Schema.Columns.Length;
        return new(schema, Rows);

        IEnumerable<Value[]> Rows()
        {
            var ranges = right.Rows().Select(row => (Row: row, Range: IpAddress.ReadV4(row[range].Text))).Where(found => found.Range is not null).ToList();
            var prefixes = ranges.Select(found => found.Range!.Value.Prefix).Distinct().ToArray();
            var index = ranges.ToLookup(found => (Value[])[Number(found.Range!.Value, found.Range.Value.Prefix), .. JoinKeys.Of(keys.Right, found.Row)], found => found.Row, RowComparer.Instance);
            foreach (var row in left.Rows())
            {
                var matches = Matches(row);
                foreach (var match in matches.Length == 0 && keepsAll ? [nothing] : matches)
                {
                    yield return [.. row[..width], .. added.Select(place => match[place])];
                }
            }

            Value[][] Matches(Value[] row)
            {
                if (IpAddress.ReadV4(row[address].Text) is not { } known)
                {
                    return [];
                }

                var key = JoinKeys.Of(keys.Left, row);
                return known.Prefix < AddressBits
                    ? throw EvaluationException.Of("ipv4_lookup() is given an address with a prefix, and which ranges that matches is not documented.")
                    : [.. prefixes.SelectMany(prefix => index[[Number(known, prefix), .. key]])];
            }
        }
    }

    private static Value Number(IpAddress address, int prefix) => Value.Of(((long)(uint)IpAddress.Masked(address.Number, prefix) << 8) | (long)prefix);

    private static int Column(PluginCall plugin, Relation right, SyntaxNode node) =>
        node.Kind == "NameReference" && right.Schema.Find(node.Name()) is >= 0 and var place ? place : throw plugin.Call.Refuse("an argument that is no column");

    // The last argument may be the flag without its name.
    private static bool Flag(PluginCall plugin) =>
        plugin.Call.Arguments[^1].Kind == "BooleanLiteralExpression" && plugin.Call.Argument(plugin.Call.Count - 1).Value.IsTrue;
}
