using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>What a template says of one of its parameters, without the file that it stands in.</summary>
/// <param name="Type">Its type in lower case: string, int, bool, array, object, and the secure ones; empty where none is written.</param>
/// <param name="HasDefault">Whether a deployment may leave it out.</param>
/// <param name="Bounds">minLength, maxLength, minValue and maxValue, those that are there.</param>
/// <param name="Allowed">The values that it may have; empty for any.</param>
internal sealed record ParameterRule(string Type, bool HasDefault, ImmutableDictionary<string, long> Bounds, ImmutableArray<string> Allowed)
{
    private static readonly string[] BoundKeys = ["minLength", "maxLength", "minValue", "maxValue"];

    /// <summary>The parameters of a template's object "parameters", by their names in any letter case.</summary>
    public static ImmutableDictionary<string, ParameterRule> AllOf(YamlMap template) => ((template.Find("parameters") as YamlMap)?.Entries ?? [])
        .DistinctBy(entry => entry.Key.Value, StringComparer.OrdinalIgnoreCase)
        .ToImmutableDictionary(entry => entry.Key.Value, entry => Of(entry.Value as YamlMap), StringComparer.OrdinalIgnoreCase);

    /// <summary>The rule of a parameter's object; one that asks nothing where it is none.</summary>
    public static ParameterRule Of(YamlMap? parameter) => new(
        (parameter?.Find("type") as YamlText)?.Value.ToLowerInvariant() ?? "",
        parameter?.Find("defaultValue") is not null || parameter?.Find("nullable") is YamlText { Value: "true" },
        BoundKeys.Select(key => (Key: key, Text: parameter?.Find(key) as YamlText))
            .Where(bound => long.TryParse(bound.Text?.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
            .ToImmutableDictionary(bound => bound.Key, bound => long.Parse(bound.Text!.Value, NumberStyles.Integer, CultureInfo.InvariantCulture)),
        parameter?.Find("allowedValues") is YamlList { Items: { Length: > 0 } items } && items.All(item => item is YamlText) ? [.. items.Cast<YamlText>().Select(item => item.Value)] : []);

    /// <summary>The part of the rule that a value breaks, as the template writes it, or null when it keeps to all.</summary>
    public string? BrokenBy(YamlValue given)
    {
        if (!IsOfType(given))
        {
            return $"\"type\": \"{Type}\"";
        }

        if (given is not YamlText text)
        {
            return null;
        }

        var isNumber = text.Plain & long.TryParse(text.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number);
        var (size, least, most) = isNumber ? (number, "minValue", "maxValue") : (text.Value.Length, "minLength", "maxLength");
        return Bounds.TryGetValue(least, out var low) && size < low ? Written(least)
            : Bounds.TryGetValue(most, out var high) && size > high ? Written(most)
            : !Allowed.IsEmpty && !Allowed.Contains(text.Value, StringComparer.OrdinalIgnoreCase) ? "\"allowedValues\""
            : null;
    }

    private string Written(string bound) => $"\"{bound}\": {Bounds[bound].ToString(CultureInfo.InvariantCulture)}";

    // A null is none of these, and is left to the service.
    private bool IsOfType(YamlValue given) => given is YamlText { Plain: true, Value: "null" } || Type switch
    {
        "string" or "securestring" => given is YamlText { Plain: false },
        "int" => given is YamlText { Plain: true } number && long.TryParse(number.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        "bool" => given is YamlText { Plain: true, Value: "true" or "false" },
        "array" => given is YamlList,
        "object" or "secureobject" => given is YamlMap,
        _ => true,
    };
}
