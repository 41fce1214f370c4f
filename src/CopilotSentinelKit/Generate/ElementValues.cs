using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using Scriban.Runtime;

namespace CopilotSentinelKit.Generate;

/// <summary>What the template of a parser of elements gets. In it, <c>Element_</c> holds one element of the collection.</summary>
internal static class ElementValues
{
    public static TemplateValues Create(ParserSpec parser, Mapping mapping)
    {
        var values = new TemplateValues();
        var root = values.Root;
        var span = parser.Name.Span;
        root["records"] = mapping.Masked ? values.Name(Masking.Unmasked, span) : values.Name(mapping.Parsers.FirstOrDefault(other => other.Each is null)?.Name ?? parser.Name);
        root["where"] = parser.Where is { } where ? values.Expression(where) : null;
        root["each"] = values.Name(parser.Each!.Value);
        root["keepEmpty"] = parser.KeepEmpty;
        root["element"] = parser.Element is { } element ? values.Expression(element) : null;
        root["hasArrays"] = parser.Fields.Any(field => field.Array);
        root["stages"] = new ScriptArray(Stages.Reading(values, parser.Fields, Read).Concat(Stages.Derived(values, parser.Fields)));
        root["perRecord"] = mapping.Turn is not null;
        root["identity"] = mapping.Turn is not null && parser.Identity is { } identity ? values.Name(identity) : null;
        root["inTwin"] = values.Expression(
            "Twin.Event." + (mapping.AllFields.FirstOrDefault(field => field.Name.Value == parser.Each!.Value.Value)?.Event.Select(path => path.Value).FirstOrDefault() ?? parser.Each!.Value.Value), span);
        root["rest"] = parser.Rest is { } rest ? values.Name(rest) : null;
        root["known"] = values.Expression(
            FieldReader.NameList(
                from field in mapping.AllParsers.First(whole => whole.Name == parser.Name).Fields
                from path in field.Record
                where !path.Value.Contains('.', StringComparison.Ordinal)
                select path.Value),
            span);
        root["masks"] = Masking.Of(values, parser, mapping);
        root["columns"] = new ScriptArray(
            ParserGenerator.Columns(parser, mapping).Select(column => values.Name(column.Select(c => c.Name))));
        return values;
    }

    private static string? Read(FieldSpec field) => FieldReader.FirstOf(
        field.Type.Value,
        [.. field.Record.Select(path => FieldReader.Member(field.Type.Value, "Element_", path.Value))]);
}
