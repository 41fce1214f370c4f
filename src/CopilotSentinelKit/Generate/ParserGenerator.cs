using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Generate.Templates;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Generate;

/// <summary>Mapping to parser functions.</summary>
internal static class ParserGenerator
{
    /// <summary>The parameter from which on a parser reads.</summary>
    public const string Start = "starttime";

    /// <summary>The parameter up to which it reads.</summary>
    public const string End = "endtime";

    /// <summary>Every parser takes a time range, which filters each source before anything else is done; without it, all is read. That of
    /// records also takes whether it gives a row for each record, where two are one turn.</summary>
    public static ImmutableArray<FunctionParameter> Parameters(ParserSpec parser, Mapping mapping) =>
    [
        new(Start, "datetime", "datetime(null)"),
        new(End, "datetime", "datetime(null)"),
        .. parser.Each is null && mapping.Turn is not null ? [new("records", "bool", "false")] : ImmutableArray<FunctionParameter>.Empty,
    ];

    /// <summary>The rendering of a parser.</summary>
    public static QueryTemplate Template(ParserSpec parser, Mapping mapping, TemplateSet templates, TableCatalog catalog)
    {
        var values = parser.Each is null ? RecordValues.Create(mapping, catalog) : ElementValues.Create(parser, mapping);
        var file = templates.Files["parsers/" + parser.Template.Value];
        return new(
            new(file.Text, null, values.Root),
            (segment, start, length) => values.Locate(segment.Value, start, length) ?? InTemplate(file, segment, start, length),
            parser.Name.Span);
    }

    /// <summary>The parser as Sentinel content.</summary>
    public static ParserFunction Create(ParserSpec parser, Mapping mapping, Query query) => new()
    {
        FileName = parser.Name.Value,
        Guid = ContentGuid.For(mapping.Pack, "Parser", parser.Name.Value),
        Id = parser.Name,
        Version = mapping.Version,
        Updated = mapping.Updated,
        Name = parser.Name,
        Description = parser.Description,
        Alias = parser.Name.Value,
        Parameters = Parameters(parser, mapping),
        Query = query,
        Columns = Columns(parser, mapping),
    };

    /// <summary>The columns that the mapping promises of a parser, in order.</summary>
    public static ImmutableArray<Spanned<Column>> Columns(ParserSpec parser, Mapping mapping)
    {
        if (parser.Each is null)
        {
            return mapping.EventColumns;
        }

        var ofRecord = mapping.EventColumns.ToDictionary(column => column.Value.Name, column => column.Value.Type, StringComparer.Ordinal);
        return
        [
            .. parser.Keep.Select(keep => keep.Select(name => new Column(name, ofRecord.GetValueOrDefault(name, "string")))),
            .. parser.Fields.Where(field => mapping.Shown is not { } shown || shown.OfElements.Contains(field.Name.Value)).Select(Mapping.ColumnOf),
            .. parser.Rest is { } rest ? [rest.Select(name => new Column(name, "dynamic"))] : ImmutableArray<Spanned<Column>>.Empty,
        ];
    }

    /// <summary>The place of a segment in a template file.</summary>
    public static SourceSpan InTemplate(SourceFile file, RenderSegment segment, int start, int length) =>
        segment.Length == segment.SourceLength
            ? new(file, segment.SourceStart + start, length)
            : new(file, segment.SourceStart, segment.SourceLength);
}
