using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Validate;

/// <summary>Texts that KQL's conversions (toint, todatetime, ...) read as a value.</summary>
internal static partial class KustoValue
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Whether a text that is not blank is a value of a Kusto type; anything is a string, and nothing is of an unknown type.</summary>
    public static bool IsOfType(string text, string type) => type switch
    {
        "string" => true,
        "bool" => text is "0" or "1" || bool.TryParse(text, out _),
        "int" => int.TryParse(text, Number, Culture, out _),
        "long" => long.TryParse(text, Number, Culture, out _),
        "real" => double.TryParse(text, NumberStyles.Float, Culture, out _),
        "decimal" => decimal.TryParse(text, NumberStyles.Float, Culture, out _),
        "datetime" => DateTimeOffset.TryParse(text, Culture, DateTimeStyles.AssumeUniversal, out _) && Iso().IsMatch(text),
        "timespan" => ShortTimespan().IsMatch(text) || TimeSpan.TryParse(text, Culture, out _),
        "guid" => Guid.TryParseExact(text, "D", out _) || Guid.TryParseExact(text, "N", out _),
        "dynamic" => IsJson(text),
        _ => false,
    };

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonParser.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Other forms, such as 01/02/2026, mean different days to different readers.
    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]|\z)")]
    private static partial Regex Iso();

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?(d|h|m|s|ms|microsecond|tick)\z")]
    private static partial Regex ShortTimespan();
}
