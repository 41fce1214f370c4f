using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Pack;

/// <summary>Merges the mapping's layers and resolves the names in it.</summary>
internal static class MappingBuilder
{
    private static readonly ImmutableArray<string> _reserved =
        [.. Mapping.FixedColumns.Concat(Mapping.TurnColumns).Select(column => column.Name), Mapping.AdditionalFields];

    /// <summary>What the templates call the raw parts of a record while they read it.</summary>
    private static readonly ImmutableArray<string> _inTemplates = ["Record_", "Event_", "Settings_", "Flat_", "Terms_", "Element_", "Key_", "Turn_", "OfTurn_", "Counts_", "Order_", "Mine_", "Other_", "Side_", "IsAlone_", "Read_", "Text_", "Unmasked_", "r_", "e_", "s_", "l_", "o_", "m_", "t_", "c_", "d_", "i_", "a_", "w_", "f_", "k_", "b_"];

    /// <param name="shipped">The pack's mapping.</param>
    /// <param name="project">The project's own entries, or null.</param>
    /// <param name="enabled">Names of the sources that kit.yaml enables, or null for the mapping's own choice.</param>
    /// <param name="findings">Takes a finding for each name that does not resolve.</param>
    public static Mapping Build(
        MappingSpec shipped, MappingSpec? project, ImmutableArray<Spanned<string>>? enabled, List<Finding> findings)
    {
        var sources = Layers.Merge("source", shipped.Sources, project?.Sources ?? [], s => s.Name, s => s.Override, findings);
        var fields = Layers.Merge("field", shipped.Fields, project?.Fields ?? [], f => f.Name, f => f.Override, findings);
        var parsers = Layers.Merge("parser", shipped.Parsers, project?.Parsers ?? [], p => p.Name, p => p.Override, findings);
        var version = project?.Version ?? shipped.Version ?? new("1.0.0", shipped.Span);

        var turn = project?.Turn ?? shipped.Turn;
        CheckFields(fields, sources, findings);
        var fieldNames = fields.Select(field => field.Name.Value).ToList();
        findings.AddRange((turn?.Share ?? []).Where(share => !fieldNames.Contains(share.Value)).Select(share => ModelFindings.UnknownField(share.Value, share.Span, fieldNames)));
        findings.AddRange(sources.SelectMany(source => source.Row).SelectMany(column => RowNames(column, fields)));
        sources = [.. sources.Select(source => Ingested(source, findings))];
        findings.AddRange(SharedPaths(fields).Concat(parsers.SelectMany(parser => SharedPaths(parser.Fields))));
        var maps = Layers.Merge("map", shipped.Maps, project?.Maps ?? [], map => map.Name, map => map.Override, findings);
        findings.AddRange(
            from name in maps.SelectMany(map => map.Names)
            let reason = ProductFields.WhyNot(name.Product, name.Name.Value)
            where reason is not null
            select ModelFindings.NotInProduct(name.Product, name.Name.Value, name.Name.Span, reason));
        foreach (var parser in parsers)
        {
            CheckParser(parser, parsers, fields, findings);
        }

        // What is called is emitted, and deployed, before what calls it.
        var used = Enabled(sources, enabled, shipped, findings);
        return new(version, used, fields.RemoveAll(IsTaken), [.. parsers.OrderBy(parser => parser.Each is not null)],
            [.. sources.Where(s => !s.Declares.IsEmpty).Select(s => new KqlTable(s.Table.Value, [.. s.Declares.Select(c => c.Value)]))],
            KeepsRest: used.Any(source => source.HasParts))
        {
            Updated = (project?.Version is null ? shipped.Updated : project.Updated)?.Value,
            Terms = project is { Terms.IsEmpty: false } ? project.Terms : shipped.Terms,
            Where = project?.Where ?? shipped.Where,
            Turn = turn,
            Records = project?.Records ?? shipped.Records ?? RecordForm.Audit,
            Asim = project?.Asim ?? shipped.Asim,
            Maps = maps,
            RestingTables = [.. sources.Select(source => source.Table.Value).Except(used.Select(source => source.Table.Value))],
            AllSources = [.. sources.Select(source => source.Name.Value)],
        };
    }

    private static ImmutableArray<SourceSpec> Enabled(
        ImmutableArray<SourceSpec> sources, ImmutableArray<Spanned<string>>? enabled, MappingSpec shipped, List<Finding> findings)
    {
        var names = sources.Select(source => source.Name.Value).ToList();
        ImmutableArray<Spanned<string>> unknown = [.. (enabled ?? []).Where(name => !names.Contains(name.Value))];
        findings.AddRange(unknown.Select(name => ModelFindings.UnknownSource(name.Value, name.Span, names)));

        ImmutableArray<SourceSpec> chosen =
            [.. sources.Where(source => enabled?.Any(name => name.Value == source.Name.Value) ?? source.Enabled)];
        if (chosen.IsEmpty && unknown.IsEmpty)
        {
            findings.Add(ModelFindings.NoSource(shipped.Span));
        }

        // Parsers of nothing would only give follow-up findings.
        return chosen.IsEmpty ? sources : chosen;
    }

    private static void CheckFields(ImmutableArray<FieldSpec> fields, ImmutableArray<SourceSpec> sources, List<Finding> findings)
    {
        var names = fields.Select(field => field.Name.Value).ToHashSet(StringComparer.Ordinal);
        var columns = sources.SelectMany(source => source.Columns).ToList();
        foreach (var column in columns.Where(column => !names.Contains(column.Field.Value)))
        {
            findings.Add(ModelFindings.UnknownField(column.Field.Value, column.Field.Span, names));
        }

        foreach (var field in fields)
        {
            if (IsTaken(field))
            {
                findings.Add(ModelFindings.ReservedColumn(field.Name.Value, field.Name.Span));
            }

            if (!HasPath(field) && !columns.Exists(column => column.Field.Value == field.Name.Value))
            {
                findings.Add(ModelFindings.FieldWithoutValue(field.Name.Value, field.Name.Span));
            }
        }
    }

    // A source whose rule cannot be made has none.
    private static SourceSpec Ingested(SourceSpec source, List<Finding> findings)
    {
        if (source.Ingestion is not { } wish || WhyNotIngested(source) is not { } reason)
        {
            return source;
        }

        findings.Add(ModelFindings.NotIngested(source.Name.Value, wish.Span, reason));
        return source with { Ingestion = null };
    }

    private static string? WhyNotIngested(SourceSpec source) =>
        !source.Table.Value.EndsWith("_CL", StringComparison.Ordinal) ? $"the table {source.Table.Value} is not a custom one, whose name ends in _CL"
        : source.Declares.All(column => column.Value is not { Name: "TimeGenerated", Type: "datetime" }) ? "\"declares\" has no TimeGenerated of type datetime"
        : source.Row.All(column => column.Column.Value != "TimeGenerated") ? "\"row\" does not say what TimeGenerated is"
        : source.Record is null ? "\"record\" does not say where a row has the audit record"
        : source.Row.FirstOrDefault(column => column.Record.IsEmpty || column.Values is not null || !column.Names.IsEmpty) is { } named
            ? $"a transformation only reads what is in the record, and \"{named.Column.Value}\" has names or a value of its own"
        : null;

    private static IEnumerable<Finding> RowNames(RowColumnSpec column, ImmutableArray<FieldSpec> fields)
    {
        if (column.Values is not { } wanted)
        {
            yield break;
        }

        if (fields.FirstOrDefault(field => field.Name.Value == wanted.Value) is not { } field)
        {
            yield return ModelFindings.UnknownField(wanted.Value, wanted.Span, fields.Select(field => field.Name.Value));
        }
        else if (field.Values.IsEmpty)
        {
            yield return ModelFindings.FieldWithoutNames(wanted.Value, wanted.Span);
        }
    }

    // The first path is where a field is; those after it are spellings that may be another field's first.
    private static IEnumerable<Finding> SharedPaths(ImmutableArray<FieldSpec> fields) =>
        from first in fields.SelectMany(field => new[] { (Part: "record", Paths: field.Record), (Part: "event", Paths: field.Event), (Part: "settings", Paths: field.Settings) }
            .Where(part => !part.Paths.IsEmpty).Select(part => (Field: field, part.Part, Path: part.Paths[0])))
        group first by (first.Part, first.Path.Value) into same
        let owner = same.First()
        from other in same.Skip(1)
        select ModelFindings.SharedPath(other.Field.Name.Value, owner.Field.Name.Value, other.Path.Value, other.Path.Span).With(owner.Path.Span, "Read here first.");

    private static void CheckParser(
        ParserSpec parser, ImmutableArray<ParserSpec> parsers, ImmutableArray<FieldSpec> fields, List<Finding> findings)
    {
        var names = fields.Select(field => field.Name.Value).ToList();
        if (parser.Each is { } each)
        {
            var field = fields.FirstOrDefault(field => field.Name.Value == each.Value);
            if (field is null)
            {
                findings.Add(ModelFindings.UnknownField(each.Value, each.Span, names));
            }
            else if (!field.Array)
            {
                findings.Add(ModelFindings.NotACollection(each.Value, each.Span));
            }

            if (!parsers.Any(other => other.Each is null))
            {
                findings.Add(ModelFindings.NoRecordParser(parser.Name.Value, parser.Name.Span));
            }
        }

        else
        {
            findings.AddRange(KeysOfElements(parser).Select(key => ModelFindings.OnlyForElements(key.Name, key.Span)));
        }

        foreach (var keep in parser.Keep.Where(keep => !names.Contains(keep.Value) && !_reserved.Contains(keep.Value)))
        {
            findings.Add(ModelFindings.UnknownField(keep.Value, keep.Span, names.Concat(_reserved)));
        }

        if (parser.Identity is { } identity && !parser.Fields.Any(field => field.Name.Value == identity.Value))
        {
            findings.Add(ModelFindings.UnknownField(identity.Value, identity.Span, parser.Fields.Select(field => field.Name.Value)));
        }

        foreach (var field in parser.Fields.Where(field => !HasPath(field)))
        {
            findings.Add(ModelFindings.FieldWithoutValue(field.Name.Value, field.Name.Span));
        }

        var columns = parser.Keep.Concat(parser.Fields.Select(field => field.Name)).Concat(parser.Rest is { } rest ? [rest] : []);
        foreach (var column in columns.GroupBy(column => column.Value, StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
        {
            findings.Add(ModelFindings.Duplicate("column", column.Key, column.ElementAt(1).Span, column.First().Span));
        }
    }

    private static IEnumerable<(string Name, SourceSpan Span)> KeysOfElements(ParserSpec parser) =>
    [
        .. parser.Where is { } where ? [("where", where.FirstLine())] : ImmutableArray<(string, SourceSpan)>.Empty,
        .. parser.Keep.Take(1).Select(keep => ("keep", keep.Span)),
        .. parser.Fields.Take(1).Select(field => ("fields", field.Name.Span)),
        .. parser.Rest is { } rest ? [("rest", rest.Span)] : ImmutableArray<(string, SourceSpan)>.Empty,
    ];

    private static bool IsTaken(FieldSpec field) => _reserved.Contains(field.Name.Value) || _inTemplates.Contains(field.Name.Value);

    private static bool HasPath(FieldSpec field) =>
        !field.Record.IsEmpty || !field.Event.IsEmpty || !field.Settings.IsEmpty || field.Expression is not null;
}
