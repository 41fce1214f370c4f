using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Cli;

/// <summary>Writes what the kit says, and makes what others put into it harmless. A line is one line, whatever is in it.</summary>
/// <param name="inner">Where it goes.</param>
/// <param name="colour">Whether the kit's own colours pass.</param>
internal sealed partial class TerminalWriter(TextWriter inner, bool colour) : TextWriter(inner.FormatProvider)
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            inner.Write(Tamed(colour ? string.Concat(Colour().Split(value).Select((part, i) => i % 2 == 0 ? HarmlessText.Lines(part) : part)) : HarmlessText.Lines(value)));
        }
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value) => inner.WriteLine(Tamed(HarmlessText.Line(value ?? "")));

    /// <inheritdoc/>
    public override void WriteLine() => inner.WriteLine();

    /// <inheritdoc/>
    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    // GitHub Actions takes a line for a command that starts with two colons, blanks before them left out.
    private static string Tamed(string text) => text.Contains("::", StringComparison.Ordinal) ? Command().Replace(text, "$1\\::") : text;

    [GeneratedRegex("^([ \t]*)::", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("(\e\\[[0-9;]*m)")]
    private static partial Regex Colour();
}
