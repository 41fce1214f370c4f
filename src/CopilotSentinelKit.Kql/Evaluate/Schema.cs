using System.Collections.Immutable;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;

namespace CopilotSentinelKit.Kql.Evaluate;

/// <summary>A column of rows in work.</summary>
internal readonly record struct SchemaColumn(string Name, KqlType Type);

/// <summary>What the places of a row hold: the columns, then the hidden time of ingestion where it is still known.</summary>
internal sealed class Schema
{
    private readonly Dictionary<string, int> _places;

    public Schema(IEnumerable<SchemaColumn> columns, bool hasIngestionTime = false)
    {
        Columns = [.. columns];
        HasIngestionTime = hasIngestionTime;
        _places = new(Columns.Length, StringComparer.Ordinal);
        for (var i = 0; i < Columns.Length; i++)
        {
            _places.TryAdd(Columns[i].Name, i);
        }
    }

    public static Schema Empty { get; } = new([]);

    public ImmutableArray<SchemaColumn> Columns { get; }

    public bool HasIngestionTime { get; }

    /// <summary>Length of a row.</summary>
    public int Width => Columns.Length + (HasIngestionTime ? 1 : 0);

    public static Schema Of(IEnumerable<Column> columns) =>
        new(columns.Select(column => new SchemaColumn(column.Name, KqlTypes.Find(column.Type) ?? KqlType.Dynamic)));

    /// <summary>The place of a column, or -1.</summary>
    public int Find(string name) => _places.GetValueOrDefault(name, -1);
}
