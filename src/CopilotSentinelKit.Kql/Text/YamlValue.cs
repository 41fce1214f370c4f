using System.Collections.Immutable;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>A node of a YAML file with the place it was written.</summary>
/// <param name="Span">From its first to its last character; for a block scalar, its lines.</param>
public abstract record YamlValue(SourceSpan Span)
{
    /// <summary>The part of its span in its first line: what to underline for a value of many lines.</summary>
    public SourceSpan FirstLine()
    {
        var end = Span.File.Text.AsSpan(Span.Start, Span.Length).IndexOfAny('\r', '\n');
        return end < 0 ? Span : Span with { Length = end };
    }
}

/// <summary>A scalar. <paramref name="Value"/> is the text after YAML's own unescaping, line breaks as LF.</summary>
/// <param name="Span">The scalar as written, quotes and block indicator included.</param>
/// <param name="Value">Its text.</param>
/// <param name="Plain">Written without quotes and not as a block, so that <c>true</c> and <c>1</c> may mean a boolean and a number.</param>
/// <param name="LineStarts">Offset in the file of the first character of each line of the value; empty when the value's text
/// differs from what is written (escapes, folded lines), so that only the whole span is known.</param>
public sealed record YamlText(SourceSpan Span, string Value, bool Plain, ImmutableArray<int> LineStarts) : YamlValue(Span)
{
    /// <summary>Gives the place of (offset, length) of the value where it does not stand line by line in the file, as in JSON; or null.</summary>
    internal Func<int, int, SourceSpan>? Place { get; init; }

    /// <summary>Where in the file a range of the value was written: exact where the text is verbatim, else the whole scalar.</summary>
    public SourceSpan Locate(int start, int length)
    {
        if (Place is not null)
        {
            return Place(start, length);
        }

        if (LineStarts.IsEmpty)
        {
            return Span;
        }

        var from = OffsetInFile(Math.Clamp(start, 0, Value.Length));
        var to = OffsetInFile(Math.Clamp(start + length, 0, Value.Length));
        return new(Span.File, from, Math.Max(0, to - from));
    }

    private int OffsetInFile(int offset)
    {
        var line = Value.AsSpan(0, offset).Count('\n');
        var lineStart = line == 0 ? 0 : Value.LastIndexOf('\n', offset - 1) + 1;
        return line < LineStarts.Length ? LineStarts[line] + offset - lineStart : Span.Start + Span.Length;
    }
}

/// <summary>A sequence.</summary>
public sealed record YamlList(SourceSpan Span, ImmutableArray<YamlValue> Items) : YamlValue(Span);

/// <summary>A mapping, in the order written, without duplicate keys (the reader reports and drops them).</summary>
public sealed record YamlMap(SourceSpan Span, ImmutableArray<YamlEntry> Entries) : YamlValue(Span)
{
    /// <summary>The value of a key, or null when the key is not there.</summary>
    public YamlValue? this[string key] => Entries.FirstOrDefault(entry => entry.Key.Value == key)?.Value;
}

/// <summary>A key and its value.</summary>
public sealed record YamlEntry(YamlText Key, YamlValue Value);
