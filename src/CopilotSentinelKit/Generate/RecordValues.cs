using System.Collections.Immutable;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using Scriban.Runtime;

namespace CopilotSentinelKit.Generate;

/// <summary>What the template of the record parser gets. In it, <c>Record_</c>, <c>Event_</c> and <c>Settings_</c> hold the raw parts
/// of a record once the sources have been brought together.</summary>
internal static class RecordValues
{
    public static TemplateValues Create(Mapping mapping, TableCatalog catalog)
    {
        var values = new TemplateValues();
        var root = values.Root;
        root["sources"] = new ScriptArray(mapping.Sources.Select(source => Source(values, mapping, source, catalog)));
        root["stages"] = Stages.Create(values, mapping.Fields, field => AfterUnion(field, mapping));
        root["rest"] = mapping.KeepsRest ? Mapping.AdditionalFields : null;
        root["knownInEvent"] = values.Expression(FieldReader.NameList(Known(mapping.AllFields, f => f.Event, f => f.Settings)), mapping.Version.Span);
        root["ownSettings"] = mapping.Sources.Any(HasOwnSettings)
            ? new ScriptArray(mapping.Sources.Where(HasOwnSettings).Select(source => source.Table.Value))
            : null;
        root["knownInRecord"] = values.Expression(
            FieldReader.NameList(Known(mapping.AllFields, f => f.Record).Concat(PartsInRecord(mapping))), mapping.Version.Span);
        root["columns"] = new ScriptArray(
            mapping.EventColumns.Select(column => values.Name(column.Select(c => c.Name))));
        return values;
    }

    /// <summary>Members that fields read whole. One that some path reads only a part of stays in AdditionalFields too, so that nothing
    /// of it is lost.</summary>
    private static IEnumerable<string> Known(
        ImmutableArray<FieldSpec> fields, params Func<FieldSpec, ImmutableArray<Spanned<string>>>[] paths)
    {
        var all = fields.SelectMany(field => paths.SelectMany(get => get(field))).Select(path => path.Value.Split('.')).ToList();
        var inPart = all.Where(path => path.Length > 1).Select(path => path[0]).ToHashSet(StringComparer.Ordinal);
        return all.Select(path => path[0]).Where(member => !inPart.Contains(member));
    }

    /// <summary>Whether settings are a part of their own, with a rest of its own, and not in one place with the event.</summary>
    private static bool HasOwnSettings(SourceSpec source) => source.Settings is not null && source.Settings?.Value != source.Event?.Value;

    /// <summary>Members of the record that are parts of it. One that only has a part inside stays, with what else is in it.</summary>
    private static IEnumerable<string> PartsInRecord(Mapping mapping) =>
        from source in mapping.Sources
        where source.Record is not null
        from part in new[] { source.Event, source.Settings }
        where part is not null && part.Value.Value.StartsWith(source.Record!.Value.Value + ".", StringComparison.Ordinal)
        select part.Value.Value[(source.Record!.Value.Value.Length + 1)..] into path
        where !path.Contains('.', StringComparison.Ordinal)
        select path;

    private static ScriptObject Source(TemplateValues values, Mapping mapping, SourceSpec source, TableCatalog catalog)
    {
        var columns = (source.Declares.IsEmpty ? catalog.Find(source.Table.Value) ?? [] : [.. source.Declares.Select(column => column.Value)])
            .ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        return new()
        {
            ["table"] = values.Name(source.Table),
            ["name"] = source.Table.Value,
            ["where"] = source.Where is { } where ? values.Expression(where) : null,
            ["record"] = source.Record is { } record ? values.Expression(record.Value, record.Span) : null,
            ["event"] = Part(values, source, source.Event),
            ["settings"] = Part(values, source, source.Settings),
            ["columns"] = new ScriptArray(
                from field in mapping.Fields
                where IsReadBeforeUnion(field, mapping)
                select Column(values, field.Name, Read(field, source, columns), PlaceOf(field, source))),
        };
    }

    /// <summary>Fields with a column in some source or a path in the record are read in each source, so that the union's rows are alike.
    /// So are those that no enabled source has: they are null.</summary>
    private static bool IsReadBeforeUnion(FieldSpec field, Mapping mapping) =>
        field.Expression is null
        && (!field.Record.IsEmpty || (field.Event.IsEmpty && field.Settings.IsEmpty) || mapping.Sources.Any(source => source.Columns.Any(column => column.Field.Value == field.Name.Value)));

    private static string Read(FieldSpec field, SourceSpec source, Dictionary<string, string> columns)
    {
        var type = field.Type.Value;
        var own = source.Columns
            .Where(column => column.Field.Value == field.Name.Value)
            .Select(column => columns.GetValueOrDefault(column.Path.Value) == type
                ? column.Path.Value
                : FieldReader.Cast(type, column.Path.Value));
        var inRecord = source.Record is null ? [] : field.Record.Select(path => FieldReader.Member(type, "Record_", path.Value));
        return FieldReader.FirstOf(type, [.. own, .. inRecord]);
    }

    private static SourceSpan PlaceOf(FieldSpec field, SourceSpec source) =>
        source.Columns.Where(column => column.Field.Value == field.Name.Value).Select(column => column.Path.Span)
            .Concat(field.Record.Select(path => path.Span))
            .FirstOrDefault(field.Name.Span);

    /// <summary>A part of the record, parsed when it comes as text; null where the source has none.</summary>
    private static TypedValue Part(TemplateValues values, SourceSpec source, Spanned<string>? part)
    {
        if (part is not { } path)
        {
            return values.Expression("dynamic(null)", source.Name.Span);
        }

        var inRecord = source.Record is { } record && path.Value.StartsWith(record.Value + ".", StringComparison.Ordinal);
        var kql = inRecord ? "Record_" + path.Value[source.Record!.Value.Value.Length..] : path.Value;
        return values.Expression($"AsBag({kql})", path.Span);
    }

    private static string? AfterUnion(FieldSpec field, Mapping mapping)
    {
        var type = field.Type.Value;
        ImmutableArray<string> readings =
        [
            .. field.Event.Select(path => FieldReader.Member(type, "Event_", path.Value)),
            .. field.Settings.Select(path => FieldReader.Member(type, "Settings_", path.Value)),
        ];
        var isRead = IsReadBeforeUnion(field, mapping);
        return readings.IsEmpty && (isRead || field.Expression is not null)
            ? null
            : FieldReader.FirstOf(type, isRead ? [field.Name.Value, .. readings] : readings);
    }

    private static ScriptObject Column(TemplateValues values, Spanned<string> name, string read, SourceSpan place) => new()
    {
        ["name"] = values.Name(name),
        ["read"] = values.Expression(read, place),
    };
}
