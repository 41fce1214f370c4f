using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Testing;

/// <summary>A small mistake that a query could have.</summary>
/// <param name="Kind">What sort of mistake, in words: "comparison".</param>
/// <param name="Start">Offset of the text that it replaces.</param>
/// <param name="Length">Length of that text.</param>
/// <param name="Replacement">What stands there instead.</param>
internal sealed record QueryMutant(string Kind, int Start, int Length, string Replacement)
{
    /// <summary>The query with the mistake.</summary>
    public string Apply(string query) => string.Concat(query.AsSpan(0, Start), Replacement, query.AsSpan(Start + Length));
}

/// <summary>Finds the mistakes to make in a query: its comparisons, conditions, thresholds, windows, kinds of join, aggregates, keys and columns.</summary>
internal static class QueryMutants
{
    private static readonly Dictionary<string, string> Borders = new(StringComparer.Ordinal) { [">"] = ">=", [">="] = ">", ["<"] = "<=", ["<="] = "<" };

    private static readonly Dictionary<string, string> Joins = new(StringComparer.Ordinal)
    {
        ["inner"] = "leftouter",
        ["innerunique"] = "leftouter",
        ["leftouter"] = "inner",
        ["fullouter"] = "inner",
        ["leftanti"] = "leftsemi",
        ["leftsemi"] = "leftanti",
        ["anti"] = "leftsemi",
    };

    private static readonly Dictionary<string, string> Aggregates = new(StringComparer.Ordinal)
    {
        ["max"] = "min",
        ["min"] = "max",
        ["arg_max"] = "arg_min",
        ["arg_min"] = "arg_max",
    };

    /// <summary>All of them, in the order of their places, but for those that change nothing: a run sees no more than its period, however far back a query looks.</summary>
    /// <param name="tree">The query.</param>
    /// <param name="period">How far back a run sees, or null for everything.</param>
    public static ImmutableArray<QueryMutant> Of(SyntaxNode tree, TimeSpan? period) =>
        [.. tree.SelfAndDescendants().Where(node => !IsWholePeriod(node, period)).SelectMany(node => OfNode(node, period)).Where(mutant => mutant.Replacement != tree.Tree.Text.Substring(mutant.Start, mutant.Length)).OrderBy(mutant => mutant.Start).ThenBy(mutant => mutant.Length).ThenBy(mutant => mutant.Replacement, StringComparer.Ordinal)];

    private static bool IsLong(SyntaxNode literal, TimeSpan? period) =>
        period is { } most && TimeSpan.TryParseExact(literal.Value, ["c", "g"], CultureInfo.InvariantCulture, out var length) && length >= most;

    // TimeGenerated > ago(14d), in a rule that sees 14 days.
    private static bool IsWholePeriod(SyntaxNode condition, TimeSpan? period) =>
        condition is { Kind: "GreaterThanExpression" or "GreaterThanOrEqualExpression" } && condition["Left"]?.Source == "TimeGenerated" && condition["Right"] is { } right
        && right.IsCall("ago") && right.Arguments() is [var back] && IsLong(back, period);

    private static IEnumerable<QueryMutant> OfNode(SyntaxNode node, TimeSpan? period) => node.Kind switch
    {
        "AndExpression" or "OrExpression" => Dropped(node, period),
        "FilterOperator" when node["Condition"] is { } condition && !IsWholePeriod(condition.Unwrapped(), period) && condition.Unwrapped().Kind is not ("AndExpression" or "OrExpression") => [new("condition", condition.Start, condition.Length, "true")],
        "JoinOperator" when !DropsUnmatched(node) => node.SelfAndDescendants().Where(part => part.Kind == "NamedParameter" && part.Parent?.Parent == node && part["Name"]?.Source == "kind").SelectMany(JoinKind),
        "FunctionCallExpression" when node.CalledName() is { } name && Aggregates.TryGetValue(name, out var other) => [new("aggregate", node["Name"]!.Start, node["Name"]!.Length, other)],
        "SummarizeByClause" => Keys(node["Expressions"].Members().ToList()),
        "ProjectOperator" => Swapped(node["Expressions"].Members().ToList()),
        "TimespanLiteralExpression" when IsLong(node, period) => [new("window", node.Start, node.Length, $"({node.Source} / 2)")],
        "TimespanLiteralExpression" => [new("window", node.Start, node.Length, $"({node.Source} * 2)"), new("window", node.Start, node.Length, $"({node.Source} / 2)")],
        "LongLiteralExpression" when IsThreshold(node) && long.TryParse(node.Source, out var number) => [new("threshold", node.Start, node.Length, FormattableString.Invariant($"{number + 1}"))],
        _ => Comparison(node),
    };

    private static IEnumerable<QueryMutant> Comparison(SyntaxNode node)
    {
        if (node.OperatorText() is not { } symbol || node["Operator"] is not { } token)
        {
            return [];
        }

        // Two moments are never the same: which side of the border they fall on cannot be tested.
        if (Borders.TryGetValue(symbol, out var border))
        {
            return node["Left"]!.ResultType == "datetime" || node["Right"]!.ResultType == "datetime" ? [] : [new("comparison", token.Start, token.Length, border)];
        }

        return Negated(symbol) is { } other ? [new("comparison", token.Start, token.Length, other)] : [];
    }

    private static string? Negated(string symbol) => symbol switch
    {
        "==" => "!=",
        "=~" => "!~",
        ['!', '=', ..] => "==",
        ['!', '~', ..] => "=~",
        ['!', ..] => symbol[1..],
        "in" or "in~" or "has" or "has_cs" or "contains" or "contains_cs" or "startswith" or "startswith_cs" or "endswith" or "endswith_cs" or "hasprefix" or "hasprefix_cs" or "hassuffix" or "hassuffix_cs" or "between" => "!" + symbol,
        _ => null,
    };

    // Of a chain each condition once: a side that is a chain itself is left to its own conditions.
    private static IEnumerable<QueryMutant> Dropped(SyntaxNode node, TimeSpan? period)
    {
        var (left, right) = (node["Left"]!, node["Right"]!);
        if (left.Kind != node.Kind && !IsWholePeriod(left.Unwrapped(), period))
        {
            yield return new("condition", left.Start, left.Length, node.Kind == "AndExpression" ? "true" : "false");
        }

        if (!IsWholePeriod(right.Unwrapped(), period))
        {
            yield return new("condition", right.Start, right.Length, node.Kind == "AndExpression" ? "true" : "false");
        }
    }

    // An outer join adds rows without values on the right side. Where the next step compares such a number or moment, it drops them: inner or leftouter is the same.
    private static bool DropsUnmatched(SyntaxNode join) =>
        join.Parent is { Kind: "PipeExpression" } pipe && pipe["Expression"]?.Columns is { } left && pipe.Parent is { Kind: "PipeExpression" } next && next["Expression"] == pipe
        && next["Operator"] is { Kind: "FilterOperator" } filter && Conditions(filter["Condition"]!).Any(condition => IsOfRight(condition, left));

    private static IEnumerable<SyntaxNode> Conditions(SyntaxNode condition) =>
        condition.Unwrapped() is { Kind: "AndExpression" } both ? Conditions(both["Left"]!).Concat(Conditions(both["Right"]!)) : [condition.Unwrapped()];

    private static bool IsOfRight(SyntaxNode condition, ImmutableArray<SyntaxSymbol> left) =>
        condition.OperatorText() is "<" or "<=" or ">" or ">=" or "between" && condition["Left"] is { Kind: "NameReference", ResultType: "datetime" or "timespan" or "long" or "int" or "real" } tested
        && left.All(column => column.Name != tested.Source);

    private static IEnumerable<QueryMutant> JoinKind(SyntaxNode parameter) =>
        parameter["Expression"] is { } kind && Joins.TryGetValue(kind.Source, out var other) ? [new("join", kind.Start, kind.Length, other)] : [];

    private static IEnumerable<QueryMutant> Keys(List<SyntaxNode> keys)
    {
        for (var i = 0; i < keys.Count && keys.Count > 1; i++)
        {
            var (start, end) = i == 0 ? (keys[0].Start, keys[1].Start) : (keys[i - 1].End, keys[i].End);
            yield return new("key", start, end - start, "");
        }
    }

    private static IEnumerable<QueryMutant> Swapped(List<SyntaxNode> items)
    {
        ImmutableArray<SyntaxNode> columns = [.. items.Where(item => item.Kind == "SimpleNamedExpression").Select(item => item["Expression"]!).Where(value => value.Kind == "NameReference")];
        return columns.Zip(columns.Skip(1)).Where(pair => pair.First.ResultType == pair.Second.ResultType && pair.First.Source != pair.Second.Source)
            .Select(pair => new QueryMutant("columns", pair.First.Start, pair.First.Length, pair.Second.Source));
    }

    private static bool IsThreshold(SyntaxNode literal) =>
        literal.Parent is { } above && (Borders.ContainsKey(above.OperatorText() ?? "") || above.OperatorText() is "==" or "!=" || above.Kind is "LetStatement" or "TopOperator");
}
