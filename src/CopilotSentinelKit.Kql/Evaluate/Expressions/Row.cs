using System.Collections.Immutable;

using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate.Expressions;

/// <summary>The row that expressions are compiled against.</summary>
/// <param name="schema">What it holds.</param>
internal sealed class Row(Schema schema)
{
    /// <summary>No row: where only constants may stand.</summary>
    public static Row None { get; } = new(Schema.Empty);

    public Schema Schema => schema;

    /// <summary>Where the columns of the steps of scan begin, by the names of the steps.</summary>
    public IReadOnlyDictionary<string, int> Steps { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Compiles the calls that are no functions of the row alone: aggregates in summarize, window functions where rows have an order.
    /// Gives null for others.</summary>
    public Func<Context, SyntaxNode, string, Expression?>? Special { get; init; }
}
