using System.Text;

namespace CopilotSentinelKit.Cli;

/// <summary>Text in lines of a width.</summary>
internal static class Paragraph
{
    /// <summary>Each paragraph (parted by empty lines) broken at spaces; a word that is longer than the width stays whole. No line break at the end.</summary>
    /// <param name="text">The text; single line breaks are spaces.</param>
    /// <param name="width">The most characters of a line.</param>
    /// <param name="indent">How far lines after the first of a paragraph stand in.</param>
    public static string Wrap(string text, int width, int indent = 0)
    {
        var wrapped = new StringBuilder();
        foreach (var paragraph in text.Split("\n\n"))
        {
            wrapped.Append(wrapped.Length > 0 ? "\n\n" : "");
            var used = 0;
            foreach (var word in paragraph.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (used > 0 && used + 1 + word.Length > width)
                {
                    wrapped.Append('\n').Append(' ', indent);
                    used = indent;
                }
                else if (used > 0)
                {
                    wrapped.Append(' ');
                    used++;
                }

                wrapped.Append(word);
                used += word.Length;
            }
        }

        return wrapped.ToString();
    }
}
