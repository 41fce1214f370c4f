using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>An address with the bits of it that count; IPv4 as the mapped IPv6 address, so that both compare.</summary>
/// <param name="Number">The 128 bits.</param>
/// <param name="Prefix">How many of them count, from the left.</param>
internal readonly record struct IpAddress(UInt128 Number, int Prefix)
{
    private const int MappedBits = 96;
    private static readonly UInt128 Mapped = (UInt128)0xFFFF << 32;

    /// <summary>The IPv4 number.</summary>
    public uint V4 => (uint)Number;

    /// <summary>How many bits of the IPv4 number count.</summary>
    public int V4Prefix => Prefix - MappedBits;

    public bool IsV4 => Number >> 32 == 0xFFFF;

    /// <summary>The number without the bits that do not count.</summary>
    public UInt128 Network => Masked(Number, Prefix);

    public static UInt128 Masked(UInt128 number, int prefix) => prefix <= 0 ? 0 : number & (UInt128.MaxValue << (128 - prefix));

    /// <summary>Four decimal parts, perhaps with /prefix; null for anything else.</summary>
    public static IpAddress? ReadV4(string text)
    {
        if (Split(text, 32) is not var (address, prefix))
        {
            return null;
        }

        var number = 0u;
        var parts = address.Split('.');
        foreach (var part in parts)
        {
            if (part.Length is 0 or > 3 || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var octet))
            {
                return null;
            }

            number = (number << 8) | octet;
        }

        return parts.Length == 4 ? new(Mapped | number, MappedBits + prefix) : null;
    }

    /// <summary>An IPv6 or IPv4 address, perhaps with /prefix; null for anything else.</summary>
    public static IpAddress? Read(string text)
    {
        var plain = text.Trim();
        plain = plain.StartsWith("::", StringComparison.Ordinal) && plain.Contains('.', StringComparison.Ordinal) ? plain[2..] : plain;
        if (!plain.Contains(':', StringComparison.Ordinal))
        {
            // ::1.2.3.4 is an IPv4 address with the length of an IPv4 prefix, as the documented examples show.
            return ReadV4(plain);
        }

        if (Split(text, 128) is not var (address, prefix) || address.Contains('%', StringComparison.Ordinal) || address.Contains('[', StringComparison.Ordinal)
            || !IPAddress.TryParse(address, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return null;
        }

        var number = UInt128.Zero;
        foreach (var octet in parsed.GetAddressBytes())
        {
            number = (number << 8) | octet;
        }

        return new(number, prefix);
    }

    /// <summary>Whether two addresses are the same in the bits that count in both.</summary>
    public static int Compare(IpAddress left, IpAddress right, int prefix)
    {
        var bits = Math.Min(Math.Min(left.Prefix, right.Prefix), prefix);
        return Masked(left.Number, bits).CompareTo(Masked(right.Number, bits));
    }

    /// <summary>The IPv4 form of a number.</summary>
    public static string Text(uint number) => string.Create(CultureInfo.InvariantCulture, $"{number >> 24}.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}");

    /// <summary>All eight groups of four digits.</summary>
    public static string LongText(UInt128 number) =>
        string.Join(':', Enumerable.Range(0, 8).Select(group => ((ushort)(number >> (112 - (16 * group)))).ToString("x4", CultureInfo.InvariantCulture)));

    private static (string Address, int Prefix)? Split(string text, int longest)
    {
        var trimmed = text.Trim();
        var slash = trimmed.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return (trimmed, longest);
        }

        return int.TryParse(trimmed.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) && prefix <= longest ? (trimmed[..slash], prefix) : null;
    }
}
