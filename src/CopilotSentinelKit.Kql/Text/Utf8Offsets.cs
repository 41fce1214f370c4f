using System.Text;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>From places in UTF-8 to places in the same text, counted from the last place that was asked for, since places come nearly in order.</summary>
/// <param name="utf8">The text as bytes.</param>
internal sealed class Utf8Offsets(byte[] utf8)
{
    private (int Byte, int Char) _last;

    /// <summary>The UTF-16 offset of a byte.</summary>
    public int Of(long at)
    {
        var characters = Encoding.UTF8.GetCharCount(utf8, (int)Math.Min(at, _last.Byte), (int)Math.Abs(at - _last.Byte));
        _last = ((int)at, at < _last.Byte ? _last.Char - characters : _last.Char + characters);
        return _last.Char;
    }
}
