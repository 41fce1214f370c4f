using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Base64 and URLs.</summary>
internal static partial class EncodingFunctions
{
    private const KqlType S = KqlType.String;
    private const int BufferSize = 1 << 16;
    private const int LargestUnpacked = 1 << 26;
    private static readonly SearchValues<char> Uncertain = SearchValues.Create("!'()*~");
    private static readonly UTF8Encoding Strict8 = new(false, throwOnInvalidBytes: true);

    public static IEnumerable<ScalarFunction> All =>
    [
        Unary("base64_encode_tostring(text)", S, S, text => Value.Of(Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Text)))),
        Unary("base64_decode_tostring(text)", S, S, text => Decode(text.Text)),
        Unary("base64_encodestring(text)", S, S, text => Value.Of(Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Text)))),
        Unary("base64_decodestring(text)", S, S, text => Decode(text.Text)),
        Unary("base64_decode_toarray(text)", S, KqlType.Dynamic, text => Bytes(text.Text) is { } bytes ? ArrayFunctions.Of(bytes.Select(octet => Value.Of((long)octet))) : Value.Null),
        Unary("base64_encode_fromarray(bytes)", KqlType.Dynamic, S, FromArray),
        Unary("base64_encode_fromguid(guid)", KqlType.Guid, S, guid => Value.Of(Convert.ToBase64String(guid.AsGuid.ToByteArray()))),
        Unary("gzip_decompress_from_base64_string(text)", S, S, text => Decompress(text.Text, bytes => new GZipStream(bytes, CompressionMode.Decompress))),
        Unary("zlib_decompress_from_base64_string(text)", S, S, text => Decompress(text.Text, bytes => new ZLibStream(bytes, CompressionMode.Decompress))),
        Unary("url_encode(text)", S, S, text => Value.Of(Encode(text.Text).Replace("%20", "+", StringComparison.Ordinal))),
        Unary("url_encode_component(text)", S, S, text => Value.Of(Encode(text.Text))),
        Unary("url_decode(text)", S, S, text => Value.Of(Uri.UnescapeDataString(text.Text))),
        Unary("parse_url(text)", S, KqlType.Dynamic, text => ParseUrl(text.Text)),
        Unary("parseurl(text)", S, KqlType.Dynamic, text => ParseUrl(text.Text)),
        Unary("parse_urlquery(text)", S, KqlType.Dynamic, text => Value.Of(DynamicBag.From([KeyValuePair.Create("Query Parameters", QueryOf(text.Text.TrimStart('?')))]))),
    ];

    // The documented examples have small hexadecimal digits.
    private static string Encode(string text) => text.AsSpan().ContainsAny(Uncertain)
        ? throw EvaluationException.Of("Whether url_encode() leaves ! ' ( ) * and ~ as they are is not documented.")
        : Escape().Replace(Uri.EscapeDataString(text), match => match.Value.ToLowerInvariant());

    private static Value Decode(string text) => Bytes(text) is { } bytes ? OfUtf8(bytes) : Value.Null;

    private static byte[]? Bytes(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? bytes[..count] : null;
    }

    private static Value OfUtf8(byte[] bytes)
    {
        try
        {
            return Value.Of(Strict8.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return Value.Null;
        }
    }

    // Bytes that are no UTF-8 give nothing, as the documented example shows.
    private static Value FromArray(Value value) =>
        value.AsArray is { } array && array.Items.All(item => item is { Kind: ValueKind.Long, Bits: >= 0 and <= byte.MaxValue })
        && array.Items.Select(item => (byte)item.Bits).ToArray() is var bytes && !OfUtf8(bytes).IsNull
            ? Value.Of(Convert.ToBase64String(bytes))
            : Value.Null;

    private static Value Decompress(string text, Func<Stream, Stream> open)
    {
        if (Bytes(text) is not { } bytes)
        {
            return Value.Empty;
        }

        try
        {
            using var packed = new MemoryStream(bytes);
            using var unpacked = open(packed);
            using var result = new MemoryStream();
            var buffer = new byte[BufferSize];
            for (var read = unpacked.Read(buffer); read > 0; read = unpacked.Read(buffer))
            {
                result.Write(buffer, 0, read);
                if (result.Length > LargestUnpacked)
                {
                    throw EvaluationException.Of("A compressed text is larger than 64 MiB when it is unpacked.");
                }
            }

            return OfUtf8(result.ToArray());
        }
        catch (InvalidDataException)
        {
            return Value.Empty;
        }
    }

    private static Value ParseUrl(string text)
    {
        var match = Url().Match(text);
        Value Part(string name) => Value.Of(match.Success ? match.Groups[name].Value : "");
        return Value.Of(DynamicBag.From(new Dictionary<string, Value>
        {
            ["Scheme"] = Part("scheme"),
            ["Host"] = Part("host"),
            ["Port"] = Part("port"),
            ["Path"] = Part("path"),
            ["Username"] = Part("user"),
            ["Password"] = Part("password"),
            ["Query Parameters"] = QueryOf(match.Success ? match.Groups["query"].Value : ""),
            ["Fragment"] = Part("fragment"),
        }));
    }

    private static Value QueryOf(string query) => Value.Of(DynamicBag.From(query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
    {
        var equal = pair.IndexOf('=', StringComparison.Ordinal);
        return equal < 0 ? KeyValuePair.Create(pair, Value.Empty) : KeyValuePair.Create(pair[..equal], Value.Of(pair[(equal + 1)..]));
    })));

    [GeneratedRegex("%[0-9A-F]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    [GeneratedRegex(
        @"\A(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):(//((?<user>[^:@/?#]*)(:(?<password>[^@/?#]*))?@)?(?<host>\[[^\]]*\]|[^:/?#]*)(:(?<port>[0-9]*))?)?(?<path>[^?#]*)(\?(?<query>[^#]*))?(#(?<fragment>.*))?\z",
        RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Url();
}
