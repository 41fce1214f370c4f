using System.Text.Json;

namespace CopilotSentinelKit.Tests.Emit;

/// <summary>The resource providers' own idea of "properties": what they require, and which names, types and values they know.</summary>
internal static partial class ProviderSchema
{
    private static readonly Dictionary<string, List<(string Name, string Type, bool Required)>> Types = Read();

    /// <summary>Every way in which a value is not of the type, such as ".severity: \"Urgent\" is none of High|Medium|Low".</summary>
    public static IEnumerable<string> Violations(JsonElement value, string type, string version, string at = "")
    {
        if (type.StartsWith('['))
        {
            return value.ValueKind != JsonValueKind.Array
                ? [$"{at}: no list"]
                : value.EnumerateArray().SelectMany((item, index) => Violations(item, type[1..^1], version, $"{at}[{index}]"));
        }

        if (type.StartsWith('{'))
        {
            return value.ValueKind != JsonValueKind.Object
                ? [$"{at}: no map"]
                : value.EnumerateObject().SelectMany(entry => Violations(entry.Value, type[1..^1], version, $"{at}.{entry.Name}"));
        }

        return Types.TryGetValue($"{type}@{version}", out var properties) ? OfObject(value, properties, version, at)
            : OfScalar(value, type) ? []
            : [$"{at}: {value.GetRawText()} is not {type}"];
    }

    private static IEnumerable<string> OfObject(JsonElement value, List<(string Name, string Type, bool Required)> properties, string version, string at)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return [$"{at}: no object"];
        }

        var present = value.EnumerateObject().ToList();
        return properties.Where(property => property.Required && present.All(entry => entry.Name != property.Name))
            .Select(property => $"{at}.{property.Name}: missing")
            .Concat(present.SelectMany(entry => properties.FirstOrDefault(property => property.Name == entry.Name) is { Name: not null } known
                ? Violations(entry.Value, known.Type, version, $"{at}.{entry.Name}")
                : [$"{at}.{entry.Name}: unknown"]));
    }

    // What a parameter gives is of the parameter's type, which the template's own declaration says.
    private static bool OfScalar(JsonElement value, string type) => value.ValueKind == JsonValueKind.String && value.GetString()!.StartsWith("[parameters(", StringComparison.Ordinal) || type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.String && type.Split('|').Contains(value.GetString()),
    };

    private static Dictionary<string, List<(string Name, string Type, bool Required)>> Read()
    {
        var types = new Dictionary<string, List<(string, string, bool)>>();
        var current = "";
        foreach (var line in Facts.Split('\n'))
        {
            if (!line.StartsWith(' '))
            {
                types[current = line] = [];
                continue;
            }

            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            types[current].Add((words[0], words[1], words.Length > 2));
        }

        return types;
    }
}
