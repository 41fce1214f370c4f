
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>summarize: groups by hash; without "by" there is one group even of no rows.</summary>
internal static class Summarize
{
    public static Relation Compile(Context context, SyntaxNode node, Relation input)
    {
        var row = new Row(input.Schema) { Special = new WindowCalls(input).Row.Special };
        var keys = ColumnItems.Compile(context, node["ByClause"]?.Items("Expressions") ?? [], row);
        if (node["ByClause"]?["BinClause"] is { } bin)
        {
            throw context.UnknownForm(bin, "bin= in summarize");
        }

        var calls = new AggregateCalls(context, row, keys.Select(key => key.Name).OfType<string>(), keys.Length);
        var names = new ColumnNames();
        var columns = keys.Select(key => new SchemaColumn(names.Add(key.Name), key.Value.Type)).ToList();
        var results = calls.Compile(node.Items("Aggregates"));
        columns.AddRange(results.Select(item => new SchemaColumn(names.Add(item.Name), item.Value.Type)));
        var evaluators = results.Select(item => item.Value.Evaluate).ToArray();
        var groups = new Grouping([.. keys.Select(key => key.Value.Evaluate)], calls);
        var isPlain = results.Select((item, i) => item.Value.Place == keys.Length + i).All(same => same) && results.Length == calls.Width;
        var keyReads = keys.Aggregate(Places.None, (reads, key) => reads.With(key.Reads));
        var plans = new Asked<Places>(needed => keyReads.With(calls.Reads(OfGroup(needed))));
        return new(new(columns), Rows);

        // The places of a group's row, where expressions around aggregates may read any.
        Places OfGroup(Places needed)
        {
            var asked = results.Where((_, i) => needed.Contains(keys.Length + i)).Select(item => item.Value.Place).ToList();
            return asked.Contains(-1) ? Places.All : Places.Of(asked);
        }

        IEnumerable<Value[]> Rows(Places needed)
        {
            foreach (var group in groups.Read(input.Read(plans.For(needed))))
            {
                yield return isPlain ? group : [.. group[..keys.Length], .. Array.ConvertAll(evaluators, evaluate => evaluate(group))];
            }
        }
    }
}
