using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace CopilotSentinelKit.Findings.Reporters;

/// <summary>The hash that GitHub's upload action gives to lines of a file: of the hundred characters from the line's start on, without spaces
/// and tabs, as a polynomial in 37 modulo 2^64; then, behind a colon, which of the lines with this hash it is.</summary>
internal sealed class LineHashes
{
    private const int Window = 100;
    private const ulong Base = 37;

    private readonly ImmutableArray<string> _hashes;

    /// <param name="text">The file's text.</param>
    public LineHashes(string text)
    {
        var counts = new Dictionary<ulong, int>();
        var (characters, starts) = Read(text);
        _hashes =
        [
            .. from start in starts
               let hash = Hash(characters, start)
               let count = counts[hash] = counts.GetValueOrDefault(hash) + 1
               select string.Create(CultureInfo.InvariantCulture, $"{hash:x}:{count}"),
        ];
    }

    /// <summary>The hash of a 1-based line.</summary>
    public string Of(int line) => _hashes[Math.Min(line, _hashes.Length) - 1];

    private static ulong Hash(string characters, int start)
    {
        var hash = 0UL;
        for (var i = start; i < start + Window; i++)
        {
            hash = unchecked((hash * Base) + (i < characters.Length ? characters[i] : 0UL));
        }

        return hash;
    }

    /// <summary>The characters that count, with LF for every line end and U+FFFF at the end, and where each line starts in them.</summary>
    private static (string Characters, List<int> Starts) Read(string text)
    {
        var characters = new StringBuilder(text.Length + 1);
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is ' ' or '\t' || (text[i] == '\n' && i > 0 && text[i - 1] == '\r'))
            {
                continue;
            }

            characters.Append(text[i] == '\r' ? '\n' : text[i]);
            if (text[i] is '\n' or '\r')
            {
                starts.Add(characters.Length);
            }
        }

        return (characters.Append('\uFFFF').ToString(), starts);
    }
}
