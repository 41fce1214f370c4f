using System.Collections.Immutable;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>A text that findings point into: a YAML file, a template, or the command line.</summary>
/// <param name="path">Path as a person would type it, with forward slashes; shown in findings.</param>
/// <param name="text">The decoded text, without a byte order mark, with its own line endings.</param>
public sealed class SourceFile(string path, string text)
{
    private readonly ImmutableArray<int> _lineStarts = FindLineStarts(text);

    /// <summary>Path as a person would type it, with forward slashes.</summary>
    public string Path { get; } = path;

    /// <summary>The whole text; offsets of a <see cref="SourceSpan"/> are UTF-16 positions in it.</summary>
    public string Text { get; } = text;

    /// <summary>Number of lines, at least 1.</summary>
    public int LineCount => _lineStarts.Length;

    /// <summary>A span over the whole text.</summary>
    public SourceSpan All => new(this, 0, Text.Length);

    /// <summary>The 1-based line and column (in UTF-16 units) of an offset; offsets past the end give the end.</summary>
    public (int Line, int Column) GetPosition(int offset)
    {
        var clamped = Math.Clamp(offset, 0, Text.Length);
        var index = _lineStarts.BinarySearch(clamped);
        var line = index >= 0 ? index : ~index - 1;
        return (line + 1, clamped - _lineStarts[line] + 1);
    }

    /// <summary>The offset of a 1-based line and column, kept inside the text.</summary>
    public int GetOffset(int line, int column)
    {
        var index = Math.Clamp(line - 1, 0, _lineStarts.Length - 1);
        return Math.Clamp(_lineStarts[index] + column - 1, 0, Text.Length);
    }

    /// <summary>The text of a 1-based line without its line ending.</summary>
    public string GetLine(int line) => LineSpan(line).ToString();

    /// <summary>The same without a copy.</summary>
    public ReadOnlySpan<char> LineSpan(int line)
    {
        var start = _lineStarts[line - 1];
        var end = line < _lineStarts.Length ? _lineStarts[line] : Text.Length;
        return Text.AsSpan(start, end - start).TrimEnd("\r\n");
    }

    private static ImmutableArray<int> FindLineStarts(string text)
    {
        var starts = ImmutableArray.CreateBuilder<int>();
        starts.Add(0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        return starts.ToImmutable();
    }
}
