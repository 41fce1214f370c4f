using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using Scriban.Runtime;

namespace CopilotSentinelKit.Generate;

/// <summary>The mapping's records as two parsers of ASIM: one that gives all, and one that filters.</summary>
internal static class AsimGenerator
{
    private const string Template = "parsers/asim";
    private const string Rest = "AdditionalFields";

    private static readonly FunctionParameter Disabled = new("disabled", "bool", "false");

    private static readonly FunctionParameter Pack = new("pack", "bool", "false");

    /// <summary>Both parsers; none for a mapping that does not speak of ASIM, or of a schema that nobody knows, which is a finding.</summary>
    public static ImmutableArray<ParserFunction> For(ResolvedPack pack, TableCatalog catalog, List<Finding> findings, CancellationToken cancellation)
    {
        if (pack.Mapping is not { Asim: { } spec } mapping || mapping.Parsers.FirstOrDefault(parser => parser.Each is null) is not { } records
            || !pack.Templates.Files.ContainsKey(Template))
        {
            return [];
        }

        if (catalog.AsimSchemas.FirstOrDefault(schema => schema.Name == spec.Schema.Value) is not { } schema)
        {
            findings.Add(AsimFindings.UnknownSchema(spec.Schema.Span, spec.Schema.Value, catalog.AsimSchemas.Select(known => known.Name)));
            return [];
        }

        ImmutableArray<bool> forms = [false, true];
        var bodies = Generator.Render([.. forms.Select(filters => Rendering(spec, schema, records, pack.Templates, filters))], findings, cancellation);
        return [.. from pair in forms.Zip(bodies) where pair.Second is not null select Create(spec, schema, mapping, pair.First, pair.Second)];
    }

    private static QueryTemplate Rendering(AsimSpec spec, AsimSchema schema, ParserSpec records, TemplateSet templates, bool filters)
    {
        var values = new TemplateValues();
        var file = templates.Files[Template];
        var columns = Columns(spec, schema);
        values.Root["records"] = values.Name(records.Name);
        values.Root["filtering"] = filters;
        values.Root["helpers"] = Stages.Derived(values, spec.Helpers);
        values.Root["columns"] = new ScriptArray(
        [
            .. spec.Fields.Select(field => Column(field.Name, values.Expression(field.Expression))),
            .. Fixed(spec, schema).Select(column => Column(column.Name, values.Expression(KqlWriter.Text(column.Value), spec.Schema.Span))),
        ]);
        values.Root["filters"] = new ScriptArray(filters ? schema.Filters.Select(filter => new ScriptObject
        {
            ["parameter"] = values.Name(filter.Parameter, spec.Schema.Span),
            ["columns"] = new ScriptArray(columns.Where(column => filter.Columns.Contains(column.Value.Name)).Select(column => values.Name(column.Select(named => named.Name)))),
        }) : []);
        return new(
            new(file.Text, null, values.Root),
            (segment, start, length) => values.Locate(segment.Value, start, length) ?? ParserGenerator.InTemplate(file, segment, start, length),
            spec.Schema.Span);

        ScriptObject Column(Spanned<string> name, object read) => new() { ["name"] = values.Name(name), ["read"] = read, ["packed"] = name.Value == Rest };
    }

    private static IEnumerable<(Spanned<string> Name, string Value)> Fixed(AsimSpec spec, AsimSchema schema) =>
        new[] { (Name: new Spanned<string>("EventSchema", spec.Schema.Span), Value: schema.Name), (Name: new Spanned<string>("EventSchemaVersion", spec.Schema.Span), Value: schema.Version) }
            .Where(column => spec.Fields.All(field => field.Name.Value != column.Name.Value));

    private static ImmutableArray<Spanned<Column>> Columns(AsimSpec spec, AsimSchema schema) =>
    [
        .. spec.Fields.Select(field => field.Name).Concat(Fixed(spec, schema).Select(column => column.Name))
            .Select(field => field.Select(name => new Column(name, schema.TypeOf(name) ?? "string"))),
    ];

    private static ParserFunction Create(AsimSpec spec, AsimSchema schema, Mapping mapping, bool filters, Query body)
    {
        var name = spec.ParserName(filters);
        return new()
        {
            FileName = name,
            Guid = ContentGuid.For(mapping.Pack, "Parser", name),
            Id = spec.Name.Select(_ => name),
            Version = mapping.Version,
            Updated = mapping.Updated,
            Name = spec.Name.Select(_ => name),
            Description = spec.Name.Select(_ => spec.Description),
            Alias = name,
            Parameters =
            [
                .. filters
                    ? [new(ParserGenerator.Start, "datetime", "datetime(null)"), new(ParserGenerator.End, "datetime", "datetime(null)"), .. schema.Filters.Select(filter => new FunctionParameter(filter.Parameter, "dynamic", "dynamic([])"))]
                    : ImmutableArray<FunctionParameter>.Empty,
                Disabled, Pack,
            ],
            Asim = new(schema, spec.Product, $"{(filters ? "_Im" : "_ASim")}_{schema.Name}_{spec.Name.Value}", filters, spec.Schema.Span)
            {
                References = spec.References,
                Omitted = [.. spec.Omitted.Select(omitted => omitted.Name)],
            },
            Query = body,
            Columns = Columns(spec, schema),
        };
    }
}
