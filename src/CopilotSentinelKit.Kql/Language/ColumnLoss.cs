using System.Collections.Immutable;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>Where a query loses a column that it had.</summary>
/// <param name="Keyword">The operator's own word: summarize, project, distinct, ...</param>
/// <param name="RenamedTo">What it is called after the operator, or null when it is gone.</param>
internal sealed record ColumnLoss(SyntaxNode Keyword, string? RenamedTo)
{
    /// <summary>The last operator of the result's pipeline that had the column and did not pass it on; null when the query never had it
    /// there.</summary>
    public static ColumnLoss? Find(SyntaxNode? result, string column)
    {
        if (result is null || Has(result, column))
        {
            return null;
        }

        var step = Pipeline.Of(result).Operators.LastOrDefault(step => Reads(step, column));
        return step is null ? null : new(step.SelfAndDescendants().First(node => node.Text is not null), NewName(step, column));
    }

    /// <summary>What an operator reads, as the pipe and its own tables (the other side of a join) give it.</summary>
    private static bool Reads(SyntaxNode step, string column) =>
        (step.Parent?["Expression"] is { } input && Has(input, column))
        || (step.Kind is "JoinOperator" or "LookupOperator" && step["Expression"] is { } other && Has(other, column));

    private static bool Has(SyntaxNode node, string column) => node.Columns?.Any(known => known.Name == column) ?? false;

    private static string? NewName(SyntaxNode step, string column)
    {
        var named = step.Children.Where(child => child.Kind == "List").SelectMany(list => list.Members())
            .Concat(step["ByClause"]?["Expressions"].Members() ?? [])
            .Where(member => member.Kind == "SimpleNamedExpression" && member["Expression"]?.Unwrapped() is { Kind: "NameReference", Symbol: { Kind: "Column" } symbol } && symbol.Name == column)
            .Select(member => member["Name"]?.Symbol?.Name)
            .ToImmutableArray();
        return named is [{ } name] ? name : null;
    }
}
