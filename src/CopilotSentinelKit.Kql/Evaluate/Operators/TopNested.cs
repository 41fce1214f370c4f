
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>top-nested: the best values of an expression, and for each the best of the next.</summary>
internal static class TopNested
{
    private sealed record Level(Expression? Count, Expression Key, AggregateCalls Calls, Expression Result, bool IsAscending, Value? Others)
    {
        /// <summary>The aggregate of rows that count as one group.</summary>
        public Value ResultOf(Value key, IEnumerable<Value[]> rows) => Result.Evaluate(new Grouping([_ => key], Calls).Read(rows).Single());
    }

    public static Relation Compile(Context context, SyntaxNode node, Relation input)
    {
        var row = new Row(input.Schema);
        var names = new ColumnNames();
        var columns = new List<SchemaColumn>();
        var levels = new List<Level>();
        foreach (var clause in node.Items("Clauses"))
        {
            var count = clause["Expression"] is { } number ? ScalarCompiler.CompileConstant(context, number, "the number of values").As(KqlType.Long) : null;
            var key = ScalarCompiler.Compile(context, clause["OfExpression"]!, row);
            var others = clause["WithOthersClause"]?["Expression"] is { } name ? ScalarCompiler.CompileConstant(context, name, "the name of the others") : null;
            if (others is not null && (others.Type != key.Type || !others.IsKnown))
            {
                throw context.UnknownForm(clause["WithOthersClause"]!, "a name of the others that is of another type than the values");
            }

            var by = clause["ByExpression"]!;
            var isAscending = by["Ordering"]?.SelfAndDescendants().Any(part => part.Text == "asc") == true;
            by = by.Kind == "OrderedExpression" ? by["Expression"]! : by;
            var calls = new AggregateCalls(context, row, [], 1);
            var result = calls.Compile([by]).Single();
            var keyName = names.Add(ColumnNames.Of(clause["OfExpression"]!));
            columns.Add(new(keyName, key.Type));
            columns.Add(new(names.Add(by.Kind == "SimpleNamedExpression" ? result.Name : "aggregated_" + keyName), result.Value.Type));
            levels.Add(new(count, key, calls, result.Value, isAscending, others?.Value));
        }

        var reads = row.Reads;
        return new(new(columns), () => Rows([.. input.Read(reads)], [.. levels], 0, []));
    }

    private static IEnumerable<Value[]> Rows(IReadOnlyList<Value[]> rows, Level[] levels, int depth, Value[] before)
    {
        if (depth == levels.Length)
        {
            return [before];
        }

        var level = levels[depth];
        var groups = rows.GroupBy(row => level.Key.Evaluate(row)).Select(group => (group.Key, Result: level.ResultOf(group.Key, group), Rows: group.ToArray()));
        var comparer = Comparer<Value>.Create((left, right) => left.IsNull || right.IsNull ? left.IsNull.CompareTo(right.IsNull) * (level.IsAscending ? 1 : -1) : ValueOrder.Compare(left, right));
        var ordered = (level.IsAscending ? groups.OrderBy(group => group.Result, comparer) : groups.OrderByDescending(group => group.Result, comparer)).ToList();
        var count = level.Count is { } limit ? (int)Math.Clamp(limit.Value.Bits, 0, ordered.Count) : ordered.Count;
        var best = ordered.Take(count).SelectMany(group => Rows(group.Rows, levels, depth + 1, [.. before, group.Key, group.Result]));
        Value[][] rest = [.. ordered.Skip(count).SelectMany(group => group.Rows)];
        return rest.Length > 0 && levels.Skip(depth).Any(below => below.Others is not null)
            ? best.Append([.. before, .. levels.Skip(depth).SelectMany(below => Others(below, rest))])
            : best;
    }

    // What did not make it to the top is one row, with the aggregate at each level that has a name for the others and nothing at the rest.
    private static Value[] Others(Level level, Value[][] rest) => level.Others is { } name
        ? [name, level.ResultOf(name, rest)]
        : [Nothing(level.Key.Type), Nothing(level.Result.Type)];

    private static Value Nothing(KqlType type) => type == KqlType.String ? Value.Empty : Value.Null;
}
