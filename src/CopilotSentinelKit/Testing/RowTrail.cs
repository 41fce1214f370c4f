using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Testing;

/// <summary>Where a query loses its rows: how many left each operator, with the place in the YAML.</summary>
internal static class RowTrail
{
    private const int LongestText = 90;

    /// <summary>A line for each function that is called and each operator of the query itself, up to the first that lets nothing through.</summary>
    /// <param name="query">The query.</param>
    /// <param name="tree">Its bound tree, or null.</param>
    /// <param name="stages">What was counted.</param>
    public static ImmutableArray<string> Of(Query query, SyntaxNode? tree, ImmutableArray<StageCount> stages)
    {
        stages = OnTheWay(tree, stages);
        var own = stages.Where(stage => stage.Source.Length == 0 && !IsOfParser(query, stage)).OrderBy(stage => stage.Start + stage.Length).ThenBy(stage => stage.Length).ToList();
        var end = own.FindIndex(stage => stage.Rows == 0);
        ImmutableArray<StageCount> shown = [.. end < 0 ? own : own.Take(end + 1)];
        ImmutableArray<(string Source, long Rows)> called = [.. stages.Where(stage => stage.Source.Length > 0).GroupBy(stage => stage.Source).Select(Outermost).OrderBy(source => source.Source, StringComparer.Ordinal)];
        var width = shown.Select(stage => stage.Rows).Concat(called.Select(source => source.Rows)).DefaultIfEmpty(0).Max(rows => Number(rows).Length);
        return
        [
            .. called.Select(source => $"{Count(source.Rows, width)} from  {source.Source}"),
            .. shown.Select(stage => $"{Count(stage.Rows, width)} after {query.Locate(stage.Start, stage.Length)}  {Text(query, stage)}"),
        ];
    }

    // What a query excludes or looks up may be empty on purpose: only the operators that its result goes through can lose rows.
    private static ImmutableArray<StageCount> OnTheWay(SyntaxNode? tree, ImmutableArray<StageCount> stages)
    {
        if (tree?.Result() is not { } result)
        {
            return stages;
        }

        var pipeline = Pipeline.Of(result);
        var places = pipeline.Operators.Append(pipeline.Source).Select(step => (step.Start, step.Length)).ToHashSet();
        ImmutableArray<StageCount> onTheWay = [.. stages.Where(stage => stage.Source.Length > 0 || places.Contains((stage.Start, stage.Length)))];
        return onTheWay.Any(stage => stage.Source.Length == 0) ? onTheWay : stages;
    }

    // Parsers that stand in the query are functions all the same, tested by themselves.
    private static bool IsOfParser(Query query, StageCount stage) =>
        query.Locate(stage.Start, stage.Length).File.Path.Contains("templates/parsers/", StringComparison.Ordinal);

    // A function may be called more than once.
    private static (string Source, long Rows) Outermost(IGrouping<string, StageCount> stages)
    {
        var last = stages.Max(stage => stage.Start + stage.Length);
        return (stages.Key, stages.Where(stage => stage.Start + stage.Length == last).Sum(stage => stage.Rows));
    }

    private static string Count(long rows, int width) => $"{Number(rows).PadLeft(width)} {(rows == 1 ? "row " : "rows")}";

    private static string Number(long rows) => FormattableString.Invariant($"{rows}");

    private static string Text(Query query, StageCount stage)
    {
        var text = string.Join(' ', query.Text.Substring(stage.Start, stage.Length).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= LongestText ? text : text[..LongestText] + "...";
    }
}
