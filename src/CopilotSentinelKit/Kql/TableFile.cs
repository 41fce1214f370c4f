using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace CopilotSentinelKit.Kql;

/// <summary>A data file of tables, one a line: name, tab, columns. Only the names are read at once; 26,000 columns would cost start-up time.</summary>
internal sealed class TableFile
{
    private readonly ConcurrentDictionary<string, ImmutableArray<Column>> _parsed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Range> _columns = new(1024, StringComparer.Ordinal);

    /// <summary>Indexes the text by table name.</summary>
    public TableFile(string text)
    {
        Text = text;
        var names = ImmutableArray.CreateBuilder<string>(1024);
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            if (text[start] != '#')
            {
                var tab = text.IndexOf('\t', start);
                var name = text[start..tab];
                names.Add(name);
                _columns.Add(name, (tab + 1)..end);
            }

            start = end + 1;
        }

        Names = names.ToImmutable();
    }

    /// <summary>The file as it is.</summary>
    public string Text { get; }

    /// <summary>Table names in file order, which is ordinal.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The columns of a table in order, or null; safe to call from several threads.</summary>
    public ImmutableArray<Column>? Find(string table) =>
        _columns.TryGetValue(table, out var range) ? _parsed.GetOrAdd(table, (_, text) => Parse(text[range]), Text) : null;

    private static ImmutableArray<Column> Parse(string columns) =>
        [.. columns.Split(' ').Select(column => column.IndexOf(':') is var colon and >= 0
            ? new Column(column[..colon], column[(colon + 1)..])
            : new Column(column, "string"))];
}
