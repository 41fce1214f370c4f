using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Evaluate;

namespace CopilotSentinelKit.Testing;

/// <summary>Where a query loses its rows: how many left each operator, with the place in the YAML.</summary>
internal static class RowTrail
{
    private const int LongestText = 90;

    /// <summary>A line for each operator of the query itself, up to the first that lets nothing through.</summary>
    public static ImmutableArray<string> Of(Query query, ImmutableArray<StageCount> stages)
    {
        var own = stages.Where(stage => stage.Source.Length == 0).OrderBy(stage => stage.Start + stage.Length).ThenBy(stage => stage.Length).ToList();
        var end = own.FindIndex(stage => stage.Rows == 0);
        ImmutableArray<StageCount> shown = [.. end < 0 ? own : own.Take(end + 1)];
        var width = shown.IsEmpty ? 0 : shown.Max(stage => Number(stage.Rows).Length);
        return [.. shown.Select(stage => $"{Number(stage.Rows).PadLeft(width)} {(stage.Rows == 1 ? "row " : "rows")} after {query.Locate(stage.Start, stage.Length)}  {Text(query, stage)}")];
    }

    private static string Number(long rows) => FormattableString.Invariant($"{rows}");

    private static string Text(Query query, StageCount stage)
    {
        var text = string.Join(' ', query.Text.Substring(stage.Start, stage.Length).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= LongestText ? text : text[..LongestText] + "...";
    }
}
