using System.Collections.Immutable;
using YamlDotNet.Core;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>Where each line of a scalar's value stands in the file. Nothing is assumed of how YAML read it: a line counts only
/// where the file has the very text of the value.</summary>
internal static class ScalarLines
{
    /// <summary>Offsets of the value's lines and the end of the last one; no lines when the value is not verbatim.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Offset of the scalar's first character: quote, block indicator or text.</param>
    /// <param name="end">Offset behind its last character, as the parser gives it.</param>
    /// <param name="value">Its value.</param>
    /// <param name="style">How it is written.</param>
    public static (ImmutableArray<int> Starts, int End) Find(SourceFile file, int start, int end, string value, ScalarStyle style)
    {
        if (style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            var (starts, blockEnd) = style == ScalarStyle.Literal ? FindLiteral(file, start, value) : ([], 0);
            return starts.IsEmpty ? ([], TrimmedEnd(file, start, end)) : (starts, blockEnd);
        }

        var quote = style == ScalarStyle.Plain ? 0 : 1;
        var verbatim = end - start == value.Length + (2 * quote)
            && !value.Contains('\n')
            && file.Text.AsSpan(start + quote, value.Length).SequenceEqual(value);
        return (verbatim ? [start + quote] : [], end);
    }

    private static (ImmutableArray<int> Starts, int End) FindLiteral(SourceFile file, int start, string value)
    {
        // A final line break ends the last line; it does not start another.
        var lines = (value.EndsWith('\n') ? value[..^1] : value).Split('\n');
        var firstLine = file.GetPosition(start).Line + 1;
        if (value.Length == 0 || firstLine + lines.Length - 1 > file.LineCount)
        {
            return ([], 0);
        }

        var indent = Indent(file, firstLine, lines);
        var starts = ImmutableArray.CreateBuilder<int>(lines.Length);
        var end = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            var written = file.GetLine(firstLine + i);
            var blank = lines[i].Length == 0 && written.Length <= indent;
            var lead = blank ? written.Length : indent;
            if (written.Length != lead + lines[i].Length
                || written.AsSpan(0, lead).ContainsAnyExcept(' ')
                || !written.EndsWith(lines[i], StringComparison.Ordinal))
            {
                return ([], 0);
            }

            starts.Add(file.GetOffset(firstLine + i, lead + 1));
            end = starts[i] + lines[i].Length;
        }

        return (starts.MoveToImmutable(), end);
    }

    private static int Indent(SourceFile file, int firstLine, string[] lines)
    {
        var index = Array.FindIndex(lines, line => line.Length > 0);
        return index < 0 ? int.MaxValue : Math.Max(0, file.GetLine(firstLine + index).Length - lines[index].Length);
    }

    private static int TrimmedEnd(SourceFile file, int start, int end) =>
        start + file.Text.AsSpan(start, end - start).TrimEnd(" \t\r\n").Length;
}
