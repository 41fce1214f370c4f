using CopilotSentinelKit.Evaluate.Expressions;
using CopilotSentinelKit.Evaluate.Values;
using CopilotSentinelKit.Kql;

namespace CopilotSentinelKit.Evaluate.Operators;

/// <summary>top-nested: the best values of an expression, and for each the best of the next.</summary>
internal static class TopNested
{
    private sealed record Level(Expression? Count, Evaluator Key, AggregateCalls Calls, Evaluator Result, bool IsAscending);

    public static Relation Compile(Context context, SyntaxNode node, Relation input)
    {
        var row = new Row(input.Schema);
        var names = new ColumnNames();
        var columns = new List<SchemaColumn>();
        var levels = new List<Level>();
        foreach (var clause in node.Items("Clauses"))
        {
            if (clause["WithOthersClause"] is { } others)
            {
                throw context.UnknownForm(others, "top-nested with others");
            }

            var count = clause["Expression"] is { } number ? ScalarCompiler.CompileConstant(context, number, "the number of values").As(KqlType.Long) : null;
            var key = ScalarCompiler.Compile(context, clause["OfExpression"]!, row);
            var by = clause["ByExpression"]!;
            var isAscending = by["Ordering"]?.SelfAndDescendants().Any(part => part.Text == "asc") == true;
            by = by.Kind == "OrderedExpression" ? by["Expression"]! : by;
            var calls = new AggregateCalls(context, row, [], 1);
            var result = calls.Compile([by]).Single();
            var keyName = names.Add(ColumnNames.Of(clause["OfExpression"]!));
            columns.Add(new(keyName, key.Type));
            columns.Add(new(names.Add(by.Kind == "SimpleNamedExpression" ? result.Name : "aggregated_" + keyName), result.Value.Type));
            levels.Add(new(count, key.Evaluate, calls, result.Value.Evaluate, isAscending));
        }

        return new(new(columns), () => Rows([.. input.Rows()], [.. levels], 0, []));
    }

    private static IEnumerable<Value[]> Rows(IReadOnlyList<Value[]> rows, Level[] levels, int depth, Value[] before)
    {
        if (depth == levels.Length)
        {
            return [before];
        }

        var level = levels[depth];
        var groups = rows.GroupBy(row => level.Key(row)).Select(group =>
        {
            Value[][] members = [.. group];
            var total = new Grouping([_ => group.Key], level.Calls).Read(members).Single();
            return (group.Key, Result: level.Result(total), Rows: members);
        });
        var comparer = Comparer<Value>.Create((left, right) => left.IsNull || right.IsNull ? left.IsNull.CompareTo(right.IsNull) * (level.IsAscending ? 1 : -1) : ValueOrder.Compare(left, right));
        var ordered = level.IsAscending ? groups.OrderBy(group => group.Result, comparer) : groups.OrderByDescending(group => group.Result, comparer);
        return ordered.Take(level.Count is { } count ? (int)count.Value.Bits : int.MaxValue)
            .SelectMany(group => Rows(group.Rows, levels, depth + 1, [.. before, group.Key, group.Result]));
    }
}
