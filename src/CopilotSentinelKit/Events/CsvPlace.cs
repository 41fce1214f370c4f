using CopilotSentinelKit.Diagnostics;

namespace CopilotSentinelKit.Events;

/// <summary>A value of a CSV and where its parts stand: in quotes, each quote of the value is written twice. Asked in order, it goes through
/// the value once.</summary>
/// <param name="file">The file.</param>
/// <param name="start">Offset of the value as written.</param>
/// <param name="value">The value as read.</param>
/// <param name="quoted">Whether it is written in quotes.</param>
internal sealed class CsvPlace(SourceFile file, int start, string value, bool quoted)
{
    private (int Value, int Quotes) _last;

    /// <summary>The value as read.</summary>
    public string Value => value;

    /// <summary>The place of a part of the value.</summary>
    public SourceSpan Of(int offset, int length)
    {
        var from = Offset(offset);
        return new(file, from, Offset(offset + length) - from);
    }

    private int Offset(int offset)
    {
        if (!quoted)
        {
            return start + offset;
        }

        if (offset < _last.Value)
        {
            _last = (0, 0);
        }

        _last = (offset, _last.Quotes + value.AsSpan(_last.Value, offset - _last.Value).Count('"'));
        return start + 1 + offset + _last.Quotes;
    }
}
