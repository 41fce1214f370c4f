using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Testing;

/// <summary>What a run of a rule sees of a workspace: what has arrived by then, and of that no more than its period, as Sentinel bounds every table.</summary>
internal static class VisibleRows
{
    /// <summary>The workspace as of a moment.</summary>
    /// <param name="workspace">Every row, with the time at which it arrives.</param>
    /// <param name="now">The moment, UTC.</param>
    /// <param name="period">How far back the run sees, or null for everything.</param>
    public static EvaluationWorkspace At(EvaluationWorkspace workspace, DateTime now, TimeSpan? period) =>
        workspace with { Now = now, Tables = [.. workspace.Tables.Select(table => Of(table, now, period))] };

    private static EvaluationTable Of(EvaluationTable table, DateTime now, TimeSpan? period)
    {
        if (table.Rows.IsEmpty)
        {
            return table;
        }

        var seen = PlacesAt(table, now, period);
        return seen.Length == table.Rows.Length ? table : table.Part(seen);
    }

    /// <summary>The places of the rows of a table that a run sees.</summary>
    public static ImmutableArray<int> PlacesAt(EvaluationTable table, DateTime now, TimeSpan? period)
    {
        var time = TimeOf(table.Columns);
        var since = period is { } length ? (now - length).Ticks : 0;
        return
        [
            .. Enumerable.Range(0, table.Rows.Length).Where(row =>
                table.IngestionTimes[row] <= now && (time < 0 || table.Rows[row][time].IsNull || (table.Rows[row][time].Bits >= since && table.Rows[row][time].Bits <= now.Ticks))),
        ];
    }

    /// <summary>The place of TimeGenerated in the rows of a table with these columns; negative where it has none.</summary>
    public static int TimeOf(ImmutableArray<Column> columns) => columns.Select(column => column.Name).ToList().IndexOf("TimeGenerated");
}
