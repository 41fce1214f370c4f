using System.Text.RegularExpressions;
using CopilotSentinelKit.Generate.Templates;

namespace CopilotSentinelKit.Emit.Formats;

/// <summary>Writes values and names of Splunk's configuration files. A value is all of its line; a backslash at the end of a line joins it with
/// the next.</summary>
internal static partial class ConfText
{
    /// <summary>A value; one of several lines is continued.</summary>
    /// <exception cref="TemplateMistake">A line of it ends in a backslash, or it has characters that cannot be seen.</exception>
    public static string Value(string value)
    {
        var lines = value.TrimEnd('\n').Split('\n');
        if (lines.Any(line => line.EndsWith('\\') || line.Any(c => char.IsControl(c) && c != '\t')))
        {
            throw TemplateMistake.Value("A value of a .conf file may have no line that ends in a backslash, and no control characters.");
        }

        return string.Join("\\\n", lines);
    }

    /// <summary>The name of a stanza, setting or field.</summary>
    /// <exception cref="TemplateMistake">It has characters that would end it.</exception>
    public static string Name(string name) => Word().IsMatch(name) ? name
        : throw TemplateMistake.Value($"\"{name}\" is no name in a .conf file: letters, digits, and any of _ . : @ {{ }} -");

    [GeneratedRegex(@"\A[A-Za-z0-9_.:@{}-]+\z")]
    private static partial Regex Word();
}
