using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>Data files of tables, one a line: name, tab, columns. Only the names are read at once; 26,000 columns would cost start-up time.</summary>
internal sealed class TableFile
{
    // A line of this name in the second file is what every table has.
    private const string EveryTable = "*";

    // Reference types only: the runtime has ready machine code for collections of those, and must compile any other at start.
    private readonly Dictionary<string, Line> _lines = new(1024, StringComparer.Ordinal);

    private readonly Line? _every;
    private readonly byte[] _utf8;
    private readonly byte[] _more;

    /// <summary>Indexes UTF-8 texts by table name.</summary>
    /// <param name="utf8">The tables, in ordinal order.</param>
    /// <param name="more">What they have beside that, in the same form: further tables, columns of tables, columns of another type.</param>
    public TableFile(byte[] utf8, byte[] more)
    {
        (_utf8, _more) = (utf8, more);
        foreach (var (name, line) in Lines(utf8))
        {
            _lines.Add(name, line);
        }

        foreach (var (name, line) in Lines(more))
        {
            if (name == EveryTable)
            {
                _every = line;
            }
            else if (_lines.TryGetValue(name, out var known))
            {
                known.More = line;
            }
            else
            {
                _lines.Add(name, line);
            }
        }

        Names = [.. _lines.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>Both files as they are, put together anew each time: only the hash of the catalog asks for them.</summary>
    public byte[] Utf8 => [.. _utf8, .. _more];

    /// <summary>Table names in ordinal order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The columns of a table in order, or null; safe to call from several threads.</summary>
    public ImmutableArray<Column>? Find(string table)
    {
        if (!_lines.TryGetValue(table, out var line))
        {
            return null;
        }

        // Two threads may both parse it, to the same columns.
        line.Columns ??= Merge(Merge(line.Parse(), line.More?.Parse() ?? [], replace: true), _every?.Parse() ?? [], replace: false);
        return ImmutableCollectionsMarshal.AsImmutableArray(line.Columns);
    }

    /// <summary>Columns, and those that every table has beside them.</summary>
    public ImmutableArray<Column> WithStandard(ImmutableArray<Column> columns) => [.. Merge([.. columns], _every?.Parse() ?? [], replace: false)];

    /// <summary>Columns as data files write them: parted at blanks, each a name, or name:type where the type is not string.</summary>
    public static Column[] ReadColumns(string text) =>
    [
        .. text.Split(' ').Select(part => part.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon
            ? new Column(part[..colon], string.Intern(part[(colon + 1)..]))
            : new(part, "string")),
    ];

    private static Column[] Merge(Column[] columns, Column[] more, bool replace)
    {
        var names = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. columns.Select(column => replace ? more.FirstOrDefault(other => other.Name == column.Name) ?? column : column),
            .. more.Where(column => !names.Contains(column.Name)),
        ];
    }

    private static IEnumerable<(string Name, Line Line)> Lines(byte[] utf8)
    {
        for (var start = 0; start < utf8.Length;)
        {
            var line = utf8.AsSpan(start);
            var length = line.IndexOf((byte)'\n');
            var found = line[0] == '#' ? default : (Encoding.UTF8.GetString(line[..line.IndexOf((byte)'\t')]), line.IndexOf((byte)'\t'));
            if (found is ({ } name, var tab))
            {
                yield return (name, new(utf8, start + tab + 1, length - tab - 1));
            }

            start += length + 1;
        }
    }

    private sealed class Line(byte[] utf8, int start, int length)
    {
        public volatile Column[]? Columns;

        public Line? More { get; set; }

        public Column[] Parse() => ReadColumns(Encoding.UTF8.GetString(utf8, start, length));
    }
}
