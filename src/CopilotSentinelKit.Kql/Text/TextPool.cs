namespace CopilotSentinelKit.Kql.Text;

/// <summary>One copy of each short text that comes again and again: the names of members, and values such as ids of users, are most of
/// what a large file of records would take in memory.</summary>
internal sealed class TextPool
{
    private const int Longest = 64;
    private const int Most = 50_000;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    /// <summary>The text of some characters.</summary>
    public string Of(ReadOnlySpan<char> characters)
    {
        if (characters.Length > Longest)
        {
            return characters.ToString();
        }

        var known = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(characters, out var text))
        {
            return text;
        }

        text = characters.ToString();
        if (_texts.Count < Most)
        {
            _texts.Add(text);
        }

        return text;
    }
}
