using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using Scriban.Runtime;

namespace CopilotSentinelKit.Generate;

/// <summary>Parsers whose results hold no personal data: what is worked out of it is worked out first. It keeps data out of alerts, workbooks and
/// results; who may query the tables themselves still sees it.</summary>
internal static class Masking
{
    /// <summary>What parsers of elements call the records that they read, which are not masked.</summary>
    public const string Unmasked = "Unmasked_";

    private const string Twin = "Twin";

    /// <summary>The masked columns of the record parser; null when there are none.</summary>
    public static ScriptArray? Of(TemplateValues values, Mapping mapping)
    {
        var rest = mapping.KeepsRest ? Mapping.AdditionalFields : null;
        return Create(values, mapping, mapping.EventColumns, mapping.Fields, rest);
    }

    /// <summary>The masked columns of a parser of elements; null when there are none.</summary>
    public static ScriptArray? Of(TemplateValues values, ParserSpec parser, Mapping mapping) =>
        Create(values, mapping, ParserGenerator.Columns(parser, mapping), parser.Fields.AddRange(mapping.Fields), parser.Rest?.Value);

    /// <summary>A parser of elements with the records that it reads, or any other as it is.</summary>
    /// <param name="parser">The parser.</param>
    /// <param name="query">Its query.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="records">The query of the record parser, not masked; null where nothing is.</param>
    public static Query WithRecords(ParserSpec parser, Query query, Mapping mapping, Query? records)
    {
        if (records is null || parser.Each is null || mapping.Parsers.FirstOrDefault(other => other.Each is null) is not { } reader)
        {
            return query;
        }

        var own = new QueryBuilder().Append($"let {Unmasked} = ({ParserFunction.ListOf(ParserGenerator.Parameters(reader, mapping))}) {{\n").Append(records).Append("\n};\n");
        return own.Append(query).Build(query.Fallback);
    }

    /// <summary>The rendering of the record parser that parsers of elements read; null where nothing is masked.</summary>
    public static QueryTemplate? Records(Mapping mapping, TemplateSet templates, TableCatalog catalog) =>
        mapping.Masked && Generator.Renderable(mapping, templates).FirstOrDefault(parser => parser.Each is null) is { } reader
            ? ParserGenerator.Template(reader, mapping with { Masked = false }, templates, catalog)
            : null;

    private static ScriptArray? Create(TemplateValues values, Mapping mapping, ImmutableArray<Spanned<Column>> columns, ImmutableArray<FieldSpec> fields, string? rest)
    {
        if (!mapping.Masked)
        {
            return null;
        }

        var personal = fields.Where(field => field.Pii).Select(field => field.Name.Value).ToHashSet(StringComparer.Ordinal);
        var masks = columns.Select(column => (Column: column, Read: Masked(column.Value, personal, rest))).Where(mask => mask.Read is not null).ToList();
        return masks.Count == 0 ? null : new(masks.Select(mask => new ScriptObject
        {
            ["name"] = values.Name(mask.Column.Select(column => column.Name)),
            ["read"] = values.Expression(mask.Read!, mask.Column.Span),
        }));
    }

    // What no field reads, and the other record of a turn, may hold anything.
    private static string? Masked(Column column, HashSet<string> personal, string? rest) =>
        column.Name == Twin ? $"bag_remove_keys({Twin}, dynamic([\"Event\"]))"
        : column.Name == rest || column.Name == Mapping.AdditionalFields ? "dynamic(null)"
        : !personal.Contains(column.Name) ? null
        : column.Type == "string" ? $"iff(isempty({column.Name}), \"\", hash_sha256({column.Name}))"
        : FieldReader.Null(column.Type);
}
