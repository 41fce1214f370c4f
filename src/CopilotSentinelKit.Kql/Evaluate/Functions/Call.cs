using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>A call that is being compiled.</summary>
/// <param name="Context">Where it is.</param>
/// <param name="Node">The call.</param>
/// <param name="Name">The function's name.</param>
/// <param name="Row">The row that its arguments read.</param>
/// <param name="Arguments">The arguments.</param>
internal sealed record Call(Context Context, SyntaxNode Node, string Name, Row Row, IReadOnlyList<SyntaxNode> Arguments)
{
    /// <summary>The columns that summarize groups by, which a star leaves out.</summary>
    public IReadOnlySet<string> GroupedBy { get; init; } = ImmutableHashSet<string>.Empty;

    public int Count => Arguments.Count;

    public Expression Argument(int index) => ScalarCompiler.Compile(Context, Arguments[index], Row);

    public Expression Argument(int index, KqlType type) => Argument(index).As(type);

    public Expression[] All() => [.. Enumerable.Range(0, Count).Select(Argument)];

    /// <summary>An argument that must be known before rows are read, or a default where it is left out.</summary>
    public Value Known(int index, Value otherwise) => index < Count
        ? ScalarCompiler.CompileKnown(Context, Arguments[index], $"an argument of {Name}()")
        : otherwise;

    /// <summary>Makes sure that the function knows as many arguments as it is given: Kusto has some that take more.</summary>
    public Call Checked(string signature)
    {
        var arguments = signature[(signature.IndexOf('(', StringComparison.Ordinal) + 1)..signature.LastIndexOf(')')];
        var most = arguments.Length == 0 ? 0 : arguments.Count(character => character == ',') + 1;
        return Count <= most || arguments.Contains("...", StringComparison.Ordinal) ? this : throw Refuse($"the argument {most + 1}");
    }

    public RefusedException Refuse(string what) => Context.UnknownForm(Node, $"{what} of {Name}()");
}
