using System.Text;

namespace CopilotSentinelKit.Kql.Evaluate.Operators;

/// <summary>Keys and values between delimiters, perhaps in quotes.</summary>
/// <param name="pairDelimiter">What stands between pairs.</param>
/// <param name="keyDelimiter">What stands between a key and its value.</param>
/// <param name="quotes">Pairs of quotes: the opening one and, when it differs, the closing one.</param>
/// <param name="escapes">The characters that make a quote or one of themselves literal within quotes.</param>
internal sealed class KeyValueReader(string pairDelimiter, string keyDelimiter, string[] quotes, string escapes)
{
    public IEnumerable<(string Key, string Value)> Read(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var (key, isQuoted, next) = ReadPart(text, at, keyDelimiter);
            if (next < 0)
            {
                yield break;
            }

            // The last value ends with the text.
            var (value, _, after) = ReadPart(text, next, pairDelimiter);
            yield return (isQuoted ? key : KeyOf(key), value);
            if (after < 0)
            {
                yield break;
            }

            at = after;
        }
    }

    // What stands between the value before and the key belongs to neither.
    private string KeyOf(string part)
    {
        var trimmed = part.Trim();
        var delimiter = trimmed.LastIndexOf(pairDelimiter, StringComparison.Ordinal);
        return delimiter < 0 ? trimmed : trimmed[(delimiter + pairDelimiter.Length)..];
    }

    /// <summary>The text before a delimiter, and the place after that; -1 when there is none.</summary>
    private (string Part, bool IsQuoted, int Next) ReadPart(string text, int at, string delimiter)
    {
        var start = at;
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        var (part, end) = start < text.Length && Array.Find(quotes, quote => quote[0] == text[start]) is { } found && Quoted(text, start + 1, found[^1]) is { } quoted
            ? quoted
            : (null, start);
        var next = text.IndexOf(delimiter, end, StringComparison.Ordinal);
        return (part ?? (next < 0 ? text[start..] : text[start..next]), part is not null, next < 0 ? -1 : next + delimiter.Length);
    }

    /// <summary>What stands before the closing quote, and the place after that; null when nothing closes it.</summary>
    private (string Part, int End)? Quoted(string text, int start, char close)
    {
        var part = new StringBuilder();
        for (var i = start; i < text.Length; i++)
        {
            if (escapes.Contains(text[i], StringComparison.Ordinal) && i + 1 < text.Length && (text[i + 1] == close || escapes.Contains(text[i + 1], StringComparison.Ordinal)))
            {
                i++;
            }
            else if (text[i] == close)
            {
                return (part.ToString(), i + 1);
            }

            part.Append(text[i]);
        }

        return null;
    }
}
