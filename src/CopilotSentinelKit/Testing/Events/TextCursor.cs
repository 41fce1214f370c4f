using System.Text;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>Cuts a text of any size into JSON values, lines and rows of a CSV, without understanding more of them than where they end.</summary>
internal sealed class TextCursor(TextReader text)
{
    private long _line = 1;

    /// <summary>The line of the next character, from 1.</summary>
    public long Line => _line;

    public int Peek() => text.Peek();

    public int Read()
    {
        var character = text.Read();
        if (character == '\n')
        {
            _line++;
        }

        return character;
    }

    public void SkipBlank(bool alsoCommas = false)
    {
        while (Peek() is ' ' or '\t' or '\r' or '\n' or '\uFEFF' || (alsoCommas && Peek() == ','))
        {
            Read();
        }
    }

    /// <summary>Whether the rest of the line is blank.</summary>
    public bool AtLineEnd()
    {
        while (Peek() is ' ' or '\t' or '\r')
        {
            Read();
        }

        return Peek() == '\n';
    }

    /// <summary>A value with all that is inside of it; null when it is longer than allowed. Outside of objects and lists, the rest of the line.</summary>
    public string? ReadValue(int longest)
    {
        if (Peek() is not ('{' or '['))
        {
            return ReadLine(longest);
        }

        var value = new StringBuilder();
        var (depth, quoted) = (0, false);
        do
        {
            var character = Read();
            if (character == -1)
            {
                break;
            }

            value.Append((char)character);
            if (value.Length > longest)
            {
                return null;
            }

            if (character == '\\' && quoted)
            {
                value.Append((char)Math.Max(Read(), ' '));
            }
            else if (character == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted)
            {
                depth += character is '{' or '[' ? 1 : character is '}' or ']' ? -1 : 0;
            }
        }
        while (depth > 0);
        return value.ToString();
    }

    /// <summary>The rest of the line without its end; null when it is longer than allowed.</summary>
    public string? ReadLine(int longest) => ReadWhile(longest, acrossQuotes: false);

    /// <summary>A row of a CSV, whose quoted values may hold line ends; null when it is longer than allowed.</summary>
    public string? ReadRow(int longest) => ReadWhile(longest, acrossQuotes: true);

    private string? ReadWhile(int longest, bool acrossQuotes)
    {
        var row = new StringBuilder();
        var quoted = false;
        for (var character = Read(); character != -1 && (character != '\n' || quoted); character = Read())
        {
            quoted ^= acrossQuotes && character == '"';
            row.Append((char)character);
            if (row.Length > longest)
            {
                return null;
            }
        }

        return row.Length > 0 && row[^1] == '\r' ? row.ToString(0, row.Length - 1) : row.ToString();
    }
}
