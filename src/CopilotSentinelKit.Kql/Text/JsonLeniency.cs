namespace CopilotSentinelKit.Kql.Text;

/// <summary>Makes strict JSON of what Azure Resource Manager reads, character for character, so that all offsets stay.</summary>
internal static class JsonLeniency
{
    /// <summary>The text with a space for each control character inside a string and for each kind of white space outside that JSON does not
    /// know. Only for finding where values stand: their text is that of the original.</summary>
    public static string Mask(string text)
    {
        var masked = text.ToCharArray();
        var position = 0;
        while (position < masked.Length)
        {
            position = masked[position] switch
            {
                '"' => MaskString(masked, position + 1),
                '/' when position + 1 < masked.Length && masked[position + 1] is '/' or '*' => SkipComment(text, position),
                _ => MaskSpace(masked, position),
            };
        }

        return new(masked);
    }

    private static int MaskString(char[] text, int position)
    {
        while (position < text.Length && text[position] != '"')
        {
            if (text[position] == '\\')
            {
                position++;
            }
            else if (text[position] < ' ')
            {
                text[position] = ' ';
            }

            position++;
        }

        return position + 1;
    }

    private static int SkipComment(string text, int position)
    {
        var line = text[position + 1] == '/';
        var end = line ? text.AsSpan(position + 2).IndexOfAny('\r', '\n') : text.AsSpan(position + 2).IndexOf("*/");
        return end < 0 ? text.Length : position + 2 + end + (line ? 0 : 2);
    }

    private static int MaskSpace(char[] text, int position)
    {
        if (text[position] == '\uFEFF' || (text[position] > ' ' && char.IsWhiteSpace(text[position])))
        {
            text[position] = ' ';
        }

        return position + 1;
    }
}
