
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>What the rows of a join or lookup are matched by.</summary>
/// <param name="Left">The keys of the left side.</param>
/// <param name="Right">The keys of the right side.</param>
/// <param name="LeftPlaces">The columns that are keys of the left side.</param>
/// <param name="RightPlaces">The columns that are keys of the right side, which lookup leaves out.</param>
internal sealed record JoinKeys(Evaluator[] Left, Evaluator[] Right, HashSet<int> LeftPlaces, HashSet<int> RightPlaces)
{
    public static JoinKeys Compile(Context context, IEnumerable<SyntaxNode> conditions, Relation left, Relation right)
    {
        var keys = new JoinKeys([], [], [], []);
        foreach (var (leftName, rightName, node) in conditions.SelectMany(condition => Pairs(context, condition.Inside())))
        {
            var (first, second) = (Column(context, node, left.Schema, leftName), Column(context, node, right.Schema, rightName));
            keys.LeftPlaces.Add(first.Place);
            keys.RightPlaces.Add(second.Place);
            if (first.Type != second.Type)
            {
                if (!first.Type.IsNumber() || !second.Type.IsNumber())
                {
                    throw context.UnknownForm(node, $"a join of {first.Type.Name()} and {second.Type.Name()}");
                }

                var type = ArithmeticCompiler.Wider(first.Type, second.Type);
                (first, second) = (first.As(type), second.As(type));
            }

            keys = keys with { Left = [.. keys.Left, first.Evaluate], Right = [.. keys.Right, second.Evaluate] };
        }

        return keys;
    }

    public static Value[] Of(Evaluator[] keys, Value[] row) => Array.ConvertAll(keys, key => key(row));

    private static IEnumerable<(string Left, string Right, SyntaxNode Node)> Pairs(Context context, SyntaxNode node) => node.Kind switch
    {
        "NameReference" => [(node.Name(), node.Name(), node)],
        "AndExpression" => [.. Pairs(context, node["Left"]!.Inside()), .. Pairs(context, node["Right"]!.Inside())],
        "EqualExpression" => [Pair(context, node)],
        _ => throw context.UnknownForm(node, "this condition of a join"),
    };

    private static (string Left, string Right, SyntaxNode Node) Pair(Context context, SyntaxNode node)
    {
        var sides = new[] { node["Left"]!.Inside(), node["Right"]!.Inside() };
        return sides.FirstOrDefault(side => IsSide(side, "$left")) is { } left && sides.FirstOrDefault(side => IsSide(side, "$right")) is { } right
            ? (left["Selector"]!.Name(), right["Selector"]!.Name(), node)
            : throw context.UnknownForm(node, "a condition of a join that is no equality of $left and $right");
    }

    private static bool IsSide(SyntaxNode node, string side) => node.Kind == "PathExpression" && node["Expression"]!.Name() == side;

    private static Expression Column(Context context, SyntaxNode node, Schema schema, string name)
    {
        var place = schema.Find(name);
        return place >= 0 ? Expression.Column(schema.Columns[place].Type, place) : throw context.UnknownForm(node, $"the column \"{name}\" here");
    }
}
