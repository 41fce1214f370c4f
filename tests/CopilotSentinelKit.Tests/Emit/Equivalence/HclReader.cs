using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CopilotSentinelKit.Tests.Emit.Equivalence;

/// <summary>A block of Terraform: its words, and its arguments as JSON. What is no literal is a text that starts with "=".</summary>
internal sealed record HclBlock(string Words, JsonObject Arguments);

/// <summary>Reads as much of Terraform's language as the kit writes; anything else is an exception.</summary>
internal sealed class HclReader(string text)
{
    private int _at;

    /// <summary>The blocks of a file.</summary>
    public static IEnumerable<HclBlock> Read(string text)
    {
        var reader = new HclReader(text);
        while (reader.Skip())
        {
            var words = reader.Until('{').Replace("\"", "", StringComparison.Ordinal).Trim();
            yield return new(words, reader.Object());
        }
    }

    private char Next => text[_at];

    // White space, commas and comments; whether anything is left.
    private bool Skip()
    {
        while (_at < text.Length && (char.IsWhiteSpace(Next) || Next is ',' or '#'))
        {
            _at = Next == '#' ? text.IndexOf('\n', _at) : _at + 1;
        }

        return _at < text.Length;
    }

    private string Until(char end)
    {
        var start = _at;
        _at = text.IndexOf(end, _at);
        return text[start.._at];
    }

    private JsonObject Object()
    {
        var result = new JsonObject();
        _at++;
        while (Skip() && Next != '}')
        {
            var key = Next == '"' ? Quoted() : Word();
            Skip();
            if (Next == '{' || Next == '"')
            {
                // A block in a block, such as required_providers.
                result.Add(key, Object());
                continue;
            }

            Assert.That(Next, Is.EqualTo('='), $"behind {key}");
            _at++;
            Skip();
            result.Add(key, Value());
        }

        _at++;
        return result;
    }

    private JsonNode? Value()
    {
        if (Next == '{')
        {
            return Object();
        }

        if (Next == '"')
        {
            return Quoted();
        }

        if (Next == '[')
        {
            var list = new JsonArray();
            _at++;
            while (Skip() && Next != ']')
            {
                list.Add(Value());
            }

            _at++;
            return list;
        }

        if (text.AsSpan(_at).StartsWith("chomp(<<EOT\n", StringComparison.Ordinal))
        {
            _at += "chomp(<<EOT\n".Length;
            var end = text.IndexOf("\nEOT\n", _at, StringComparison.Ordinal);
            var lines = text[_at..end];
            _at = text.IndexOf(')', end) + 1;
            return Plain(lines);
        }

        var start = _at;
        var word = Word();
        while (_at < text.Length && Next == '(')
        {
            Nested();
        }

        return word is "true" or "false" ? word == "true" : long.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : "=" + text[start.._at];
    }

    private void Nested()
    {
        for (var depth = 0; ; _at++)
        {
            depth += Next switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                _at++;
                return;
            }
        }
    }

    private string Word()
    {
        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(Next) || Next is '_' or '-' or '.'))
        {
            _at++;
        }

        Assert.That(_at, Is.GreaterThan(start), $"no word: {text[start..Math.Min(start + 40, text.Length)]}");
        return text[start.._at];
    }

    private string Quoted()
    {
        var result = new StringBuilder();
        for (_at++; Next != '"'; _at++)
        {
            if (Next != '\\')
            {
                result.Append(Next);
                continue;
            }

            _at++;
            result.Append(Next switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'u' => Code(), _ => Next });
        }

        _at++;
        return Plain(result.ToString());
    }

    private char Code()
    {
        _at += 4;
        return (char)int.Parse(text.AsSpan(_at - 3, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    private static string Plain(string value) => value.Replace("$${", "${", StringComparison.Ordinal).Replace("%%{", "%{", StringComparison.Ordinal);
}
