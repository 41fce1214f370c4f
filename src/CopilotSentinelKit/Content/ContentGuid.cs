using System.Security.Cryptography;
using System.Text;

namespace CopilotSentinelKit.Content;

/// <summary>GUIDs of content: RFC 9562 UUIDv5, so that the same pack, kind and id give the same GUID on every machine and in every run.</summary>
public static class ContentGuid
{
    /// <summary>The project's own namespace. Drawn once at random; another value would orphan every deployed rule.</summary>
    public static Guid Namespace { get; } = new("6f1d8a52-93c4-4b7e-8e0a-2d5c7b9f4e13");

    /// <summary>The GUID of the name "pack/kind/id" in <see cref="Namespace"/>. Kind and id hold no slash, so no two triples give one name.</summary>
    /// <param name="pack">Name of the pack.</param>
    /// <param name="kind">AnalyticsRule, HuntingQuery, Parser, Workbook, Watchlist, SummaryRule, AutomationRule.</param>
    /// <param name="id">The id in the spec.</param>
    /// <exception cref="ArgumentException">Kind or id holds a slash: a mistake of the caller.</exception>
    public static Guid For(string pack, string kind, string id)
    {
        if (kind.Contains('/', StringComparison.Ordinal) || id.Contains('/', StringComparison.Ordinal))
        {
            throw new ArgumentException($"A kind or id with a slash would make GUIDs collide: \"{kind}\", \"{id}\".", nameof(id));
        }

        return Version5(Namespace, $"{pack}/{kind}/{id}");
    }

    /// <summary>RFC 9562 section 5.5: the first 16 bytes of SHA-1 over the namespace in network order and the name in UTF-8.</summary>
    internal static Guid Version5(Guid space, string name)
    {
        byte[] input = [.. space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)];
#pragma warning disable CA5350 // SHA-1 is what the RFC prescribes; nothing here rests on its strength.
        var bytes = SHA1.HashData(input).AsSpan(0, 16);
#pragma warning restore CA5350
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x50);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
