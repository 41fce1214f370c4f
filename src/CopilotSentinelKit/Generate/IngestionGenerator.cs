using System.Collections.Immutable;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using Scriban.Runtime;

namespace CopilotSentinelKit.Generate;

/// <summary>Sources that Sentinel has no connector for: the data collection rule that makes rows of audit records, as the source's <c>row</c> says.</summary>
internal static class IngestionGenerator
{
    private const string Template = "ingestion/transformation";
    private const string Time = "TimeGenerated";

    /// <summary>What every custom table's name ends with.</summary>
    private const string Suffix = "_CL";

    /// <summary>A rule for each enabled source that asks for one.</summary>
    public static ImmutableArray<DataCollectionRule> For(ResolvedPack pack, List<Finding> findings, CancellationToken cancellation)
    {
        ImmutableArray<SourceSpec> sources = pack.Templates.Files.ContainsKey(Template) ? [.. pack.Mapping.Sources.Where(source => source.Ingestion is not null)] : [];
        var queries = Generator.Render([.. sources.Select(source => Rendering(source, pack))], findings, cancellation);
        return [.. from pair in sources.Zip(queries) where pair.Second is not null select Create(pair.First, pair.Second, pack.Mapping)];
    }

    private static QueryTemplate Rendering(SourceSpec source, ResolvedPack pack)
    {
        var values = new TemplateValues();
        var root = values.Root;
        var file = pack.Templates.Files[Template];
        var sent = Sent(source);
        var columns = source.Row.Where(column => source.Declares.Any(declared => declared.Value.Name == column.Column.Value))
            .Select(column => (Name: column.Column, Type: source.Declares.First(declared => declared.Value.Name == column.Column.Value).Value.Type, Paths: column.Record)).ToList();
        root["record"] = values.Name(sent);
        root["terms"] = pack.Mapping.Terms.IsEmpty ? null : new ScriptArray(pack.Mapping.Terms.Select(term => term.Value));
        root["times"] = new ScriptArray(columns.Where(column => column.Type == "datetime").Select(column => new ScriptObject
        {
            ["name"] = values.Name(TextOf(column.Name)),
            ["read"] = values.Expression(First("string", sent.Value, column.Paths), column.Name.Span),
        }));
        root["columns"] = new ScriptArray(columns.Select(column => new ScriptObject
        {
            ["name"] = values.Name(column.Name),
            ["read"] = Read(column.Name, column.Type, column.Paths, sent.Value, source, pack.Mapping) is { } read ? values.Expression(read, column.Name.Span) : null,
        }));
        return new(
            new(file.Text, null, values.Root),
            (segment, start, length) => values.Locate(segment.Value, start, length) ?? ParserGenerator.InTemplate(file, segment, start, length),
            source.Name.Span);
    }

    private static string? Read(Spanned<string> column, string type, ImmutableArray<Spanned<string>> paths, string sent, SourceSpec source, Mapping mapping)
    {
        if (paths is [{ Value: "$" }])
        {
            return mapping.Masked ? MaskedRecord.Of(sent, source, mapping) : column.Value == sent ? null : sent;
        }

        if (type != "datetime")
        {
            return First(type, sent, paths);
        }

        var text = TextOf(column).Value;
        var read = $"todatetime(iif({text} matches regex @\"(Z|[+-]\\d\\d:\\d\\d)$\", {text}, strcat({text}, \"Z\")))";
        return column.Value == Time ? $"iif(isempty({text}), now(), {read})" : read;
    }

    private static Spanned<string> TextOf(Spanned<string> column) => column.Select(name => name + "Text_");

    // The first of several that is there: transformations know no coalesce.
    private static string First(string type, string sent, ImmutableArray<Spanned<string>> paths)
    {
        var readings = paths.Select(path => path.Value == "$" ? sent : $"{sent}.{path.Value}").ToList();
        return readings[..^1].AsEnumerable().Reverse().Aggregate(
            FieldReader.Cast(type, readings[^1]),
            (others, reading) => $"iif(isnotempty(tostring({reading})), {FieldReader.Cast(type, reading)}, {others})");
    }

    /// <summary>The column of what is sent: that of the whole record, under the name that the table has for it.</summary>
    private static Spanned<string> Sent(SourceSpec source) =>
        source.Row.FirstOrDefault(column => column.Record is [{ Value: "$" }])?.Column ?? source.Name.Select(_ => "Record");

    private static DataCollectionRule Create(SourceSpec source, Query query, Mapping mapping)
    {
        var sent = new Column(Sent(source).Value, "dynamic");
        var table = source.Table.Value;
        var definition = new QueryBuilder().Append(Transformation.Source([sent])).Append(query).Build(query.Fallback);
        return new()
        {
            FileName = table,
            Guid = ContentGuid.For(mapping.Pack, "DataCollectionRule", table),
            Id = source.Name,
            Version = mapping.Version,
            Name = source.Table,
            Description = source.Table.Select(_ => source.Description),
            Transformations = [new(query, definition, IsBound: true)],
            Flow = new("Custom-" + table[..^Suffix.Length], [sent], table, [.. source.Declares.Select(column => column.Value)]),
        };
    }
}
