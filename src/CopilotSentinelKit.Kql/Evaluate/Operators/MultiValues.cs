
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>mv-expand, mv-apply and partition.</summary>
internal static class MultiValues
{
    private const int MostLegacyPartitions = 64;

    public static Relation Expand(Context context, SyntaxNode node, Relation input)
    {
        var kind = node.Word("kind", node.Word("bagexpansion", "bag"));
        var expansion = Expansion.Compile(context, node, input.Schema, kind == "array");
        var plans = new Asked<Places>(expansion.Reads);
        return input with { Schema = expansion.Schema, Read = needed => input.Read(plans.For(needed)).SelectMany(expansion.Expand) };
    }

    public static Relation Apply(Context context, SyntaxNode node, Relation input)
    {
        var expansion = Expansion.Compile(context, node, input.Schema, pairs: false);
        var subquery = new Subquery(context, node["Subquery"]!, expansion.Schema, isSerialized: true);
        var kept = Enumerable.Range(0, input.Schema.Columns.Length).Where(place => !expansion.Places.Contains(place)).ToArray();
        var names = kept.Select(place => input.Schema.Columns[place].Name).ToHashSet(StringComparer.Ordinal);
        var added = Enumerable.Range(0, subquery.Schema.Columns.Length).Where(place => !names.Contains(subquery.Schema.Columns[place].Name)).ToArray();
        var schema = new Schema([.. kept.Select(place => input.Schema.Columns[place]), .. added.Select(place => subquery.Schema.Columns[place])]);
        return new(schema, Rows);

        IEnumerable<Value[]> Rows()
        {
            foreach (var row in input.Rows())
            {
                foreach (var found in subquery.Read([.. expansion.Expand(row)]))
                {
                    yield return [.. kept.Select(place => row[place]), .. added.Select(place => found[place])];
                }
            }
        }
    }

    public static Relation Partition(Context context, SyntaxNode node, Relation input)
    {
        if (node["Operand"]!.Kind != "PartitionSubquery")
        {
            throw context.UnknownForm(node, "partition with a query in braces");
        }

        var name = node["ByExpression"]!.Name();
        var place = input.Schema.Find(name);
        if (place < 0)
        {
            throw context.UnknownForm(node, "partition by an expression");
        }

        var subquery = new Subquery(context, node["Operand"]!, new(input.Schema.Columns), input.IsSerialized);
        var width = input.Schema.Columns.Length;
        var most = node.Word("hint.strategy", "legacy") == "legacy" ? MostLegacyPartitions : int.MaxValue;
        return new(subquery.Schema, Rows);

        IEnumerable<Value[]> Rows()
        {
            var groups = input.Rows().GroupBy(row => row[place]).ToList();
            return groups.Count <= most
                ? groups.SelectMany(group => subquery.Read([.. group.Select(row => row.Length == width ? row : row[..width])]))
                : throw EvaluationException.Of($"partition without hint.strategy= takes at most {most} values, and there are {groups.Count}. Write hint.strategy=native.");
        }
    }

    /// <summary>A query over the rows of one row or group at a time.</summary>
    private sealed class Subquery
    {
        private readonly Epoch _epoch;
        private readonly Relation _relation;
        private Value[][] _rows = [];

        public Subquery(Context context, SyntaxNode node, Schema schema, bool isSerialized)
        {
            _epoch = new(context.Epoch);
            _relation = TableCompiler.Compile(context.Inner() with { Epoch = _epoch }, node, new(schema, () => _rows, isSerialized));
        }

        public Schema Schema => _relation.Schema;

        public IEnumerable<Value[]> Read(Value[][] rows)
        {
            _rows = rows;
            _epoch.Next();
            return [.. _relation.Rows()];
        }
    }
}
