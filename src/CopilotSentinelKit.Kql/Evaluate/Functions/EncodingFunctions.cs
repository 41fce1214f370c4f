using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Base64 and URLs.</summary>
internal static partial class EncodingFunctions
{
    private const KqlType S = KqlType.String;
    private static readonly SearchValues<char> Uncertain = SearchValues.Create("!'()*~");
    private static readonly UTF8Encoding Strict8 = new(false, throwOnInvalidBytes: true);

    public static IEnumerable<ScalarFunction> All =>
    [
        Unary("base64_encode_tostring(text)", S, S, text => Value.Of(Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Text)))),
        Unary("base64_decode_tostring(text)", S, S, text => Decode(text.Text)),
        Unary("url_encode(text)", S, S, text => Value.Of(Encode(text.Text).Replace("%20", "+", StringComparison.Ordinal))),
        Unary("url_encode_component(text)", S, S, text => Value.Of(Encode(text.Text))),
        Unary("url_decode(text)", S, S, text => Value.Of(Uri.UnescapeDataString(text.Text))),
        Unary("parse_url(text)", S, KqlType.Dynamic, text => ParseUrl(text.Text)),
        Unary("parse_urlquery(text)", S, KqlType.Dynamic, text => Value.Of(DynamicBag.From([KeyValuePair.Create("Query Parameters", QueryOf(text.Text.TrimStart('?')))]))),
    ];

    // The documented examples have small hexadecimal digits.
    private static string Encode(string text) => text.AsSpan().ContainsAny(Uncertain)
        ? throw EvaluationException.Of("Whether url_encode() leaves ! ' ( ) * and ~ as they are is not documented.")
        : Escape().Replace(Uri.EscapeDataString(text), match => match.Value.ToLowerInvariant());

    private static Value Decode(string text)
    {
        try
        {
            return Value.Of(Strict8.GetString(Convert.FromBase64String(text)));
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return Value.Null;
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
