using System.Text;

namespace CopilotSentinelKit.Import;

/// <summary>From places in UTF-8 to places in the same text. Asked in order, it goes through the text once.</summary>
/// <param name="utf8">The text as bytes.</param>
internal sealed class Utf8Offsets(byte[] utf8)
{
    private (int Byte, int Char) _last;

    /// <summary>The UTF-16 offset of a byte.</summary>
    public int Of(long at)
    {
        if (at < _last.Byte)
        {
            _last = (0, 0);
        }

        _last = ((int)at, _last.Char + Encoding.UTF8.GetCharCount(utf8, _last.Byte, (int)at - _last.Byte));
        return _last.Char;
    }
}
