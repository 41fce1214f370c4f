using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>A data file of tables, one a line: name, tab, columns. Only the names are read at once; 26,000 columns would cost start-up time.</summary>
internal sealed class TableFile
{
    // Reference types only: the runtime has ready machine code for collections of those, and must compile any other at start.
    private readonly Dictionary<string, Line> _lines = new(1024, StringComparer.Ordinal);

    /// <summary>Indexes the UTF-8 text by table name.</summary>
    public TableFile(byte[] utf8)
    {
        Utf8 = utf8;
        var names = ImmutableArray.CreateBuilder<string>(1024);
        for (var start = 0; start < utf8.Length;)
        {
            var line = utf8.AsSpan(start);
            var length = line.IndexOf((byte)'\n');
            if (line[0] != '#')
            {
                var tab = line.IndexOf((byte)'\t');
                var name = Encoding.UTF8.GetString(line[..tab]);
                names.Add(name);
                _lines.Add(name, new(start + tab + 1, length - tab - 1));
            }

            start += length + 1;
        }

        Names = names.ToImmutable();
    }

    /// <summary>The file as it is.</summary>
    public byte[] Utf8 { get; }

    /// <summary>Table names in file order, which is ordinal.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The columns of a table in order, or null; safe to call from several threads.</summary>
    public ImmutableArray<Column>? Find(string table)
    {
        if (!_lines.TryGetValue(table, out var line))
        {
            return null;
        }

        // Two threads may both parse it, to the same columns.
        line.Columns ??= Parse(Encoding.UTF8.GetString(Utf8, line.Start, line.Length));
        return ImmutableCollectionsMarshal.AsImmutableArray(line.Columns);
    }

    private static Column[] Parse(string text)
    {
        var parts = text.Split(' ');
        var columns = new Column[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var colon = parts[i].IndexOf(':', StringComparison.Ordinal);
            columns[i] = colon < 0 ? new(parts[i], "string") : new(parts[i][..colon], string.Intern(parts[i][(colon + 1)..]));
        }

        return columns;
    }

    private sealed class Line(int start, int length)
    {
        public int Start { get; } = start;

        public int Length { get; } = length;

        public volatile Column[]? Columns;
    }
}
