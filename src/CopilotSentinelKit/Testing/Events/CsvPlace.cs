
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>Where the parts of a value of a CSV stand: inside quotes, each quote of the value is written twice.</summary>
/// <param name="file">The file.</param>
/// <param name="start">Offset of the value as written.</param>
/// <param name="end">Offset behind it.</param>
/// <param name="length">Length of the value as read.</param>
internal sealed class CsvPlace(SourceFile file, int start, int end, int length)
{
    // Of each character of the value, and behind the last.
    private readonly int[] _offsets = Find(file.Text, start, end, length);

    /// <summary>The place of a part of the value.</summary>
    public SourceSpan Of(int offset, int count)
    {
        var from = _offsets[Math.Min(offset, length)];
        return new(file, from, _offsets[Math.Min(offset + count, length)] - from);
    }

    private static int[] Find(string text, int start, int end, int length)
    {
        var offsets = new int[length + 1];
        var quoted = text[start] == '"';
        var at = quoted ? start + 1 : start;
        for (var i = 0; i < length; i++)
        {
            if (quoted && at < end && text[at] == '"' && (at + 1 == end || text[at + 1] != '"'))
            {
                // What stands behind the closing quote belongs to the value all the same.
                (at, quoted) = (at + 1, false);
            }

            offsets[i] = Math.Min(at, end);
            at += quoted && at < end && text[at] == '"' ? 2 : 1;
        }

        offsets[length] = Math.Min(at, end);
        return offsets;
    }
}
