using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate.Lints;

/// <summary>Ranges that end before they begin, and times before now that lie in the future.</summary>
internal static class EmptyRangeLint
{
    public static IEnumerable<Finding> Run(LintedQuery query)
    {
        foreach (var node in query.Nodes)
        {
            if (node.Kind is "BetweenExpression" or "NotBetweenExpression" && node["Right"] is { } range && range["First"] is { } first && range["Second"] is { } second && IsReversed(first, second))
            {
                yield return MeaningFindings.EmptyRange(query.At(range));
            }
            else if (node.IsCall("ago") && node.Arguments() is [var length] && TimeValue.Length(length) is { Ticks: < 0 } && node.Enclosing("BetweenExpression") is null)
            {
                yield return MeaningFindings.Future(query.At(node));
            }
        }
    }

    private static bool IsReversed(SyntaxNode first, SyntaxNode second)
    {
        if (TimeValue.BeforeNow(first) is { } from && TimeValue.BeforeNow(second) is { } to)
        {
            // A start of a day lies up to a day before: only more than that is certain.
            return IsExact(first) && IsExact(second) ? from < to : from + TimeSpan.FromDays(1) < to;
        }

        return Shifted(first) is var (one, after) && Shifted(second) is var (other, later) && one is not null && one == other && later < after;
    }

    private static bool IsExact(SyntaxNode bound) => !bound.Calls("startofday", "startofweek", "startofmonth", "startofyear", "bin", "floor").Any()
        && !bound.SelfAndDescendants().Any(node => node.Symbol is { Kind: "Variable", Type: "datetime" });

    // A column and how much later than it a time is: WindowStart = UebaTime - 1h.
    private static (SyntaxSymbol? Column, TimeSpan By) Shifted(SyntaxNode expression)
    {
        var by = TimeSpan.Zero;
        var node = expression.Unwrapped();
        for (var steps = 0; steps < 8; steps++)
        {
            if (node.Kind == "SimpleNamedExpression" && node["Expression"] is { } named)
            {
                node = named.Unwrapped();
            }
            else if (node.Kind is "AddExpression" or "SubtractExpression" && TimeValue.Length(node["Right"]!) is { } length)
            {
                by += node.Kind == "AddExpression" ? length : -length;
                node = node["Left"]!.Unwrapped();
            }
            else if (node.Symbol is { Kind: "Column" } column && column.Sources.Take(2).ToList() is [var source] && source.Unwrapped() is { Kind: "AddExpression" or "SubtractExpression" or "SimpleNamedExpression" } computed)
            {
                node = computed;
            }
            else
            {
                break;
            }
        }

        return (node.Symbol is { Kind: "Column" } found ? found : null, by);
    }
}
