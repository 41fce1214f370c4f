using System.Text.Json;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Workbooks;

/// <summary>What the workbook JSON Schema and the gallery's workbooks say of the parts that the kit writes: workbook-schema.txt beside this file.</summary>
internal static class WorkbookSchema
{
    private static readonly Dictionary<string, List<(string Name, string Type, bool Required)>> Types = Read();

    public static IEnumerable<string> Violations(JsonElement workbook) => Of(workbook, "workbook", "");

    private static IEnumerable<string> Of(JsonElement value, string type, string at)
    {
        if (type.StartsWith('['))
        {
            return value.ValueKind == JsonValueKind.Array
                ? value.EnumerateArray().SelectMany((item, index) => Of(item, type[1..^1], $"{at}[{index}]"))
                : [$"{at}: no list"];
        }

        return Types.TryGetValue(type, out var properties) ? OfObject(value, properties, at)
            : IsScalar(value, type) ? []
            : [$"{at}: {value.GetRawText()} is not {type}"];
    }

    private static IEnumerable<string> OfObject(JsonElement value, List<(string Name, string Type, bool Required)> properties, string at)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            yield return $"{at}: no object";
            yield break;
        }

        foreach (var missing in properties.Where(property => property.Required && !value.TryGetProperty(property.Name, out _)))
        {
            yield return $"{at}.{missing.Name}: missing";
        }

        foreach (var entry in value.EnumerateObject())
        {
            var place = $"{at}.{entry.Name}";
            var type = properties.FirstOrDefault(property => property.Name == entry.Name).Type;
            var known = type == "content" ? $"content:{value.GetProperty("type")}" : type;
            foreach (var violation in known is null ? [$"{place}: unknown"] : Of(entry.Value, known, place))
            {
                yield return violation;
            }
        }
    }

    private static bool IsScalar(JsonElement value, string type) => type switch
    {
        "any" => true,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.String && type.Split('|').Contains(value.GetString()),
    };

    private static Dictionary<string, List<(string Name, string Type, bool Required)>> Read()
    {
        var types = new Dictionary<string, List<(string, string, bool)>>();
        var current = "";
        foreach (var line in Repository.Read("tests", "CopilotSentinelKit.Tests", "Workbooks", "workbook-schema.txt").ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.Length > 0 && line[0] is not ' ' and not '#')
            {
                types[current = line] = [];
            }
            else if (line.StartsWith(' '))
            {
                var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                types[current].Add((words[0], words[1], words.Length > 2));
            }
        }

        return types;
    }
}
