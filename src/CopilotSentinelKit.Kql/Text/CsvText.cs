using System.Collections.Immutable;
using System.Text;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>A value of a CSV text.</summary>
/// <param name="Value">Without quotes.</param>
/// <param name="Start">Offset in the text, of the quote where there is one.</param>
/// <param name="Length">Length in the text, quotes included.</param>
internal sealed record CsvCell(string Value, int Start, int Length);

/// <summary>CSV as RFC 4180 has it, with any of the three line ends.</summary>
internal static class CsvText
{
    /// <summary>The rows that hold anything, and the offset of a quote that is never closed, or -1.</summary>
    public static (ImmutableArray<ImmutableArray<CsvCell>> Rows, int OpenQuote) Read(string text, char delimiter)
    {
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<CsvCell>>();
        var row = ImmutableArray.CreateBuilder<CsvCell>();
        var (position, open) = (0, -1);
        while (position < text.Length)
        {
            var cell = ReadCell(text, position, delimiter, ref open);
            row.Add(cell);
            position = cell.Start + cell.Length;
            if (position < text.Length && text[position] == delimiter)
            {
                position++;
                if (position < text.Length)
                {
                    continue;
                }

                row.Add(new("", position, 0));
            }

            position += position + 1 < text.Length && text[position] == '\r' && text[position + 1] == '\n' ? 2 : 1;
            if (row.Count > 1 || row[0].Value.Length > 0)
            {
                rows.Add(row.ToImmutable());
            }

            row.Clear();
        }

        return (rows.ToImmutable(), open);
    }

    /// <summary>Values as one line, without its end; quoted where they must be, else as they are.</summary>
    public static string Line(IEnumerable<string> values)
    {
        // A single empty value would be an empty line, which readers skip.
        var line = string.Join(',', values.Select(Quote));
        return line.Length == 0 ? "\"\"" : line;
    }

    // White space at the ends is quoted too: some readers trim bare values.
    private static string Quote(string value) =>
        value.AsSpan().ContainsAny(",\"\r\n") || value.Length != value.Trim().Length
            ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : value;

    private static CsvCell ReadCell(string text, int start, char delimiter, ref int open)
    {
        if (text[start] != '"')
        {
            var end = text.AsSpan(start).IndexOfAny(delimiter, '\r', '\n');
            var length = end < 0 ? text.Length - start : end;
            return new(text.Substring(start, length), start, length);
        }

        var value = new StringBuilder();
        var position = start + 1;
        while (true)
        {
            var quote = text.IndexOf('"', position);
            if (quote < 0)
            {
                open = open < 0 ? start : open;
                return new(value.Append(text, position, text.Length - position).ToString(), start, text.Length - start);
            }

            value.Append(text, position, quote - position);
            position = quote + 1;
            if (position < text.Length && text[position] == '"')
            {
                value.Append('"');
                position++;
                continue;
            }

            // What stands behind a closing quote belongs to the value, as spreadsheets read it.
            var rest = text.AsSpan(position).IndexOfAny(delimiter, '\r', '\n');
            var tail = rest < 0 ? text.Length - position : rest;
            return new(value.Append(text, position, tail).ToString(), start, position + tail - start);
        }
    }
}
