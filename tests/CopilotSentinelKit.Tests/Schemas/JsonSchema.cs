using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Tests.Schemas;

/// <summary>JSON Schema draft-07, as much of it as the kit's schemas use; a keyword it does not know fails the test.</summary>
internal sealed class JsonSchema(JsonObject root)
{
    private static readonly string[] Annotations = ["$schema", "title", "description", "definitions", "patternErrorMessage"];

    /// <summary>What is wrong with a value, as "path: keyword"; nothing when it is valid.</summary>
    public List<string> Faults(JsonNode? value) => [.. Faults(root, value, "")];

    private IEnumerable<string> Faults(JsonNode schema, JsonNode? value, string at)
    {
        if (schema is JsonValue flag)
        {
            return flag.GetValue<bool>() ? [] : [$"{at}: not allowed"];
        }

        var rules = schema.AsObject();

        // In draft-07 nothing that stands beside $ref counts.
        return rules["$ref"] is { } reference
            ? Faults(root["definitions"]![reference.GetValue<string>()["#/definitions/".Length..]]!, value, at)
            : rules.Where(rule => !Annotations.Contains(rule.Key)).SelectMany(rule => Check(rules, rule.Key, rule.Value!, value, at)).ToList();
    }

    private IEnumerable<string> Check(JsonObject rules, string keyword, JsonNode rule, JsonNode? value, string at)
    {
        bool Valid(JsonNode schema) => !Faults(schema, value, at).Any();
        var map = value as JsonObject;
        var list = value as JsonArray;
        return keyword switch
        {
            "type" => When(!Types(rule).Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && Types(rule).Contains("number"))),
            "enum" => When(!rule.AsArray().Any(choice => JsonNode.DeepEquals(choice, value))),
            "const" => When(!JsonNode.DeepEquals(rule, value)),
            "pattern" => When(TypeOf(value) == "string" && !Matches(rule, value!.GetValue<string>())),
            "minimum" => When(value is JsonValue && TypeOf(value) == "integer" && value.GetValue<double>() < rule.GetValue<double>()),
            "maximum" => When(value is JsonValue && TypeOf(value) == "integer" && value.GetValue<double>() > rule.GetValue<double>()),
            "minItems" => When(list?.Count < rule.GetValue<int>()),
            "items" => list?.SelectMany((item, index) => Faults(rule, item, $"{at}/{index}")) ?? [],
            "required" => rule.AsArray().Select(key => key!.GetValue<string>()).Where(key => map?.ContainsKey(key) == false).Select(key => $"{at}/{key}: required"),
            "properties" => map?.Where(entry => rule.AsObject().ContainsKey(entry.Key)).SelectMany(entry => Faults(rule[entry.Key]!, entry.Value, $"{at}/{entry.Key}")) ?? [],
            "additionalProperties" => map?.Where(entry => rules["properties"]?.AsObject().ContainsKey(entry.Key) != true).SelectMany(entry => Faults(rule, entry.Value, $"{at}/{entry.Key}")) ?? [],
            "propertyNames" => map?.SelectMany(entry => Faults(rule, JsonValue.Create(entry.Key), $"{at}/{entry.Key}")) ?? [],
            "anyOf" => When(!rule.AsArray().Any(schema => Valid(schema!))),
            "allOf" => rule.AsArray().SelectMany(schema => Faults(schema!, value, at)),
            "if" => (Valid(rule) ? rules["then"] : rules["else"]) is { } next ? Faults(next, value, at) : [],
            "then" or "else" => [],
            _ => throw new NotSupportedException($"The keyword {keyword} at {at}."),
        };

        IEnumerable<string> When(bool wrong) => wrong ? [$"{at}: {keyword}"] : [];
    }

    private static IEnumerable<string> Types(JsonNode rule) =>
        rule is JsonArray several ? several.Select(type => type!.GetValue<string>()) : [rule.GetValue<string>()];

    private static string TypeOf(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ => value.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => "string",
            System.Text.Json.JsonValueKind.Number => double.IsInteger(value.GetValue<double>()) ? "integer" : "number",
            _ => "boolean",
        },
    };

    // As in JavaScript, $ is the end of all of the text.
    private static bool Matches(JsonNode pattern, string text) =>
        Regex.Match(text, pattern.GetValue<string>()) is { Success: true } match && match.Index + match.Length == text.Length;
}
