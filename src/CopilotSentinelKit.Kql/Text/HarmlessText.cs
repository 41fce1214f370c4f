using System.Text;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>Text for terminals and logs. Names, paths and texts come from files and servers: none of them may move the cursor, turn the
/// direction of writing round, start a line of its own, or speak to the system that runs the build.</summary>
public static class HarmlessText
{
    // Systems that run builds look for these anywhere in a line: GitHub Actions for the first, Azure DevOps for both.
    private static readonly string[] Commands = ["##[", "##vso["];

    /// <summary>A text on one line: a blank for each control character and line end, U+FFFD for what turns or hides text and for half a
    /// surrogate pair. It stays as long as it was, but for a backslash in front of what would be a command.</summary>
    public static string Line(string text) => Clean(text, keepLines: false);

    /// <summary>The same of a text of several lines, whose line feeds and tabs stay.</summary>
    public static string Lines(string text) => Clean(text, keepLines: true);

    /// <summary>The text with U+FFFD in place of half surrogate pairs, which no encoding can carry.</summary>
    public static string Whole(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>Whether a character turns the direction of writing round, or is seen by nobody.</summary>
    internal static bool IsHidden(char character) =>
        character is '\u061C' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or '\uFEFF' or (>= '\uFFF9' and <= '\uFFFB');

    private static string Clean(string text, bool keepLines)
    {
        if (!NeedsCleaning(text, keepLines))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length + 2);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            if (isPair)
            {
                clean.Append(text, i++, 2);
            }
            else
            {
                clean.Append(Shown(text[i], keepLines));
            }
        }

        foreach (var command in Commands)
        {
            clean.Replace(command, "#\\" + command[1..]);
        }

        return clean.ToString();
    }

    private static bool NeedsCleaning(string text, bool keepLines)
    {
        foreach (var character in text)
        {
            if (char.IsSurrogate(character) || character != Shown(character, keepLines))
            {
                return true;
            }
        }

        return Array.Exists(Commands, command => text.Contains(command, StringComparison.Ordinal));
    }

    private static char Shown(char character, bool keepLines) =>
        keepLines && (character is '\n' or '\t') ? character
        : char.IsControl(character) || character is '\u2028' or '\u2029' ? ' '
        : char.IsSurrogate(character) || IsHidden(character) ? '\uFFFD'
        : character;
}
