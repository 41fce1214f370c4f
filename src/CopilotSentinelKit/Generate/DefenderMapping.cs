using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Pack;

namespace CopilotSentinelKit.Generate;

/// <summary>The mapping as Defender's advanced hunting has its table: CloudAppEvents alone, with Defender's columns.</summary>
internal static class DefenderMapping
{
    private const string ReportId = "ReportId";
    private const string SentinelTime = "TimeGenerated";
    private const string DefenderTime = "Timestamp";

    /// <summary>The mapping with that one source; null when the project does not read it.</summary>
    /// <param name="mapping">The project's mapping.</param>
    /// <param name="catalog">Microsoft's tables.</param>
    public static Mapping? Of(Mapping mapping, TableCatalog catalog)
    {
        if (mapping.Sources.FirstOrDefault(source => source.Table.Value == CustomDetection.Table) is not { } source || catalog.FindDefender(CustomDetection.Table) is not { } columns)
        {
            return null;
        }

        // Alerts are tied to events by ReportId, so that is what RecordId holds here. Copies of a record still count once, by the record's own id.
        var key = mapping.Fields.FirstOrDefault(field => field.Name.Value == Mapping.RecordId);
        var paths = key?.Record ?? [];
        return mapping with
        {
            Sources = [source with { TimeColumn = DefenderTime, Columns = [.. source.Columns.Where(column => column.Field.Value != Mapping.RecordId).Select(column => (column.Field, column.Path.Select(path => InDefender(path, columns)))), (new(Mapping.RecordId, source.Table.Span), new(ReportId, source.Table.Span))] }],
            Fields = [.. mapping.Fields.Select(field => field == key ? field with { Record = [], Event = [], Settings = [] } : field)],
            RecordKey = source.Record is null || paths.IsEmpty
                ? null
                : FieldReader.FirstOf("string", [.. paths.Select(path => FieldReader.Member("string", "Record_", path.Value)), Mapping.RecordId]),
        };
    }

    // A column may be spelt with other capitals there.
    private static string InDefender(string path, ImmutableArray<Column> columns) =>
        path == SentinelTime ? DefenderTime
        : columns.FirstOrDefault(column => column.Name.Equals(path, StringComparison.OrdinalIgnoreCase)) is { } column ? column.Name
        : path;
}
