
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Spec;

/// <summary>A YAML tree to a mapping.</summary>
public static class MappingReader
{
    /// <summary>The mapping, or null when the file is no map. What is missing or wrong is a finding and stands as its default.</summary>
    public static MappingSpec? Read(YamlValue root, ICollection<Finding> findings)
    {
        if (ShapeCheck.Check(root, MappingShape.Shape, findings) is not { } map)
        {
            return null;
        }

        var keys = new SpecMap(map);
        return new()
        {
            Span = keys.File,
            Version = keys.Text("version"),
            Updated = keys.Text("updated"),
            Records = keys.Map("records") is { } records ? new(records.TextOrEmpty("time").Value, [.. records.Texts("members").Select(member => member.Value)]) : null,
            Terms = keys.Texts("terms"),
            Where = keys.Scalar("where"),
            Turn = keys.Map("turn") is { } turn ? ReadTurn(turn) : null,
            Sources = [.. keys.NamedMaps("sources").Select(source => ReadSource(source.Key, source.Value))],
            Fields = [.. keys.NamedMaps("fields").Select(field => ReadField(field.Key, field.Value))],
            Parsers = [.. keys.NamedMaps("parsers").Select(parser => ReadParser(parser.Key, parser.Value))],
            Asim = keys.Map("asim") is { } asim ? ReadAsim(asim) : null,
            Maps = [.. keys.NamedMaps("maps").Select(map => ReadMap(map.Key, map.Value))],
        };
    }

    private static SourceSpec ReadSource(Spanned<string> name, SpecMap keys) => new()
    {
        Name = name,
        Override = keys.Flag("override"),
        Description = keys.Text("description")?.Value ?? "",
        Table = keys.Text("table") ?? name,
        Connector = keys.Text("connector"),
        Enabled = keys.Flag("enabled")?.Value ?? true,
        Where = keys.Scalar("where"),
        Record = keys.Text("record"),
        Event = keys.Texts("event"),
        Settings = keys.Text("settings"),
        Columns = [.. keys.NamedTexts("columns")],
        Declares = [.. keys.NamedTexts("declares").Select(ReadColumn)],
        Delivers = keys.Texts("delivers"),
        Ingestion = keys.Flag("ingestion") is { Value: true } ingestion ? ingestion : null,
        Row = [.. keys.NamedMaps("row").Select(column => new RowColumnSpec(
            column.Key, column.Value.Texts("record"), column.Value.Text("values"), column.Value.Text("value"), [.. column.Value.NamedTexts("names")]))],
    };

    private static TurnSpec? ReadTurn(SpecMap keys) =>
        keys.Scalar("key") is { } key && keys.Scalar("counts") is { } counts && Step(keys, "before") is { } before && Step(keys, "after") is { } after
            ? new(keys.Span, key, counts, before, after, keys.Texts("share"))
            : null;

    private static Spanned<TimeSpan>? Step(SpecMap keys, string key) =>
        keys.Text(key) is { } text && DurationText.ReadStep(text.Value) is { } step ? new(step, text.Span) : null;

    private static FieldSpec ReadField(Spanned<string> name, SpecMap keys) => new()
    {
        Name = name,
        Override = keys.Flag("override"),
        Type = keys.Text("type") ?? new("string", name.Span),
        Description = keys.Text("description")?.Value ?? "",
        Pii = keys.Flag("pii")?.Value ?? false,
        Array = keys.Flag("array")?.Value ?? false,
        Record = keys.Texts("record"),
        Event = keys.Texts("event"),
        Settings = keys.Texts("settings"),
        Values = [.. keys.NamedTexts("values")],
        Expression = keys.Scalar("expression"),
    };

    private static ParserSpec ReadParser(Spanned<string> name, SpecMap keys) => new()
    {
        Name = name,
        Override = keys.Flag("override"),
        Description = keys.Text("description") ?? new("", name.Span),
        Template = keys.Text("template") ?? new("", name.Span),
        Each = keys.Text("each"),
        Element = keys.Scalar("element"),
        KeepEmpty = keys.Flag("keepEmpty")?.Value ?? false,
        Where = keys.Scalar("where"),
        Turns = keys.Flag("turns")?.Value ?? true,
        Identity = keys.Text("identity"),
        Keep = keys.Texts("keep"),
        Fields = [.. keys.NamedMaps("fields").Select(field => ReadField(field.Key, field.Value))],
        Rest = keys.Text("rest"),
    };

    private static AsimSpec? ReadAsim(SpecMap keys) => keys.Text("schema") is { } schema && keys.Text("name") is { } name
        ? new()
        {
            Schema = schema,
            Name = name,
            Product = keys.Text("product")?.Value ?? name.Value,
            Description = keys.Text("description")?.Value.Trim() ?? "",
            References = [.. keys.NamedTexts("references").Select(reference => (reference.Key.Value, reference.Value.Value))],
            Helpers = keys.NamedScalars("let"),
            Fields = keys.NamedScalars("fields"),
            Omitted = [.. keys.NamedTexts("omit")],
        }
        : null;

    private static MapSpec ReadMap(Spanned<string> name, SpecMap keys)
    {
        return new(name, keys.Flag("override"), keys.Text("path"), keys.Text("note")?.Value.Trim() ?? "", [.. Names("names", false), .. Names("proposed", true)]);

        IEnumerable<ProductName> Names(string key, bool proposed) =>
            (keys.Map(key)?.AllTexts() ?? []).Select(entry => new ProductName(entry.Key.Value, entry.Value, proposed));
    }

    internal static Spanned<Column> ReadColumn((Spanned<string> Name, Spanned<string> Type) column) =>
        column.Name.Select(name => new Column(name, column.Type.Value));
}
