
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Validate;

/// <summary>A place where a query says from when or until when it wants events.</summary>
/// <param name="Bound">The expression that says it: ago(1d).</param>
/// <param name="BeforeNow">How long before the run that is, at least.</param>
/// <param name="IsLower">Whether events are to be later; else earlier.</param>
/// <param name="ByIngestion">Whether it is about when Sentinel took an event in, not about when it happened.</param>
internal sealed record TimeFilter(SyntaxNode Bound, TimeSpan BeforeNow, bool IsLower, bool ByIngestion)
{
    /// <summary>Every constant bound of a query: comparisons of TimeGenerated or ingestion_time(), and parameters "starttime" and "endtime" of functions.</summary>
    public static IEnumerable<TimeFilter> In(SyntaxNode root) => root.SelfAndDescendants().SelectMany(node => node.Kind switch
    {
        "GreaterThanExpression" or "GreaterThanOrEqualExpression" => Comparison(node, lower: true),
        "LessThanExpression" or "LessThanOrEqualExpression" => Comparison(node, lower: false),
        "BetweenExpression" when node["Left"] is { } left && node["Right"] is { } range => Bounds(left, (range["First"], true), (range["Second"], false)),
        "SimpleNamedExpression" => Parameter(node),
        _ => [],
    });

    /// <summary>Whether an expression is when an event happened, as its table says.</summary>
    public static bool IsEventTime(SyntaxNode expression) =>
        expression.ResultType == "datetime" && expression.Origins().Any(origin => origin.EndsWith(".TimeGenerated", StringComparison.Ordinal));

    /// <summary>Whether an expression is when Sentinel took an event in: also the column that parsers of this kit give for it.</summary>
    public static bool IsIngestionTime(SyntaxNode node) =>
        node.IsCall("ingestion_time") || node.Symbol is { Kind: "Column", Name: "IngestionTime" or "_TimeReceived" }
        || (node.Symbol is { Kind: "Column" } column && column.Sources.Any(source => source.IsCall("ingestion_time")));

    private static IEnumerable<TimeFilter> Comparison(SyntaxNode node, bool lower) =>
        node["Left"] is { } left && node["Right"] is { } right ? Bounds(left, (right, lower)).Concat(Bounds(right, (left, !lower))) : [];

    private static IEnumerable<TimeFilter> Bounds(SyntaxNode time, params (SyntaxNode? Bound, bool IsLower)[] bounds)
    {
        var compared = time.Unwrapped();
        var ingestion = IsIngestionTime(compared);
        // Only the column itself: of its minimum or latest value, what a bound drops is not what the query reads.
        if (!ingestion && compared.Symbol is not { Kind: "Column", Name: "TimeGenerated" })
        {
            yield break;
        }

        foreach (var (bound, isLower) in bounds)
        {
            if (bound is not null && TimeValue.BeforeNow(bound) is { } before)
            {
                yield return new(bound, before, isLower, ingestion);
            }
        }
    }

    // A record's time of a user function "let f = (starttime: datetime)" is as much a time filter as a parser's.
    private static IEnumerable<TimeFilter> Parameter(SyntaxNode node) =>
        node.Enclosing("FunctionCallExpression") is { ResultType: "table" } call && call.Arguments().Contains(node)
        && node["Name"]?.Source is "starttime" or "endtime" && node["Expression"] is { } value && TimeValue.BeforeNow(value) is { } before
            ? [new(value, before, node["Name"]!.Source == "starttime", false)]
            : [];
}
