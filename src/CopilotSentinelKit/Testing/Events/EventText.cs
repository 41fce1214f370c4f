using System.Text;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Foreign;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Testing.Events;

/// <summary>Bytes of a file of events to text: UTF-8, or what a byte order mark names, as PowerShell writes UTF-16.</summary>
public static class EventText
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    /// <summary>The text without its mark, or null when it cannot be read, which is then a finding.</summary>
    public static SourceFile? Decode(SpecFile file, ICollection<Finding> findings)
    {
        var bytes = file.Bytes.Span;
        if (bytes.Length > MaxBytes)
        {
            findings.Add(EventFindings.TooLarge(new SourceFile(file.ShownPath, "").All, MaxBytes));
            return null;
        }

        var (encoding, mark) = ForeignText.Encoded(bytes);
        try
        {
            return new(file.ShownPath, encoding.GetString(bytes[mark..]));
        }
        catch (DecoderFallbackException exception)
        {
            // Up to the first bad byte the text with replacement characters is exact.
            var source = new SourceFile(file.ShownPath, Encoding.UTF8.GetString(bytes[mark..]));
            var start = Encoding.UTF8.GetCharCount(bytes.Slice(mark, exception.Index));
            findings.Add(EventFindings.Encoding(new(source, start, Math.Min(1, source.Text.Length - start))));
            return null;
        }
    }
}
