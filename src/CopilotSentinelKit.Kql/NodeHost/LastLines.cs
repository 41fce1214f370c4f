using System.Text;

namespace CopilotSentinelKit.Kql.NodeHost;

/// <summary>Reads a stream to its end, so that its writer never blocks, and keeps the last of it for an error message.</summary>
internal sealed class LastLines
{
    private const int Kept = 600;

    private readonly StringBuilder _text = new();

    /// <summary>The last characters on one line.</summary>
    public string Text
    {
        get
        {
            lock (_text)
            {
                return Clean(_text.ToString());
            }
        }
    }

    /// <summary>Text for a message: control characters and runs of white space become one space.</summary>
    public static string Clean(string text) =>
        string.Join(' ', text.Split([' ', .. Enumerable.Range(0, 32).Select(code => (char)code), '\u007f'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Reads until the end, or until it is told to stop.</summary>
    public async Task ReadAsync(TextReader reader, CancellationToken cancellation)
    {
        var buffer = new char[4096];
        try
        {
            while (await reader.ReadAsync(buffer, cancellation).ConfigureAwait(false) is var count and > 0)
            {
                lock (_text)
                {
                    _text.Append(buffer, 0, count);
                    _text.Remove(0, Math.Max(0, _text.Length - Kept));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // What was read so far is enough.
        }
    }
}
