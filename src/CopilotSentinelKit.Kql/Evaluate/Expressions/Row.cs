using System.Collections.Immutable;

using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Expressions;

/// <summary>The row that expressions are compiled against.</summary>
/// <param name="schema">What it holds.</param>
internal sealed class Row(Schema schema)
{
    private HashSet<int> _reads = [];

    /// <summary>No row: where only constants may stand.</summary>
    public static Row None { get; } = new(Schema.Empty);

    public Schema Schema => schema;

    /// <summary>What the expressions compiled so far read of it.</summary>
    public Places Reads => Places.Of(_reads);

    /// <summary>Where the columns of the steps of scan begin, by the names of the steps.</summary>
    public IReadOnlyDictionary<string, int> Steps { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Compiles the calls that are no functions of the row alone: aggregates in summarize, window functions where rows have an order.
    /// Gives null for others.</summary>
    public Func<Context, SyntaxNode, string, Expression?>? Special { get; init; }

    /// <summary>A column of it. Every expression that reads the row gets its columns here, so that what it reads is known.</summary>
    public Expression Column(int place)
    {
        _reads.Add(place);
        return Expression.Column(schema.Columns[place].Type, place);
    }

    /// <summary>What is compiled, and what that reads of the row.</summary>
    public (T Compiled, Places Reads) Reading<T>(Func<T> compile)
    {
        var others = _reads;
        _reads = [];
        var compiled = compile();
        var reads = Places.Of(_reads);
        _reads.UnionWith(others);
        return (compiled, reads);
    }
}
