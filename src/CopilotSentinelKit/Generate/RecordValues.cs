using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using Scriban.Runtime;

namespace CopilotSentinelKit.Generate;

/// <summary>What the template of the record parser gets. Each source brings its rows to the columns that it has of its own and to
/// <c>Record_</c>, <c>Event_</c> and <c>Settings_</c>, the raw parts of a record; all else is read once, behind the union.</summary>
internal static class RecordValues
{
    private const string AsBag = "AsBag";

    public static TemplateValues Create(Mapping mapping, TableCatalog catalog)
    {
        var values = new TemplateValues();
        var root = values.Root;
        root["sources"] = new ScriptArray(mapping.Sources.Select(source => Source(values, mapping, source, catalog)));
        var early = NamedBefore(mapping);
        root["early"] = Stages.Reading(values, [.. mapping.Fields.Where(field => early.Contains(field.Name.Value))], field => Read(field, mapping));
        root["late"] = Stages.Reading(values, [.. mapping.Fields.Where(field => !early.Contains(field.Name.Value))], field => Read(field, mapping));
        root["derived"] = Stages.Derived(values, mapping.Fields);
        root["where"] = mapping.Where is { } where && mapping.Sources.Any(IsMixed) ? values.Expression(where) : null;
        root["terms"] = mapping.Terms.IsEmpty || !mapping.Sources.Any(IsMixed) ? null : values.Expression(FieldReader.NameList(mapping.Terms.Select(term => term.Value)), mapping.Terms[0].Span);
        root["ownTables"] = Tables(mapping.Sources.Where(source => !IsMixed(source)));
        root["key"] = values.Expression(mapping.RecordKey ?? Mapping.RecordId, mapping.Version.Span);
        root["turn"] = mapping.Turn is { } turn ? Turn(values, turn, mapping) : null;
        var hasArrays = mapping.Fields.Any(field => field is { Array: true, Expression: null });
        root["hasParts"] = hasArrays || mapping.Sources.Any(source => source.HasParts) || mapping.Fields.Any(field => QueryBuilder.NamesIn(field.Expression?.Value).Contains(AsBag, StringComparer.Ordinal));
        root["hasArrays"] = hasArrays;
        root["hasSettings"] = mapping.KeepsRest || mapping.Fields.Any(field => !field.Settings.IsEmpty);
        AddRest(values, mapping);
        root["masks"] = Masking.Of(values, mapping);
        root["columns"] = new ScriptArray(
            mapping.EventColumns.Select(column => values.Name(column.Select(c => c.Name))));
        return values;
    }

    /// <summary>Fields that have to be read before records are told from others and from their copies; all others are read of what is left.</summary>
    private static HashSet<string> NamedBefore(Mapping mapping) =>
    [
        Mapping.RecordId,
        .. mapping.Sources.Any(IsMixed) ? QueryBuilder.NamesIn(mapping.Where?.Value) : [],
        .. QueryBuilder.NamesIn(mapping.Turn?.Key.Value),
    ];

    private static void AddRest(TemplateValues values, Mapping mapping)
    {
        var root = values.Root;
        var inEvent = Known(mapping.AllFields, f => f.Event, f => f.Settings).ToList();
        var inRecord = Known(mapping.AllFields, f => f.Record).Concat(PartsInRecord(mapping)).ToList();
        root["rest"] = mapping.KeepsRest ? Mapping.AdditionalFields : null;
        root["knownInEvent"] = values.Expression(FieldReader.NameList(inEvent), mapping.Version.Span);
        root["ownSettings"] = Tables(mapping.Sources.Where(HasOwnSettings));
        root["knownInRecord"] = values.Expression(FieldReader.NameList(inRecord), mapping.Version.Span);
        root["knownInFlat"] = mapping.Sources.Any(IsSometimesFlat) ? values.Expression(FieldReader.NameList(inRecord.Concat(inEvent)), mapping.Version.Span) : null;
    }

    private static ScriptArray? Tables(IEnumerable<SourceSpec> sources)
    {
        var tables = sources.Select(source => source.Table.Value).ToList();
        return tables.Count == 0 ? null : new ScriptArray(tables);
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

    /// <summary>Whether its table has other rows beside Copilot's.</summary>
    private static bool IsMixed(SourceSpec source) => source.Where is not null;

    /// <summary>Whether the record itself may stand for the event, when it has none.</summary>
    private static bool IsSometimesFlat(SourceSpec source) => source.Record is { } record && source.Event.Skip(1).Any(path => path.Value == record.Value);

    /// <summary>Whether settings are a part of their own, with a rest of its own, and not in one place with the event.</summary>
    private static bool HasOwnSettings(SourceSpec source) => source.Settings is { } settings && source.Event.All(path => path.Value != settings.Value);

    /// <summary>Members of the record that are parts of it. One that only has a part inside stays, with what else is in it.</summary>
    private static IEnumerable<string> PartsInRecord(Mapping mapping) =>
        from source in mapping.Sources
        where source.Record is not null
        from part in source.Settings is { } settings ? source.Event.Append(settings) : source.Event
        where part.Value.StartsWith(source.Record!.Value.Value + ".", StringComparison.Ordinal)
        select part.Value[(source.Record!.Value.Value.Length + 1)..] into path
        where !path.Contains('.', StringComparison.Ordinal)
        select path;

    private static ScriptObject Source(TemplateValues values, Mapping mapping, SourceSpec source, TableCatalog catalog)
    {
        var types = (source.Declares.IsEmpty ? catalog.Find(source.Table.Value) ?? [] : [.. source.Declares.Select(column => column.Value)])
            .ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        return new()
        {
            ["table"] = values.Name(source.Table),
            ["name"] = source.Table.Value,
            ["time"] = values.Name(source.TimeColumn, source.Table.Span),
            ["isTimed"] = source.TimeColumn == "TimeGenerated",
            ["where"] = source.Where is { } where ? values.Expression(where) : null,
            ["record"] = source.Record is { } record ? values.Expression(record.Value, record.Span) : null,
            ["event"] = Part(values, source, source.Event),
            ["settings"] = Part(values, source, source.Settings is { } settings ? [settings] : []),
            ["flat"] = IsSometimesFlat(source) ? values.Expression($"isnull({InRecord(source, source.Event[0].Value)})", source.Event[0].Span) : null,
            ["columns"] = new ScriptArray(
                from field in mapping.Fields
                let own = Own(field, source).ToList()
                where field.Expression is null && own.Count > 0
                let read = FieldReader.FirstOf(field.Type.Value, [.. own.Select(path => types.GetValueOrDefault(path.Value) == field.Type.Value ? path.Value : FieldReader.Cast(field.Type.Value, path.Value))])
                select Column(values, field.Name, read, own[0].Span)),
        };
    }

    /// <summary>The KQL that reads a field behind the union, or null when it is there already.</summary>
    private static string? Read(FieldSpec field, Mapping mapping)
    {
        var type = field.Type.Value;
        var own = mapping.Sources.Any(source => Own(field, source).Any());
        ImmutableArray<string> readings =
        [
            .. mapping.Sources.Any(source => source.Record is not null) ? field.Record.Select(path => FieldReader.Member(type, "Record_", path.Value)) : [],
            .. own ? [field.Name.Value] : ImmutableArray<string>.Empty,
            .. field.Event.Select(path => FieldReader.Member(type, "Event_", path.Value)),
            .. field.Settings.Select(path => FieldReader.Member(type, "Settings_", path.Value)),
        ];
        return own && readings.Length == 1 ? null : FieldReader.FirstOf(type, readings);
    }

    private static IEnumerable<Spanned<string>> Own(FieldSpec field, SourceSpec source) =>
        source.Columns.Where(column => column.Field.Value == field.Name.Value).Select(column => column.Path);

    /// <summary>A part of the record, parsed when it comes as text; null where the source has none.</summary>
    private static TypedValue Part(TemplateValues values, SourceSpec source, ImmutableArray<Spanned<string>> paths) =>
        paths.IsEmpty
            ? values.Expression("dynamic(null)", source.Name.Span)
            : values.Expression($"AsBag({FieldReader.FirstOf("dynamic", [.. paths.Select(path => InRecord(source, path.Value))])})", paths[0].Span);

    private static string InRecord(SourceSpec source, string path) =>
        source.Record is not { } record ? path
        : path == record.Value ? "Record_"
        : path.StartsWith(record.Value + ".", StringComparison.Ordinal) ? "Record_" + path[record.Value.Length..]
        : path;

    private static ScriptObject Turn(TemplateValues values, TurnSpec turn, Mapping mapping) => new()
    {
        ["key"] = values.Expression(turn.Key),
        ["counts"] = values.Expression(turn.Counts),
        ["asked"] = mapping.Asked is (true, true),
        ["turns"] = mapping.Asked.Turns,
        ["after"] = Seconds(values, turn.After, turn.After.Value),
        ["span"] = Seconds(values, turn.Before, turn.Before.Value + turn.After.Value),
        ["share"] = new ScriptArray(turn.Share.Select(share => new ScriptObject { ["name"] = values.Name(share), ["member"] = share.Value })),
        ["arrays"] = new ScriptArray(
            from field in mapping.Fields
            where field is { Array: true, Event.IsEmpty: false }
            let read = FieldReader.FirstOf("dynamic", [.. field.Event.Select(path => "Other_.Event." + path.Value)])
            select Column(values, field.Name, $"AsArray({read})", field.Event[0].Span)),
    };

    private static TypedValue Seconds(TemplateValues values, Spanned<TimeSpan> place, TimeSpan time) =>
        values.Expression(string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s"), place.Span);

    private static ScriptObject Column(TemplateValues values, Spanned<string> name, string read, SourceSpan place) => new()
    {
        ["name"] = values.Name(name),
        ["read"] = read == name.Value ? null : values.Expression(read, place),
    };
}
