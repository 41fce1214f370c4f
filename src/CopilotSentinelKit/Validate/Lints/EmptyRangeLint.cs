using System.Globalization;
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
            if (IsEmpty(node))
            {
                yield return MeaningFindings.EmptyRange(query.At(node["Right"]!));
            }
            else if (node.OperatorText() is ">" or ">=" or "<" or "<=" && AfterNow(node) is { } bound)
            {
                yield return MeaningFindings.AfterNow(query.At(node), bound.Source);
            }
            else if (node.IsCall("ago") && node.Arguments() is [var length] && TimeValue.Length(length) is { Ticks: < 0 } && node.Enclosing("BetweenExpression") is null)
            {
                yield return MeaningFindings.Future(query.At(node));
            }
        }
    }

    /// <summary>Whether a node is a range in which nothing can be.</summary>
    public static bool IsEmpty(SyntaxNode node) =>
        node.Kind is "BetweenExpression" or "NotBetweenExpression" && node["Right"] is { } range && range["First"] is { } first && range["Second"] is { } second && IsReversed(first, second);

    // Events carry the time at which they happened; other columns, such as when a token ends, may well lie ahead.
    private static SyntaxNode? AfterNow(SyntaxNode comparison)
    {
        var isUpper = comparison.OperatorText() is "<" or "<=";
        var (time, bound) = isUpper ? (comparison["Right"]!, comparison["Left"]!) : (comparison["Left"]!, comparison["Right"]!);
        return time.Unwrapped().Symbol is { Kind: "Column", Name: "TimeGenerated" or "Timestamp", Origins: [_, ..] }
            && TimeValue.BeforeNow(bound) is { } before && before <= TimeSpan.Zero && IsExact(bound) && !bound.Calls("ago").Any(ago => ago.Arguments() is [var length] && TimeValue.Length(length) is { Ticks: < 0 })
                ? bound
                : null;
    }

    private static bool IsReversed(SyntaxNode first, SyntaxNode second)
    {
        if (Constant(first) is { } low && Constant(second) is { } high)
        {
            return low > high;
        }

        if (TimeValue.BeforeNow(first) is { } from && TimeValue.BeforeNow(second) is { } to)
        {
            // A start of a day lies up to a day before: only more than that is certain.
            return IsExact(first) && IsExact(second) ? from < to : from + TimeSpan.FromDays(1) < to;
        }

        return Shifted(first) is var (one, after) && Shifted(second) is var (other, later) && one is not null && one == other && later < after;
    }

    // A number, or a length or point of time in seconds.
    private static double? Constant(SyntaxNode bound)
    {
        var node = bound.Unwrapped();
        return node.ResultType switch
        {
            "long" or "int" or "real" => double.TryParse(node.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            "datetime" when WrittenTime.Of(node) is { } time => (time - DateTime.UnixEpoch).TotalSeconds,
            _ => null,
        };
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
