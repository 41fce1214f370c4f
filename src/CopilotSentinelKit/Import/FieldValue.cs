using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Import;

/// <summary>A field's value in one form, so that two that mean the same to Sentinel are the same text: spaces at line ends, the forms of durations and operators, the
/// order of keys, and settings that are switched off do not count.</summary>
internal static class FieldValue
{
    private static readonly string[] Durations = ["queryFrequency", "queryPeriod", "suppressionDuration", "lookbackDuration"];
    private static readonly string[] Words = ["severity", "kind", "aggregationKind", "matchingMethod", "triggerOperator"];
    private static readonly string[] Sets = ["tactics", "techniques", "subTechniques", "relevantTechniques"];

    private static readonly ImmutableDictionary<string, string> Operators = ImmutableDictionary.CreateRange(
        StringComparer.Ordinal,
        new Dictionary<string, string> { ["gt"] = "greaterthan", ["lt"] = "lessthan", ["eq"] = "equal", ["ne"] = "notequal" });

    /// <summary>The form; empty for a value that says nothing.</summary>
    /// <param name="key">The field.</param>
    /// <param name="value">Its value, or null.</param>
    public static string Of(string key, OutputNode? value) => value switch
    {
        OutputText text => OfText(key, text.Value),
        OutputNumber number => number.Value.ToString(CultureInfo.InvariantCulture),
        OutputFlag flag => flag.Value ? "true" : "false",
        OutputList list => OfList(key, list),
        OutputMap map when Flag(map, "enabled") is false => "",
        OutputMap map => string.Join('\n', map.Entries.Select(entry => (entry.Key, Value: Of(entry.Key, entry.Value))).Where(entry => entry.Value.Length > 0)
            .Select(entry => $"{(entry.Key == "datatypes" ? "dataTypes" : entry.Key)}={entry.Value}").Order(StringComparer.Ordinal)),
        _ => "",
    };

    private static string OfText(string key, string text)
    {
        var tidy = SpecDraft.Lines(text);
        if (Durations.Contains(key))
        {
            return DurationText.ReadAny(tidy) is { } duration ? DurationText.Iso(duration) : tidy;
        }

        if (!Words.Contains(key))
        {
            return tidy;
        }

        var word = tidy.ToLowerInvariant();
        return Operators.GetValueOrDefault(word, word);
    }

    private static string OfList(string key, OutputList list)
    {
        var items = list.Items.Select(item => Of(key, item)).Where(item => item.Length > 0);
        return string.Join("\n- ", Sets.Contains(key) ? items.Distinct().Order(StringComparer.Ordinal) : items);
    }

    private static bool? Flag(OutputMap map, string key) =>
        map.Entries.FirstOrDefault(entry => entry.Key == key).Value switch
        {
            OutputFlag flag => flag.Value,
            OutputText text when bool.TryParse(text.Value, out var value) => value,
            _ => null,
        };
}
