using System.Text;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;

namespace CopilotSentinelKit.Foreign;

/// <summary>Bytes to text as the tools of the field read them: any Unicode encoding with its mark, else UTF-8.</summary>
internal static class ForeignText
{
    /// <summary>The largest file that is read, in bytes; ARM templates of whole solutions are large.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text without its byte order mark, or null when the file is too large, which is a finding if it is YAML: JSON of that
    /// size, and text, is data.</summary>
    public static SourceFile? Decode(SpecFile file, ICollection<Finding> findings)
    {
        var bytes = file.Bytes.Span;
        var isOther = Path.GetExtension(file.PackPath).ToUpperInvariant() is not (".YAML" or ".YML");
        var limit = isOther ? MaxBytes : SpecText.MaxBytes;
        if (bytes.Length > limit)
        {
            if (!isOther)
            {
                findings.Add(CommunityFindings.FileTooLarge(new SourceFile(file.ShownPath, "").All, limit));
            }

            return null;
        }

        var (encoding, mark) = Encoded(bytes);
        try
        {
            return new(file.ShownPath, encoding.GetString(bytes[mark..]));
        }
        catch (DecoderFallbackException exception)
        {
            // Up to the first bad byte the text is exact.
            var source = new SourceFile(file.ShownPath, Encoding.UTF8.GetString(bytes[mark..]));
            if (Broken.LooksLikeContent(source.Text))
            {
                var start = Encoding.UTF8.GetCharCount(bytes.Slice(mark, exception.Index));
                findings.Add(CommunityFindings.NotUtf8(new(source, start, Math.Min(1, source.Text.Length - start))));
            }

            return source;
        }
    }

    /// <summary>The encoding that a mark names, else strict UTF-8, and the length of the mark.</summary>
    public static (Encoding Encoding, int MarkLength) Encoded(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        [0xEF, 0xBB, 0xBF, ..] => (Strict, 3),
        _ => (Strict, 0),
    };
}
