
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>What a query relates or counts together fits into the overlap of two runs; else it is missed when the runs part it.</summary>
internal static class WindowCheck
{
    public static IEnumerable<Finding> Run(ContentItem item, KqlAnalysis? analysis, ValidationContext context)
    {
        if (item is not AnalyticsRule { Kind.Value: RuleKind.Scheduled, Schedule: { Period.Value.Ticks: > 0, Frequency.Value.Ticks: > 0 } schedule } rule
            || rule.GetQuery() is not { } query || analysis?.Tree is not { } tree || analysis.HasErrors())
        {
            yield break;
        }

        var (frequency, period) = (schedule.Frequency.Value, schedule.Period.Value);
        var seen = new HashSet<TimeSpan>();
        foreach (var (at, width, isBin) in Windows(tree))
        {
            if (isBin && width > period)
            {
                if (seen.Add(width))
                {
                    yield return ScheduleMeaningFindings.BinBeyondPeriod(query.Locate(at.Start, at.Length), width, period);
                }
            }
            // A period shorter than the frequency has a finding of its own.
            else if (width > period - frequency && period >= frequency && seen.Add(width))
            {
                yield return ScheduleMeaningFindings.WindowBeyondOverlap(query.Locate(at.Start, at.Length), width, period, frequency);
            }
        }
    }

    private static IEnumerable<(SyntaxNode At, TimeSpan Width, bool IsBin)> Windows(SyntaxNode tree)
    {
        foreach (var node in tree.SelfAndDescendants())
        {
            var (at, isBin) = node.Kind switch
            {
                "BetweenExpression" => (Between(node), false),
                "LessThanExpression" or "LessThanOrEqualExpression" => (Difference(node["Left"], node["Right"]), false),
                "GreaterThanExpression" or "GreaterThanOrEqualExpression" => (Difference(node["Right"], node["Left"]), false),
                "FunctionCallExpression" when node.IsCall("row_window_session") && node.Arguments() is [_, _, var between, ..] => (between, false),
                "FunctionCallExpression" => (CountedBin(node), true),
                _ => (null, false),
            };
            if (at is not null && TimeValue.Length(at) is { Ticks: > 0 } width)
            {
                yield return (at, width, isBin);
            }
        }
    }

    // Second between (First .. 5m), or (First .. First + 5m), both being times of events.
    private static SyntaxNode? Between(SyntaxNode node)
    {
        if (node["Left"] is not { } left || node["Right"] is not { } range || range["Second"]?.Unwrapped() is not { } second || !TimeFilter.IsEventTime(left.Unwrapped()))
        {
            return null;
        }

        return second.ResultType == "timespan" && range["First"] is { } first && TimeFilter.IsEventTime(first.Unwrapped()) ? second : Later(second);
    }

    // Second - First < 5m, or Second < First + 5m.
    private static SyntaxNode? Difference(SyntaxNode? shorter, SyntaxNode? longer)
    {
        if (shorter?.Unwrapped() is not { } left || longer?.Unwrapped() is not { } right)
        {
            return null;
        }

        if (left.IsCall("abs") && left.Arguments() is [var inner])
        {
            left = inner.Unwrapped();
        }

        return left.Kind == "SubtractExpression" && left["Left"] is { } second && left["Right"] is { } first
            && TimeFilter.IsEventTime(second.Unwrapped()) && TimeFilter.IsEventTime(first.Unwrapped())
                ? right
                : TimeFilter.IsEventTime(left) ? Later(right) : null;
    }

    private static SyntaxNode? Later(SyntaxNode bound) =>
        bound.Kind == "AddExpression" && bound["Left"] is { } time && TimeFilter.IsEventTime(time.Unwrapped()) ? bound["Right"] : null;

    // Bins matter where a filter asks how much is in one: half a bin may hold too little.
    private static SyntaxNode? CountedBin(SyntaxNode node)
    {
        if (!node.IsCall("bin", "floor") || node.Arguments() is not [var time, var width] || !TimeFilter.IsEventTime(time.Unwrapped())
            || node.Enclosing("SummarizeByClause") is not { Parent: { Kind: "SummarizeOperator" } summarize })
        {
            return null;
        }

        var aggregates = summarize["Aggregates"].Members().ToList();
        var counted = summarize.Columns?.Where(column => column.Sources.Any(source => aggregates.Exists(aggregate => aggregate == source || aggregate["Expression"] == source))).ToHashSet();
        var filters = summarize.Ancestors().Where(above => above.Kind == "PipeExpression" && above["Operator"] is { Kind: "FilterOperator" }).Select(above => above["Operator"]!);
        return counted is { Count: > 0 } && filters.Any(filter => filter.SelfAndDescendants().Any(below => below.Symbol is { } symbol && counted.Contains(symbol))) ? width : null;
    }
}
