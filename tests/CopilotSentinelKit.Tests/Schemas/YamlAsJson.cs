using System.Globalization;
using System.Text.Json.Nodes;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Tests.Schemas;

/// <summary>A YAML file as an editor hands it to a schema: plain scalars by YAML 1.2's core schema.</summary>
internal static class YamlAsJson
{
    public static JsonNode? Read(string yaml)
    {
        var findings = new List<Finding>();
        var value = YamlReader.Read(new SourceFile("a.yaml", yaml), findings);
        Assert.That(findings, Is.Empty, "the file is no sound YAML");
        return Of(value!);
    }

    private static JsonNode? Of(YamlValue value) => value switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, Of(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Of)]),
        YamlText text when ScalarValue.IsNull(text) => null,
        YamlText text when !ScalarValue.IsNumberOrBoolean(text) => JsonValue.Create(text.Value),
        YamlText { Value: var word } when char.ToLowerInvariant(word[0]) is 't' or 'f' => JsonValue.Create(char.ToLowerInvariant(word[0]) == 't'),
        YamlText { Value: var number } => JsonValue.Create(double.Parse(number, CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException(value.GetType().Name, nameof(value)),
    };
}
