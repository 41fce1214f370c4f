
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>sort, top and take. Without asc the order descends; nulls come first in ascending and last in descending order.</summary>
internal static class Sorting
{
    private readonly record struct Key(Evaluator Evaluate, bool IsAscending, bool NullsFirst, Places Reads);

    public static Relation Sort(Context context, SyntaxNode node, Relation input) =>
        Sorted(input, [.. node.Items("Expressions").Select(item => KeyOf(context, item, input))]);

    public static Relation Top(Context context, SyntaxNode node, Relation input)
    {
        var count = ScalarCompiler.CompileConstant(context, node["Expression"]!, "the number of rows of top").As(KqlType.Long);
        var sorted = Sorted(input, [KeyOf(context, node["ByExpression"]!, input)]);
        return sorted with { Read = needed => sorted.Read(needed).Take(checked((int)count.Value.Bits)) };
    }

    public static Relation Take(Context context, SyntaxNode node, Relation input)
    {
        var count = ScalarCompiler.CompileConstant(context, node["Expression"]!, "the number of rows of take").As(KqlType.Long);
        return input with { Read = needed => input.Read(needed).Take(checked((int)count.Value.Bits)) };
    }

    private static Key KeyOf(Context context, SyntaxNode node, Relation input)
    {
        var row = new Row(input.Schema);
        var value = ScalarCompiler.Compile(context, node.Kind == "OrderedExpression" ? node["Expression"]! : node, row);
        var words = node["Ordering"]?.SelfAndDescendants().Select(part => part.Text).ToList() ?? [];
        var isAscending = words.Contains("asc");
        return new(value.Evaluate, isAscending, words.Contains("first") || (isAscending && !words.Contains("last")), row.Reads);
    }

    private static Relation Sorted(Relation input, Key[] keys)
    {
        var reads = new Asked<Places>(needed => keys.Aggregate(needed, (all, key) => all.With(key.Reads)));
        return input with { Read = needed => Sort(input.Read(reads.For(needed)), keys), IsSerialized = true };
    }

    private static IEnumerable<Value[]> Sort(IEnumerable<Value[]> rows, Key[] keys)
    {
        var entries = rows.Select((row, i) => (Row: row, Keys: Array.ConvertAll(keys, key => key.Evaluate(row)), Place: i)).ToArray();
        Array.Sort(entries, (left, right) =>
        {
            for (var i = 0; i < keys.Length; i++)
            {
                var order = Compare(left.Keys[i], right.Keys[i], keys[i]);
                if (order != 0)
                {
                    return order;
                }
            }

            // The sort is stable, so that equal rows keep an order that does not depend on the algorithm.
            return left.Place.CompareTo(right.Place);
        });
        return entries.Select(entry => entry.Row);
    }

    private static int Compare(in Value left, in Value right, in Key key)
    {
        var (a, b) = (Rank(left), Rank(right));
        if (a > 0 || b > 0)
        {
            return key.NullsFirst ? b.CompareTo(a) : a.CompareTo(b);
        }

        var order = ValueOrder.Compare(left, right);
        return key.IsAscending ? order : -order;
    }

    // NaN has its place beside null.
    private static int Rank(in Value value) => value.IsNull ? 2 : value.Kind == ValueKind.Real && double.IsNaN(value.Number) ? 1 : 0;
}
