using System.Collections.Immutable;
using System.Text;

namespace CopilotSentinelKit.Kql.Language;

/// <summary>A data file of ASIM's parsers. Lines, parted at tabs: <c>schema</c>, name, columns; <c>parameters</c>, id, names and types;
/// <c>function</c>, name, id of its parameters, schema, tables; <c>source</c>, schema, version, mandatory columns, recommended columns, filters.
/// Nothing is read before a name is looked up.</summary>
internal sealed class FunctionFile
{
    private const string AllOfSchema = "*";

    private readonly Lazy<Content> _content;

    /// <summary>Takes the UTF-8 text.</summary>
    public FunctionFile(byte[] utf8)
    {
        Utf8 = utf8;
        _content = new(() => new(Encoding.UTF8.GetString(utf8)));
    }

    /// <summary>The file as it is.</summary>
    public byte[] Utf8 { get; }

    /// <summary>A function, or null. Its result is open, since a parser may keep columns of its source.</summary>
    public KqlFunction? Find(string name) => _content.Value.Functions.GetValueOrDefault(name) is { } line
        ? new(name, [.. Columns(_content.Value.Parameters[line[2]]).Select(column => new FunctionParameter(column.Name, column.Type, ""))], Columns(_content.Value.Schemas[line[3]]))
        {
            IsOpen = true,
        }
        : null;

    /// <summary>The schemas for which a parser of a source can be written, in the order of the file.</summary>
    public ImmutableArray<AsimSchema> Schemas => [.. _content.Value.Sources.Select(line => new AsimSchema(line[1], line[2], Columns(_content.Value.Schemas[line[1]]), Names(line[3]), Names(line[4]))
    {
        Filters = [.. Names(line[5]).Select(filter => filter.Split('=')).Select(filter => new AsimFilter(filter[0], [.. filter[1].Split(',')]))],
    })];

    /// <summary>The tables that a function reads, in ordinal order; none for a name that is not known.</summary>
    public ImmutableArray<string> TablesOf(string name)
    {
        if (_content.Value.Functions.GetValueOrDefault(name) is not { } line)
        {
            return [];
        }

        var lines = line[4] == AllOfSchema ? _content.Value.Functions.Values.Where(other => other[3] == line[3]) : [line];
        return [.. lines.SelectMany(other => other[4].Split(' ')).Where(table => table is not ("" or AllOfSchema)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static ImmutableArray<string> Names(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static ImmutableArray<Column> Columns(string text) => text.Length == 0 ? [] : [.. TableFile.ReadColumns(text)];

    private sealed class Content
    {
        public Content(string text)
        {
            foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')))
            {
                switch (line[0])
                {
                    case "schema":
                        Schemas.Add(line[1], line[2]);
                        break;
                    case "parameters":
                        Parameters.Add(line[1], line[2]);
                        break;
                    case "source":
                        Sources.Add(line);
                        break;
                    default:
                        Functions.Add(line[1], line);
                        break;
                }
            }
        }

        public Dictionary<string, string> Schemas { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);

        public List<string[]> Sources { get; } = [];

        public Dictionary<string, string[]> Functions { get; } = new(StringComparer.Ordinal);
    }
}
