using System.Globalization;
using System.Text;
using CopilotSentinelKit.Kql.Evaluate.Values;

namespace CopilotSentinelKit.Kql.Evaluate.Expressions;

/// <summary>The values of literals.</summary>
internal static class Literals
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>The value of a literal as it is written: <c>3</c>, <c>int(3)</c>, <c>1.5h</c>, <c>datetime(2026-01-31)</c>, <c>'text'</c>; null when it is no such.</summary>
    public static Value? Read(KqlType type, string literal)
    {
        if (type == KqlType.String)
        {
            return Value.Of(Text(literal));
        }

        var inner = Inner(literal);
        return inner is "null" or "" ? Value.Null : type switch
        {
            KqlType.Bool => Conversion.To(type, Value.Of(inner)),
            KqlType.Real => ReadReal(inner),
            KqlType.Dynamic => inner.Length > 0 && inner[0] is '[' or '{' or '"' ? DynamicJson.TryParse(inner) : null,
            _ => Conversion.To(type, Value.Of(Unquoted(inner))) is { IsNull: false } value ? value : null,
        };
    }

    /// <summary>The text of a string literal: quoted with escapes, verbatim (@), hidden (h), or in ``` or ~~~.</summary>
    public static string Text(string literal)
    {
        var text = literal.AsSpan();
        if (text.Length > 0 && text[0] is 'h' or 'H')
        {
            text = text[1..];
        }

        if (text.StartsWith("```") || text.StartsWith("~~~"))
        {
            return text[3..^3].ToString();
        }

        if (text.StartsWith("@"))
        {
            var quote = text[1].ToString();
            return text[2..^1].ToString().Replace(quote + quote, quote, StringComparison.Ordinal);
        }

        return Unescape(text[1..^1]);
    }

    private static string Inner(string literal)
    {
        var open = literal.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && literal.EndsWith(')') ? literal[(open + 1)..^1].Trim() : literal.Trim();
    }

    private static string Unquoted(string text) => text.Length > 1 && text[0] is '"' or '\'' ? Text(text) : text;

    private static Value? ReadReal(string text) => text switch
    {
        "nan" => Value.Of(double.NaN),
        "+inf" or "inf" => Value.Of(double.PositiveInfinity),
        "-inf" => Value.Of(double.NegativeInfinity),
        _ => double.TryParse(text, NumberStyles.Float, Culture, out var number) ? Value.Of(number) : null,
    };

    private static string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\'))
        {
            return text.ToString();
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            var escape = text[++i];
            var digits = escape switch { 'u' => 4, 'x' => 2, 'U' => 8, _ => 0 };
            if (digits > 0 && i + digits < text.Length && int.TryParse(text.Slice(i + 1, digits), NumberStyles.AllowHexSpecifier, Culture, out var code))
            {
                result.Append(char.ConvertFromUtf32(code));
                i += digits;
                continue;
            }

            result.Append(escape switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', 'a' => '\a', 'v' => '\v', '0' => '\0', _ => escape });
        }

        return result.ToString();
    }
}
