using System.Globalization;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>union: columns are merged by name; where types differ, each type has a column of its own.</summary>
internal static class Union
{
    private sealed record Leg(Relation Relation, string Source);

    public static Relation Compile(Context context, SyntaxNode node, Relation? input)
    {
        var isFuzzy = node.Word("isfuzzy", "false") == "true";
        var source = node.Word("withsource", "");
        var legs = Legs(context, [.. node.Items("Expressions")], input, isFuzzy, "union_arg");
        if (legs.Count == 0)
        {
            throw context.UnknownForm(node, "a union of no table that is there");
        }

        return Merge(node.Word("kind", "outer") == "inner" ? Common(context, legs) : legs, source);
    }

    /// <summary>The rows of some tables.</summary>
    /// <param name="context">Where it is.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="input">The rows before the operator, or null.</param>
    /// <param name="isFuzzy">Whether a table may be missing.</param>
    /// <param name="source">The column that says where a row is from; empty for none.</param>
    /// <param name="unnamed">What that is for rows of no table, before the number of their place.</param>
    public static Relation Of(Context context, IReadOnlyList<SyntaxNode> tables, Relation? input, bool isFuzzy, string source, string unnamed) =>
        Merge(Legs(context, tables, input, isFuzzy, unnamed), source);

    private static List<Leg> Legs(Context context, IReadOnlyList<SyntaxNode> tables, Relation? input, bool isFuzzy, string unnamed)
    {
        var before = input is null ? 0 : 1;
        string NameOf(int place) => string.Create(CultureInfo.InvariantCulture, $"{unnamed}{place}");
        var legs = tables.SelectMany((leg, i) => Legs(context, leg, isFuzzy, NameOf(i + before))).ToList();
        if (input is not null)
        {
            legs.Insert(0, new(input, input.SourceName.Length > 0 ? input.SourceName : NameOf(0)));
        }

        return legs;
    }

    // Kusto.Language gives the columns of kind=outer here too.
    private static List<Leg> Common(Context context, List<Leg> legs)
    {
        var common = legs.Select(leg => leg.Relation.Schema.Columns.AsEnumerable()).Aggregate((left, right) => left.Intersect(right)).ToHashSet();
        context.Surplus.UnionWith(legs.SelectMany(leg => leg.Relation.Schema.Columns).Where(column => !common.Contains(column)).Select(column => column.Name));
        return [.. legs.Select(leg => leg with
        {
            Relation = Projections.Selected(leg.Relation, leg.Relation.Schema.Columns.Select((column, i) => (Column: column, Place: i)).Where(entry => common.Contains(entry.Column)).Select(entry => (entry.Place, entry.Column.Name))),
        })];
    }

    private static IEnumerable<Leg> Legs(Context context, SyntaxNode node, bool isFuzzy, string unnamed)
    {
        var inside = node.Inside();
        if (inside.Kind == "NameReference" && string.Concat(inside.SelfAndDescendants().Select(part => part.Text)) is var pattern && pattern.Contains('*', StringComparison.Ordinal))
        {
            return context.Workspace.Tables.Where(table => ColumnItems.Wildcard(table.Name, pattern))
                .Select(table => new Leg(WorkspaceTables.Find(context, node, table.Name), table.Name));
        }

        try
        {
            var relation = TableCompiler.Compile(context.Inner(), node);
            return [new(relation, inside.Kind == "NameReference" && context.Scope.Find(inside.Name()) is null ? inside.Name() : unnamed)];
        }
        catch (RefusedException refused) when (isFuzzy && refused.Refusal.Code == "CSK1006")
        {
            // A fuzzy union goes on without the tables that are not there.
            return [];
        }
    }

    private static Relation Merge(List<Leg> legs, string source)
    {
        var columns = legs.SelectMany(leg => leg.Relation.Schema.Columns).Distinct().ToList();
        var conflicts = columns.GroupBy(column => column.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        columns = [.. columns.GroupBy(column => column.Name, StringComparer.Ordinal).SelectMany(group => group)];
        var names = new ColumnNames(columns.Where(column => !conflicts.Contains(column.Name)).Select(column => column.Name));
        var result = columns.Select(column => conflicts.Contains(column.Name) ? new(names.Add($"{column.Name}_{column.Type.Name()}"), column.Type) : column).ToList();
        if (source.Length > 0)
        {
            result.Insert(0, new(names.Add(source), KqlType.String));
        }

        var schema = new Schema(result, legs.TrueForAll(leg => leg.Relation.Schema.HasIngestionTime));
        var offset = source.Length > 0 ? 1 : 0;
        var moves = legs.Select(leg => columns.Select((column, i) => (From: leg.Relation.Schema.Columns.IndexOf(column), To: i + offset)).Where(move => move.From >= 0).ToArray()).ToArray();
        var empty = Joins.Nothing(schema);
        var plans = new Asked<((int From, int To)[] Moves, Places Reads)[]>(needed => Array.ConvertAll(moves, places =>
        {
            var moved = Array.FindAll(places, move => needed.Contains(move.To));
            return (moved, Places.Of(moved.Select(move => move.From)));
        }));
        return new(schema, needed => legs.Zip(plans.For(needed)).SelectMany(pair => Rows(pair.First, pair.Second.Moves, pair.Second.Reads)));

        IEnumerable<Value[]> Rows(Leg leg, (int From, int To)[] places, Places reads)
        {
            foreach (var row in leg.Relation.Read(reads))
            {
                Value[] merged = [.. empty];
                foreach (var (from, to) in places)
                {
                    merged[to] = row[from];
                }

                if (offset > 0)
                {
                    merged[0] = Value.Of(leg.Source);
                }

                if (schema.HasIngestionTime)
                {
                    merged[^1] = row[^1];
                }

                yield return merged;
            }
        }
    }
}
