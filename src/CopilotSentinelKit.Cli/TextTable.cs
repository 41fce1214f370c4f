namespace CopilotSentinelKit.Cli;

/// <summary>Rows as text in columns.</summary>
internal static class TextTable
{
    /// <summary>The rows, the head first, two blanks between columns, each row ended by LF.</summary>
    public static string Of(string[][] rows, int indent = 0)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length)).ToArray();
        return string.Concat(rows.Select(row =>
            (new string(' ', indent) + string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i])))).TrimEnd() + "\n"));
    }
}
