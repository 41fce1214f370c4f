using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CopilotSentinelKit.Pack;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Discover.Lines;

/// <summary>Lines of ArcSight's Common Event Format, which Sentinel's CommonSecurityLog reads too. Escapes as the format's guide has them: "\" and "|" in the
/// header, "\", "=" and line ends in the fields; longer values are cut.</summary>
internal sealed class CefLine(Mapping mapping) : EventLine(mapping, "cef")
{
    private protected override string Write(ImmutableArray<string> device, string id, string name, int severity, IEnumerable<(MapSpec Map, string Key, string Value)> fields) => string.Join(
        '|',
        [
            "CEF:0",
            .. device.Append(id).Append(name).Select(Header),
            severity.ToString(CultureInfo.InvariantCulture),
            string.Join(' ', fields.SelectMany(field => Fields(field.Map.Name.Value, field.Key, field.Value)).Select(field => $"{field.Key}={Escaped(Cut("cef", field.Key, field.Value))}")),
        ]);

    private static IEnumerable<(string Key, string Value)> Fields(string name, string key, string value) => key switch
    {
        "rt" or "start" or "end" => [(key, Milliseconds(value))],
        "src" or "dst" => Address(key, value),
        _ when IsCustom(key) => [(key, value), (key + "Label", name)],
        _ => [(key, value)],
    };

    // Keys for addresses take IPv4; an IPv6 address has a key of its own, with a label.
    private static IEnumerable<(string Key, string Value)> Address(string key, string value)
    {
        if (!IPEndPoint.TryParse(value, out var endpoint))
        {
            return [];
        }

        var address = endpoint.Address.IsIPv4MappedToIPv6 ? endpoint.Address.MapToIPv4() : endpoint.Address;
        var custom = key == "src" ? "c6a2" : "c6a3";
        return address.AddressFamily == AddressFamily.InterNetwork
            ? [(key, address.ToString())]
            : [(custom, address.ToString()), (custom + "Label", key == "src" ? "Source IPv6 Address" : "Destination IPv6 Address")];
    }

    private static bool IsCustom(string key) =>
        key is ['c', 's', >= '1' and <= '6'] or ['c', 'n', >= '1' and <= '3'] || (key.StartsWith("flex", StringComparison.Ordinal) && char.IsDigit(key[^1]));

    private static string Header(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static string Escaped(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Trim(' ');
}
