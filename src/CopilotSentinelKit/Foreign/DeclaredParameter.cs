
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Foreign;

/// <summary>A parameter that a workbook's JSON declares.</summary>
/// <param name="Name">The name that queries use in braces.</param>
/// <param name="IsTimeRange">Whether it is a time range.</param>
/// <param name="Value">Its value at first, or null.</param>
/// <param name="Quote">What is put around each of several values; empty for a single one.</param>
/// <param name="Delimiter">What is put between several values.</param>
internal sealed record DeclaredParameter(string Name, bool IsTimeRange, YamlValue? Value, string Quote, string Delimiter)
{
    private const string All = "value::all";

    /// <summary>The parameter of an object under "parameters".</summary>
    public static DeclaredParameter Read(YamlMap map)
    {
        var several = Text(map, "multiSelect") == "true";
        return new(
            Text(map, "name") ?? "",
            Text(map, "type") == "4",
            map.Find("value"),
            several ? Text(map, "quote") ?? "'" : "",
            several ? Text(map, "delimiter") ?? "," : "");
    }

    /// <summary>What the portal inserts outside of quotes, as far as the JSON tells; null when only the reader's choice does.</summary>
    /// <param name="format">The format of the reference; empty without one.</param>
    public string? Sample(string format) => IsTimeRange ? TimeSample(format)
        : format is not ("" or "value") ? null
        : Value switch
        {
            YamlText { Value: "null" or "" or All } when Quote.Length > 0 => $"{Quote}a{Quote}",
            YamlText { Value: "null" or "" } => null,
            YamlText { Value: All } => "*",
            YamlText text when text.Value.Contains('{', StringComparison.Ordinal) => null,
            YamlText text => Quote.Length > 0 && !text.Value.StartsWith(Quote, StringComparison.Ordinal) ? $"{Quote}{text.Value}{Quote}" : text.Value,
            YamlList { Items: [YamlText, ..] items } => string.Join(Delimiter, items.OfType<YamlText>().Select(item => item.Value == All ? $"{Quote}a{Quote}" : $"{Quote}{item.Value}{Quote}")),
            _ => Quote.Length > 0 ? $"{Quote}a{Quote}" : null,
        };

    private static string? TimeSample(string format) => format switch
    {
        "" or "value" or "query" => "> ago(1d)",
        "start" => "ago(1d)",
        "end" => "now()",
        "grain" => "1h",
        "startISO" or "endISO" or "label" => "2000-01-01T00:00:00.000Z",
        _ => null,
    };

    private static string? Text(YamlMap map, string key) => map.Find(key) is YamlText text ? text.Value : null;
}
