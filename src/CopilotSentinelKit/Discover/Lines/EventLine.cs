using System.Collections.Immutable;
using System.Globalization;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Evaluate.Values;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing.Events;

namespace CopilotSentinelKit.Discover.Lines;

/// <summary>Audit records as lines of CEF or LEEF, by the names that the mapping has for them. Several values of a list stand in one line, joined by
/// commas; what a record lacks is left out.</summary>
public abstract class EventLine
{
    private const string Vendor = "Microsoft";
    private const string Product = "Microsoft Copilot";

    private readonly ImmutableArray<(MapSpec Map, string Key)> _maps;

    private protected EventLine(Mapping mapping, string product) => _maps =
        [.. from map in mapping.Maps where map.Path is not null && map.In(product) is not null select (map, map.In(product)!)];

    /// <summary>The writer of a format, cef or leef.</summary>
    /// <exception cref="ArgumentException">Another format.</exception>
    public static EventLine Of(string format, Mapping mapping) => format switch
    {
        "cef" => new CefLine(mapping),
        "leef" => new LeefLine(mapping),
        _ => throw new ArgumentException($"There is no format \"{format}\".", nameof(format)),
    };

    /// <summary>The line of a record, without its end.</summary>
    public string Write(AuditRecord record)
    {
        var operation = Read(record.Members, "Operation");
        var type = Read(record.Members, "RecordType");
        var fields = _maps.Select(map => (map.Map, map.Key, Value: Read(record.Members, map.Map.Path!.Value.Value))).Where(field => field.Value.Length > 0);
        return Write([Vendor, Product, "1.0"], type.Length == 0 ? operation : $"{type}:{operation}", operation, Severity(record.Members), fields);
    }

    private protected abstract string Write(ImmutableArray<string> device, string id, string name, int severity, IEnumerable<(MapSpec Map, string Key, string Value)> fields);

    /// <summary>As much of a value as a key of the format takes, no half of a surrogate pair at its end.</summary>
    private protected static string Cut(string product, string key, string value) =>
        ProductFields.Find(product, key)?.MaxLength is not { } length || value.Length <= length ? value : value[..(char.IsHighSurrogate(value[length - 1]) ? length - 1 : length)];

    /// <summary>A time of a record as milliseconds since 1970; as it is where it is none. Audit records write UTC without saying so.</summary>
    private protected static string Milliseconds(string time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read)
            ? read.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
            : time;

    // Our choice, from 0 to 10: what Copilot flagged is worth a look, everything else is ordinary.
    private static int Severity(DynamicBag record) =>
        Values(record, "CopilotEventData.Messages[].JailbreakDetected").Contains("true", StringComparer.OrdinalIgnoreCase) ? 8
        : Values(record, "CopilotEventData.AccessedResources[].XPIADetected").Contains("true", StringComparer.OrdinalIgnoreCase) ? 5
        : 1;

    private static string Read(DynamicBag record, string path) => string.Join(", ", Values(record, path).Distinct(StringComparer.Ordinal));

    private static IEnumerable<string> Values(DynamicBag record, string path) =>
        path.Split('.')
            .Aggregate(Enumerable.Repeat(Value.Of(record), 1), (values, name) => values.SelectMany(value => Member(value, name)))
            .Select(value => ValueText.Of(value))
            .Where(text => text.Length > 0);

    // Parts of a record come as objects or as JSON text, and a single object in place of a list.
    private static ImmutableArray<Value> Member(Value value, string name)
    {
        var bag = (value.Text is ['{', ..] json ? DynamicJson.TryParse(json) ?? value : value).AsBag;
        var isList = name.EndsWith("[]", StringComparison.Ordinal);
        var key = isList ? name[..^2] : name;
        var member = bag?.Properties.FirstOrDefault(property => property.Key == key).Value ?? default;
        if (isList && member.Text is ['[', ..] text)
        {
            member = DynamicJson.TryParse(text) ?? member;
        }

        return member.AsArray is { } array ? array.Items : member.IsNull ? [] : [member];
    }
}
