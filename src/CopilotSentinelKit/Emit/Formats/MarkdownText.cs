using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>Writes values into Markdown: https://spec.commonmark.org/0.31.2, with the tables of GitHub.</summary>
internal static partial class MarkdownText
{
    /// <summary>Text in a line, a heading or the cell of a table: what would mean something else is escaped, lines become one.</summary>
    public static string Line(string value)
    {
        var line = Special().Replace(Breaks().Replace(value, " "), match => "\\" + match.Value);
        return Marker().Replace(line, match => match.Groups[1].Value + "\\" + match.Groups[2].Value);
    }

    /// <summary>A block of code, its fence longer than any run of its character inside.</summary>
    /// <param name="value">The code.</param>
    /// <param name="language">The language's name, or empty.</param>
    /// <param name="indent">Spaces before the line that it stands in.</param>
    public static string Code(string value, string language, int indent)
    {
        var fence = new string('`', Math.Max(3, Backticks().Matches(value).Select(match => match.Length).DefaultIfEmpty().Max() + 1));
        return ModelValue.Indented($"{fence}{NoWord().Replace(language, "")}\n{value.TrimEnd('\n')}\n{fence}", indent);
    }

    [GeneratedRegex(@"[\\`*_\[\]<>|~&$]")]
    private static partial Regex Special();

    // Only at the start of a line do these begin a heading, a list, a rule or a quotation.
    [GeneratedRegex(@"\A(\s*[0-9]*)([#+\-=.)])")]
    private static partial Regex Marker();

    [GeneratedRegex(@"[\r\n\t\f\v\u0085\u2028\u2029]+")]
    private static partial Regex Breaks();

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();

    [GeneratedRegex("[^A-Za-z0-9_+-]")]
    private static partial Regex NoWord();
}
