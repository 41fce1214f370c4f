
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate;

/// <summary>Where the compiler is: the workspace, the names in scope, and whose KQL it reads.</summary>
/// <param name="Workspace">What can be read.</param>
/// <param name="Stages">Where operators count their rows.</param>
/// <param name="Scope">The names.</param>
/// <param name="Source">The function whose body this is; empty in the query itself.</param>
/// <param name="IsBound">Whether Kusto.Language has bound the tree: the body of a function that takes tables of any columns is not.</param>
/// <param name="Depth">Calls of functions around this.</param>
internal sealed record Context(EvaluationWorkspace Workspace, StageCounter Stages, Scope Scope, string Source, bool IsBound, int Depth)
{
    private const int DeepestCall = 64;

    /// <summary>What the query may take.</summary>
    public Budget Budget { get; init; } = new(EvaluationLimits.Default);

    /// <summary>Names of columns that Kusto.Language gives and the engine does not; all of one query share them.</summary>
    public HashSet<string> Surplus { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The subquery that this is in, or null.</summary>
    public Epoch? Epoch { get; init; }

    public RefusedException UnknownOperator(SyntaxNode node, string name) => Refusals.UnknownOperator(Source, node, name);

    public RefusedException UnknownFunction(SyntaxNode node, string name) => Refusals.UnknownFunction(Source, node, name);

    public RefusedException UnknownForm(SyntaxNode node, string what) => Refusals.UnknownForm(Source, node, what);

    public RefusedException NotConstant(SyntaxNode node, string what) => Refusals.NotConstant(Source, node, what);

    /// <summary>The inside of a block, whose declarations end with it.</summary>
    public Context Inner() => this with { Scope = new(Scope) };

    /// <summary>The inside of a function's body.</summary>
    public Context Called(SyntaxNode call, Context definition, bool isBound) => Depth < DeepestCall
        ? definition with { Scope = new(definition.Scope), IsBound = definition.IsBound && isBound, Depth = Depth + 1, Epoch = Epoch }
        : throw UnknownForm(call, "functions that are called so deep in one another");

    /// <summary>Makes sure that the columns are those that Kusto.Language says: a difference would be an approximation.</summary>
    public Relation Checked(SyntaxNode node, Relation result)
    {
        if (IsBound && !node.IsOpen && node.Columns is { } expected)
        {
            var found = result.Schema.Columns;
            if (Surplus.Count > 0)
            {
                expected = [.. expected.Where(column => !Surplus.Contains(column.Name) || result.Schema.Find(column.Name) >= 0)];
            }

            if (found.Length != expected.Length || found.Zip(expected).Any(pair => pair.First.Name != pair.Second.Name || !IsType(pair.First.Type, pair.Second.Type)))
            {
                throw Refusals.Disagreement(
                    Source,
                    node,
                    "the columns " + string.Join(", ", found.Select(column => $"{column.Name}:{column.Type.Name()}")),
                    string.Join(", ", expected.Select(column => $"{column.Name}:{column.Type}")));
            }
        }

        return result;
    }

    private static bool IsType(KqlType found, string? expected) => KqlTypes.Find(expected) is not { } type || type == found;
}
