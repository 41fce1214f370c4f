using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotSentinelKit.Generate.Templates;
using Scriban.Runtime;

namespace CopilotSentinelKit.Tests.Support;

/// <summary>Values of templates as tests write them: JSON, in which an object <c>{ type, value, origin? }</c> is a typed value.</summary>
internal static class ScriptValues
{
    public static ScriptObject Read(string json) => Members(JsonNode.Parse(json)!.AsObject());

    public static ScriptObject Members(JsonObject members)
    {
        var values = new ScriptObject();
        foreach (var (name, value) in members)
        {
            values[name] = Value(value);
        }

        return values;
    }

    private static object? Value(JsonNode? node) => node switch
    {
        JsonArray items => new ScriptArray(items.Select(Value)),
        JsonObject value when value["type"] is { } type && value.ContainsKey("value") => Typed(type.ToString(), value["value"]!, value["origin"]?.ToString()),
        JsonObject members => Members(members),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => value.ToString(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => value.TryGetValue<int>(out var small) ? small : value.TryGetValue<long>(out var whole) ? whole : value.GetValue<double>(),
        },
        _ => null,
    };

    private static object Typed(string type, JsonNode value, string? origin) => type switch
    {
        "long" => long.Parse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture),
        "columns" => new ColumnList(value.AsArray().Select(name => name!.ToString())),
        _ => new TypedValue(Enum.Parse<TypedKind>(type, ignoreCase: true), value.ToString(), origin),
    };
}
