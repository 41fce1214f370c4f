
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Functions;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Plugins;

/// <summary>The operator evaluate, and the plugins that it calls.</summary>
internal static class Evaluation
{
    public static IReadOnlyList<Plugin> All { get; } =
    [
        new("bag_unpack(column[, prefix][, columnsConflict][, ignoredProperties])", BagUnpack.Compile),
        new("ipv4_lookup(table, ip, range[, key ...][, return_unmatched])", AddressLookup.Compile),
        new("narrow()", Narrow.Compile),
        new("pivot(column[, aggregate][, column ...])", Pivot.Compile),
    ];

    private static readonly Dictionary<string, Plugin> ByName = All.ToDictionary(plugin => plugin.Name, StringComparer.Ordinal);

    public static Relation Compile(Context context, SyntaxNode node, Relation input)
    {
        var call = node["FunctionCall"]!;
        var name = call.CalledName()!;
        if (ByName.GetValueOrDefault(name) is not { } plugin)
        {
            throw context.UnknownFunction(call["Name"]!, name);
        }

        // The columns of some plugins come from the rows: those that are read for that are read once.
        return plugin.Compile(new(new Call(context, call, name, new Row(input.Schema), call.Arguments()), input.Kept(context), node["Schema"]?["Schema"]));
    }
}
