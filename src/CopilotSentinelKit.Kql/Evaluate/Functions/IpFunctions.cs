using System.Globalization;
using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Functions of IP addresses; text that is no address gives null.</summary>
internal static class IpFunctions
{
    private const KqlType S = KqlType.String;
    private const KqlType L = KqlType.Long;
    private const KqlType B = KqlType.Bool;
    private const KqlType D = KqlType.Dynamic;

    private static readonly IpAddress[] Private = [.. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16" }.Select(range => IpAddress.ReadV4(range)!.Value)];

    public static IEnumerable<ScalarFunction> All =>
    [
        Unary("ipv4_is_private(ip)", S, B, ip => IpAddress.ReadV4(ip.Text) is { } found ? Value.Of(Array.Exists(Private, range => IsIn(found, range))) : Value.Null),
        Unary("ipv4_netmask_suffix(ip)", S, L, ip => IpAddress.ReadV4(ip.Text) is { } found ? Value.Of((long)found.V4Prefix) : Value.Null),
        Unary("parse_ipv4(ip)", S, L, ip => IpAddress.ReadV4(ip.Text) is { } found ? Value.Of((long)(uint)found.Network) : Value.Null),
        Strict("parse_ipv4_mask(ip, prefix)", [S, L], L, values => IpAddress.ReadV4(values[0].Text) is { } found && values[1].Bits is >= 0 and <= 32
            ? Value.Of((long)(uint)IpAddress.Masked(found.Number, Math.Min(found.Prefix, 96 + (int)values[1].Bits)))
            : Value.Null),
        Strict("ipv4_compare(ip, ip[, prefix])", [S, S, L], L, values => Compare(values, IpAddress.ReadV4, 96)),
        Strict("ipv4_is_match(ip, ip[, prefix])", [S, S, L], B, values => Compare(values, IpAddress.ReadV4, 96) is { IsNull: false } order ? Value.Of(order.Bits == 0) : Value.Null),
        Strict("ipv6_compare(ip, ip[, prefix])", [S, S, L], L, values => Compare(values, IpAddress.Read, 0)),
        Strict("ipv6_is_match(ip, ip[, prefix])", [S, S, L], B, values => Compare(values, IpAddress.Read, 0) is { IsNull: false } order ? Value.Of(order.Bits == 0) : Value.Null),
        Binary("ipv4_is_in_range(ip, range)", S, S, B, (ip, range) => InRanges(ip.Text, [range], IpAddress.ReadV4)),
        Binary("ipv6_is_in_range(ip, range)", S, S, B, (ip, range) => InRanges(ip.Text, [range], IpAddress.Read)),
        Lenient("ipv4_is_in_any_range(ip, range ... | ranges)", [S, D], B, values => InRanges(values[0].Text, values.Skip(1), IpAddress.ReadV4)),
        Lenient("ipv6_is_in_any_range(ip, range ... | ranges)", [S, D], B, values => InRanges(values[0].Text, values.Skip(1), IpAddress.Read)),
        Unary("parse_ipv6(ip)", S, S, ip => IpAddress.Read(ip.Text) is { } found ? Value.Of(IpAddress.LongText(found.Network)) : Value.Null),
        Strict("parse_ipv6_mask(ip, prefix)", [S, L], S, values => IpAddress.Read(values[0].Text) is { } found && values[1].Bits is >= 0 and <= 128
            ? Value.Of(IpAddress.LongText(IpAddress.Masked(found.Number, Math.Min(found.Prefix, (int)values[1].Bits))))
            : Value.Null),
        Lenient("format_ipv4(ip[, prefix])", [D, L], S, values => FormatV4(values, withPrefix: false)),
        Lenient("format_ipv4_mask(ip[, prefix])", [D, L], S, values => FormatV4(values, withPrefix: true)),
        Binary("has_ipv4(text, ip)", S, S, B, (text, ip) => Value.Of(HasAddress(text.Text, ip.Text))),
        Lenient("has_any_ipv4(text, ip ... | ips)", [S, D], B, values => Value.Of(Texts(values).Any(ip => HasAddress(values[0].Text, ip)))),
        Binary("has_ipv4_prefix(text, prefix)", S, S, B, (text, prefix) => Value.Of(HasPrefix(text.Text, prefix.Text))),
        Lenient("has_any_ipv4_prefix(text, prefix ... | prefixes)", [S, D], B, values => Value.Of(Texts(values).Any(prefix => HasPrefix(values[0].Text, prefix)))),
    ];

    private static IEnumerable<string> Texts(Value[] values) => values.Skip(1).SelectMany(value => value.AsArray?.Items ?? [value]).Select(value => ValueText.Of(value));

    private static bool IsIn(IpAddress address, IpAddress range) => address.Prefix >= range.Prefix && IpAddress.Masked(address.Number, range.Prefix) == range.Network;

    private static Value Compare(Value[] values, Func<string, IpAddress?> read, int added)
    {
        var prefix = values.Length > 2 ? values[2].Bits : 128 - added;
        return read(values[0].Text) is { } left && read(values[1].Text) is { } right && prefix >= 0 && prefix <= 128 - added
            ? Value.Of((long)Math.Sign(IpAddress.Compare(left, right, added + (int)prefix)))
            : Value.Null;
    }

    // True when one range holds it; null when it, or with no such range one of them, cannot be read.
    private static Value InRanges(string ip, IEnumerable<Value> ranges, Func<string, IpAddress?> read)
    {
        if (read(ip) is not { } address)
        {
            return Value.Null;
        }

        var isUnreadable = false;
        foreach (var range in ranges.SelectMany(range => range.AsArray?.Items ?? [range]))
        {
            var found = read(ValueText.Of(range));
            if (found is { } known && IsIn(address, known))
            {
                return Value.Of(true);
            }

            isUnreadable |= found is null;
        }

        return isUnreadable ? Value.Null : Value.Of(false);
    }

    private static Value FormatV4(Value[] values, bool withPrefix)
    {
        var given = values.Length > 1 && !values[1].IsNull ? values[1].Bits : 32;
        var read = values[0].Kind == ValueKind.String ? IpAddress.ReadV4(values[0].Text)
            : values[0] is { Kind: ValueKind.Long, Bits: >= 0 and <= uint.MaxValue } ? IpAddress.ReadV4(IpAddress.Text((uint)values[0].Bits))
            : null;
        if (read is not { } address || given is < 0 or > 32)
        {
            return Value.Null;
        }

        var prefix = Math.Min(address.V4Prefix, (int)given);
        var text = IpAddress.Text((uint)IpAddress.Masked(address.Number, 96 + prefix));
        return Value.Of(withPrefix ? string.Create(CultureInfo.InvariantCulture, $"{text}/{prefix}") : text);
    }

    // No letter, digit or point of another address may touch it.
    private static bool HasAddress(string text, string ip) =>
        !ip.Contains('/', StringComparison.Ordinal) && IpAddress.ReadV4(ip) is not null && Places(text, ip).Any(at => IsBorder(text, at - 1) && IsBorder(text, at + ip.Length));

    private static bool HasPrefix(string text, string prefix) =>
        prefix.EndsWith('.') ? Places(text, prefix).Any(at => IsBorder(text, at - 1) && IpAddress.ReadV4(AddressAt(text, at)) is not null) : HasAddress(text, prefix);

    private static string AddressAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
        {
            end++;
        }

        return text[at..end].TrimEnd('.');
    }

    private static bool IsBorder(string text, int at) => at < 0 || at >= text.Length || !char.IsLetterOrDigit(text[at]);

    private static IEnumerable<int> Places(string text, string part)
    {
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + 1, StringComparison.Ordinal))
        {
            yield return at;
        }
    }
}
