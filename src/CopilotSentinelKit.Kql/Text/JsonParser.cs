using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>JSON that others wrote, as a document all of whose texts can be read: what is no Unicode in one, a byte that starts no
/// character or half of a surrogate pair, becomes U+FFFD. The library reads such a document and throws at the text, much later.</summary>
internal static class JsonParser
{
    private const int EscapeLength = 6;

    /// <summary>The document of some bytes, which it may change.</summary>
    /// <exception cref="JsonException">They are no JSON, or nest too deeply.</exception>
    public static JsonDocument Parse(byte[] utf8, JsonDocumentOptions options = default)
    {
        var valid = Utf8.IsValid(utf8) ? utf8 : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8));
        Mend(valid);
        return JsonDocument.Parse(valid, options);
    }

    /// <summary>The document of a text.</summary>
    /// <exception cref="JsonException">It is no JSON, or nests too deeply.</exception>
    public static JsonDocument Parse(string text, JsonDocumentOptions options = default) => Parse(Encoding.UTF8.GetBytes(text), options);

    // An escape of six bytes is overwritten by another of six. Outside of texts a backslash is an error anyway.
    private static void Mend(Span<byte> json)
    {
        var at = 0;
        while (json[at..].IndexOf((byte)'\\') is >= 0 and var step)
        {
            at += step;
            var (isHigh, isLow) = (IsHalf(json[at..], "89ab"u8), IsHalf(json[at..], "cdef"u8));
            var isPair = isHigh && IsHalf(json[(at + EscapeLength)..], "cdef"u8);
            if ((isHigh || isLow) && !isPair)
            {
                "\\uFFFD"u8.CopyTo(json[at..]);
            }

            at = Math.Min(json.Length, at + (isPair ? 2 * EscapeLength : 2));
        }
    }

    private static bool IsHalf(ReadOnlySpan<byte> json, ReadOnlySpan<byte> digits) =>
        json.Length >= EscapeLength && json[0] == '\\' && json[1] == 'u' && (json[2] | 0x20) == 'd' && digits.Contains((byte)(char.IsAsciiDigit((char)json[3]) ? json[3] : json[3] | 0x20));
}
