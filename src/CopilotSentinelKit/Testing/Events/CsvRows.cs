using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>Rows of a table in CSV: a header with the names of columns, then a row a line, as the portal exports them.</summary>
internal static class CsvRows
{
    // The portal adds the time zone of its display.
    private const string Zone = " [UTC]";

    /// <summary>The rows, every value a text.</summary>
    /// <param name="file">The file.</param>
    /// <param name="owner">Whose rows they are, for findings.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static ImmutableArray<WrittenRow> Read(SourceFile file, string owner, ICollection<Finding> findings)
    {
        var (rows, open) = CsvText.Read(file.Text, Delimiter(file.Text));
        if (open >= 0)
        {
            findings.Add(EventFindings.OpenQuote(new(file, open, 1)));
            return [];
        }

        if (rows.IsEmpty)
        {
            findings.Add(EventFindings.NotRows(new(file, 0, 0), owner));
            return [];
        }

        var header = rows[0].Select(cell => new Spanned<string>(NameOf(cell.Value), Place(cell))).ToArray();
        return [.. rows.Skip(1).Select(row => new WrittenRow([.. header.Zip(row, (column, cell) => (column, new Spanned<Value>(Value.Of(cell.Value), Place(cell))))]) { IsText = true })];

        SourceSpan Place(CsvCell cell) => new(file, cell.Start, cell.Length);
    }

    private static char Delimiter(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var line = end < 0 ? text : text[..end];
        return line.Contains(',', StringComparison.Ordinal) || !line.AsSpan().ContainsAny(';', '\t') ? ',' : line.Contains('\t', StringComparison.Ordinal) ? '\t' : ';';
    }

    private static string NameOf(string text) => text.EndsWith(Zone, StringComparison.Ordinal) ? text[..^Zone.Length] : text.Trim();
}
