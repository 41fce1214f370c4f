using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Discover.Lines;

/// <summary>Lines of QRadar's Log Event Extended Format 2.0, with tabs between the fields. The format has no escapes, so tabs and line ends in a value
/// become blanks, and "|" in the header does.</summary>
internal sealed class LeefLine(Mapping mapping) : EventLine(mapping, "leef")
{
    private const int MaxId = 255;

    private protected override string Write(ImmutableArray<string> device, string id, string name, int severity, IEnumerable<(MapSpec Map, string Key, string Value)> fields) => string.Join(
        '|',
        [
            "LEEF:2.0",
            .. device.Append(id.Length > MaxId ? id[..MaxId] : id).Select(value => Plain(value).Replace('|', ' ')),
            "x09",
            string.Join('\t', fields.Select(field => $"{field.Key}={Plain(Cut("leef", field.Key, Value(field.Key, field.Value)))}").Append(string.Create(CultureInfo.InvariantCulture, $"sev={Math.Max(1, severity)}"))),
        ]);

    private static string Value(string key, string value) => key switch
    {
        "devTime" => Milliseconds(value),
        "src" or "dst" when IPEndPoint.TryParse(value, out var endpoint) => endpoint.Address.ToString(),
        _ => value,
    };

    private static string Plain(string value) => string.Concat(value.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
}
