namespace CopilotSentinelKit.Evaluate.Operators;

/// <summary>Keys and values between delimiters, perhaps in quotes.</summary>
/// <param name="pairDelimiter">What stands between pairs.</param>
/// <param name="keyDelimiter">What stands between a key and its value.</param>
/// <param name="quotes">The opening quote and, when it differs, the closing one; null when there are none.</param>
internal sealed class KeyValueReader(string pairDelimiter, string keyDelimiter, string? quotes)
{
    public IEnumerable<(string Key, string Value)> Read(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var key = ReadPart(text, ref at, keyDelimiter);
            if (key is null)
            {
                yield break;
            }

            // The last value ends with the text.
            var value = ReadPart(text, ref at, pairDelimiter) ?? text[at..];
            yield return (key, value);
            at = Math.Max(at, 0);
            if (_atEnd)
            {
                yield break;
            }
        }
    }

    private bool _atEnd;

    private string? ReadPart(string text, ref int at, string delimiter)
    {
        var start = at;
        while (start < text.Length && char.IsWhiteSpace(text[start]) && !text.AsSpan(start).StartsWith(delimiter))
        {
            start++;
        }

        if (quotes is { Length: > 0 } && start < text.Length && text[start] == quotes[0] && text.IndexOf(quotes[^1], start + 1) is var close and > 0)
        {
            var after = text.IndexOf(delimiter, close + 1, StringComparison.Ordinal);
            _atEnd = after < 0;
            at = after < 0 ? text.Length : after + delimiter.Length;
            return text[(start + 1)..close];
        }

        var end = text.IndexOf(delimiter, at, StringComparison.Ordinal);
        _atEnd = end < 0;
        if (end < 0)
        {
            return null;
        }

        var part = text[at..end];
        at = end + delimiter.Length;
        return part;
    }
}
