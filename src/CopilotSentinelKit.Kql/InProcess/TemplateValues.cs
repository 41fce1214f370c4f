using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotSentinelKit.Kql.Templates;
using Scriban.Runtime;

namespace CopilotSentinelKit.Kql.InProcess;

/// <summary>Text that is KQL already: what the filters make, and the only thing that an output may write.</summary>
internal class KqlValue(string text, string? origin = null)
{
    public string Text { get; } = text;

    public string? Origin { get; } = origin;

    public override string ToString() => Text;
}

/// <summary>The detection's own query, rendered; <c>{{ query }}</c> inserts it with its segments.</summary>
internal sealed class QueryValue(string text, ImmutableArray<RenderSegment> segments) : KqlValue(text)
{
    public ImmutableArray<RenderSegment> Segments { get; } = segments;
}

/// <summary>A value whose Kusto type JSON cannot tell: 14d, a datetime, a column. Conditions compare it as its text.</summary>
internal sealed class Typed(string type, object? value, string? origin)
{
    public string Type { get; } = type;

    public object? Value { get; } = value;

    public string? Origin { get; } = origin;

    public override string ToString() => Js.Text(Value);
}

/// <summary>Names of columns.</summary>
internal sealed class ColumnList(IEnumerable<object?> columns) : ScriptArray(columns);

/// <summary>JSON as templates see it: numbers are doubles, as in LiquidJS; <c>{ "type": ..., "value": ... }</c> is a typed value.</summary>
internal static class TemplateValues
{
    private static readonly string[] Plain = ["string", "bool", "int", "strings"];
    private static readonly string[] Types = ["timespan", "datetime", "real", "long", "name", "column", "expression"];

    public static ScriptObject Read(JsonObject values)
    {
        var scope = new ScriptObject();
        foreach (var (name, value) in values)
        {
            scope[name] = ReadNode(value);
        }

        return scope;
    }

    private static object? ReadNode(JsonNode? node) => node switch
    {
        JsonObject value => ReadObject(value),
        JsonArray items => new ScriptArray(items.Select(ReadNode)),
        _ => Raw(node),
    };

    private static object? ReadObject(JsonObject value)
    {
        if (value["type"] is not JsonValue named || named.GetValueKind() != JsonValueKind.String || !value.ContainsKey("value") || value.Count > (value.ContainsKey("origin") ? 3 : 2))
        {
            return Read(value);
        }

        var type = named.GetValue<string>();
        return type switch
        {
            _ when Plain.Contains(type) => Raw(value["value"]),
            _ when Types.Contains(type) => new Typed(type, Raw(value["value"]), value["origin"]?.ToString()),
            "columns" when value["value"] is JsonArray names => new ColumnList(names.Select(name => new Typed("column", Raw(name), null))),
            _ => throw TemplateMistake.Value($"A value has the type \"{type}\", which templates do not know."),
        };
    }

    private static object? Raw(JsonNode? node) => node switch
    {
        JsonObject value => Read(value),
        JsonArray items => new ScriptArray(items.Select(Raw)),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => value.ToString(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => Js.Number(value.ToJsonString()),
            _ => null,
        },
        _ => null,
    };
}
