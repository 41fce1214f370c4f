using System.Globalization;
using System.Text;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>The value of a JSON string and where each part of it stands.</summary>
internal sealed class JsonString
{
    // Runs that stand in the text as in the value: a run starts behind each escape.
    private readonly List<(int Value, int Text)> _runs;

    private JsonString(string value, List<(int Value, int Text)> runs) => (Value, _runs) = (value, runs);

    /// <summary>The text that it stands for.</summary>
    public string Value { get; }

    /// <summary>Reads the text between two quotes, whose escapes are known to be whole.</summary>
    public static JsonString Read(string text, int start, int end, TextPool pool)
    {
        var runs = new List<(int, int)> { (0, start) };
        var escape = text.AsSpan(start, end - start).IndexOf('\\');
        if (escape < 0)
        {
            return new(pool.Of(text.AsSpan(start, end - start)), runs);
        }

        var value = new StringBuilder(end - start);
        var position = start;
        while (escape >= 0)
        {
            value.Append(text, position, escape);
            position += escape;
            value.Append(Unescape(text.AsSpan(position + 1)));
            position += text[position + 1] == 'u' ? 6 : 2;
            runs.Add((value.Length, position));
            escape = text.AsSpan(position, end - position).IndexOf('\\');
        }

        return new(value.Append(text, position, end - position).ToString(), runs);
    }

    /// <summary>Where a character of the value stands; offsets outside give the quotes.</summary>
    public int Offset(int offset)
    {
        var inside = Math.Clamp(offset, 0, Value.Length);
        var index = _runs.BinarySearch((inside, int.MaxValue));
        var (value, text) = _runs[~index - 1];
        return text + inside - value;
    }

    private static char Unescape(ReadOnlySpan<char> escape) => escape[0] switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => (char)ushort.Parse(escape.Slice(1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        var character => character,
    };
}
