using System.Collections.Immutable;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>A tabular expression as a source and the operators it is piped through.</summary>
/// <param name="Source">What the first operator reads: a table, call, union, datatable, ...</param>
/// <param name="Operators">The operators in order, through the let variables that stand for earlier parts.</param>
internal sealed record Pipeline(SyntaxNode Source, ImmutableArray<SyntaxNode> Operators)
{
    /// <summary>The pipeline that an expression is the end of.</summary>
    public static Pipeline Of(SyntaxNode expression)
    {
        var operators = new Stack<SyntaxNode>();
        var seen = new HashSet<SyntaxNode>();
        var node = expression.Unwrapped();
        while (seen.Add(node))
        {
            if (node.Kind == "PipeExpression" && node["Operator"] is { } step && node["Expression"] is { } input)
            {
                operators.Push(step);
                node = input.Unwrapped();
            }
            else if (node.Kind == "NameReference" && node.ResultType == "table" && node.Symbol is { Kind: "Variable" } variable
                && variable.Sources.FirstOrDefault() is { } source)
            {
                node = source.Unwrapped();
            }
            else if (node.IsCall("materialize", "view") && node.Arguments() is [var inner])
            {
                node = inner.Unwrapped();
            }
            else
            {
                break;
            }
        }

        return new(node, [.. operators]);
    }

    /// <summary>Every pipeline of a query: the result, the sides of joins, let variables, bodies of functions; a let variable's
    /// operators belong to those that read it too.</summary>
    public static IEnumerable<Pipeline> AllIn(SyntaxNode root) => root.SelfAndDescendants()
        .Where(node => node.ResultType == "table" && node.Kind != "PipeExpression" ? IsOwnStep(node) : node.Kind == "PipeExpression" && IsEnd(node))
        .Select(Of);

    /// <summary>What reaches an operator that stands in a pipe.</summary>
    public static Pipeline? Before(SyntaxNode step) =>
        step.Parent is { Kind: "PipeExpression" } pipe && pipe["Operator"] == step && pipe["Expression"] is { } input ? Of(input) : null;

    private static bool IsEnd(SyntaxNode pipe) => pipe.Parent is not { Kind: "PipeExpression" } above || above["Expression"] != pipe;

    // A table or call that nothing is piped from, where a tabular expression stands: the side of a join, the value of a let.
    private static bool IsOwnStep(SyntaxNode node) =>
        node.Kind is "NameReference" or "FunctionCallExpression"
        && node.Parent is { } parent
        && parent.Kind != "FunctionCallExpression"
        && !(parent.Kind == "PipeExpression" && parent["Expression"] == node);
}
