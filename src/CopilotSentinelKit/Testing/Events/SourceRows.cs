using System.Collections.Immutable;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>Makes rows of a source's table of audit records, as the mapping's <c>row</c> says.</summary>
public sealed class SourceRows
{
    private const string RecordType = "RecordType";

    private readonly ImmutableArray<Func<AuditRecord, Value>> _cells;
    private readonly Func<AuditRecord, bool?> _delivers;

    private SourceRows(ImmutableArray<Column> columns, ImmutableArray<Func<AuditRecord, Value>> cells, Func<AuditRecord, bool?> delivers) =>
        (Columns, _cells, _delivers) = (columns, cells, delivers);

    /// <summary>The columns of the rows.</summary>
    public ImmutableArray<Column> Columns { get; }

    /// <summary>Prepares the rows of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="fields">The mapping's fields, whose names stand for codes.</param>
    /// <param name="columns">The columns of its table.</param>
    /// <param name="findings">Takes a finding for each column of <c>row</c> that the table does not have, and each value that a column cannot hold.</param>
    public static SourceRows Of(
        SourceSpec source, ImmutableArray<FieldSpec> fields, ImmutableArray<Column> columns, ICollection<Finding> findings)
    {
        var names = columns.Select(column => column.Name).ToList();
        foreach (var unknown in source.Row.Select(cell => cell.Column).Where(column => !names.Contains(column.Value)))
        {
            findings.Add(EventFindings.UnknownRowColumn(unknown.Span, unknown.Value, source.Table.Value, names));
        }

        return new(
            columns,
            [.. columns.Select(column => Cell(column, source.Row.FirstOrDefault(cell => cell.Column.Value == column.Name), fields, findings))],
            Delivery(source, fields));
    }

    /// <summary>The row of a record, a value a column: null where the record has none, or none of the column's type. CreationTime has to be
    /// absolute.</summary>
    public ImmutableArray<Value> Read(AuditRecord record) => [.. _cells.Select(cell => cell(record))];

    /// <summary>Whether the connector brings the record to the table: one whose type is known, and is none of those that it does, never
    /// comes.</summary>
    public bool Delivers(AuditRecord record) => _delivers(record) != false;

    /// <summary>Whether its type is one of those that the connector brings, and not only one that nobody knows.</summary>
    public bool IsListed(AuditRecord record) => _delivers(record) == true;

    // Null for a record of a type that nobody knows.
    private static Func<AuditRecord, bool?> Delivery(SourceSpec source, ImmutableArray<FieldSpec> fields)
    {
        if (source.Delivers.IsEmpty || fields.FirstOrDefault(field => field.Name.Value == RecordType) is not { } type)
        {
            return _ => true;
        }

        var brought = source.Delivers.Select(name => name.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var names = type.Values.ToLookup(pair => pair.Code.Value, pair => pair.Name.Value, StringComparer.Ordinal);
        var known = type.Values.Select(pair => pair.Name.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return record =>
        {
            var text = ValueText.Of(record.Members.Find(RecordType));
            var named = names.Contains(text) ? names[text] : [text];
            return named.Any(brought.Contains) ? true : named.Any(known.Contains) ? false : null;
        };
    }

    private static Func<AuditRecord, Value> Cell(
        Column column, RowColumnSpec? spec, ImmutableArray<FieldSpec> fields, ICollection<Finding> findings)
    {
        var type = KqlTypes.Find(column.Type) ?? KqlType.Dynamic;
        if (spec is null)
        {
            return _ => Value.Null;
        }

        if (spec.Value is { } constant)
        {
            var value = CellValue.Converted(type, Value.Of(constant.Value));
            if (value.IsNull)
            {
                findings.Add(EventFindings.WrongConstant(constant.Span, column.Name, column.Type, constant.Value));
            }

            return _ => value;
        }

        var paths = spec.Record.Select(path => path.Value == "$" ? [] : path.Value.Split('.')).ToArray();
        var codes = spec.Names.IsEmpty ? fields.FirstOrDefault(field => field.Name.Value == spec.Values?.Value)?.Values ?? [] : spec.Names;
        if (codes.IsEmpty)
        {
            return record => CellValue.Converted(type, First(record, paths));
        }

        var known = codes.DistinctBy(pair => pair.Code.Value).ToDictionary(pair => pair.Code.Value, pair => Value.Of(pair.Name.Value), StringComparer.Ordinal);
        return record =>
        {
            var value = First(record, paths);
            return CellValue.Converted(type, known.TryGetValue(ValueText.Of(value), out var name) ? name : value);
        };
    }

    private static Value First(AuditRecord record, string[][] paths)
    {
        foreach (var path in paths)
        {
            var value = Value.Of(record.Members);
            foreach (var name in path)
            {
                value = value.AsBag?.Find(name) ?? Value.Null;
            }

            if (!value.IsNull)
            {
                return value;
            }
        }

        return Value.Null;
    }
}
