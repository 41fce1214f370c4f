using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate;

namespace CopilotSentinelKit.Testing;

/// <summary>Where a query loses its rows: how many left each operator, with the place in the YAML.</summary>
internal static class RowTrail
{
    private const int LongestText = 90;

    /// <summary>A line for each function that is called and each operator of the query itself, up to the first that lets nothing through.</summary>
    public static ImmutableArray<string> Of(Query query, ImmutableArray<StageCount> stages)
    {
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
