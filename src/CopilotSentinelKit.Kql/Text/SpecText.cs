using System.Text;

namespace CopilotSentinelKit.Kql.Text;

/// <summary>Bytes of a spec to text: strict UTF-8, and only characters that every YAML version reads alike.</summary>
public static class SpecText
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text without its byte order mark, or null when it cannot be read, which is then a finding.</summary>
    /// <param name="path">Path to show in findings, with forward slashes.</param>
    /// <param name="bytes">The file's content.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static SourceFile? Decode(string path, ReadOnlySpan<byte> bytes, ICollection<Finding> findings)
    {
        if (bytes.Length > MaxBytes)
        {
            findings.Add(YamlFindings.FileTooLarge(new SourceFile(path, "").All, MaxBytes));
            return null;
        }

        if (OtherEncoding(bytes) is { } encoding)
        {
            findings.Add(YamlFindings.OtherEncoding(new SourceFile(path, "").All, encoding));
            return null;
        }

        var markLength = bytes.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var content = bytes[markLength..];
        try
        {
            var file = new SourceFile(path, Strict.GetString(content));
            return HasForbidden(file, findings) ? null : file;
        }
        catch (DecoderFallbackException exception)
        {
            // The text with replacement characters shows the line; up to the first bad byte it is exact.
            var file = new SourceFile(path, Encoding.UTF8.GetString(content));
            var start = Encoding.UTF8.GetCharCount(content[..exception.Index]);
            findings.Add(YamlFindings.NotUtf8(new(file, start, Math.Min(1, file.Text.Length - start)), markLength + exception.Index));
            return null;
        }
    }

    private static string? OtherEncoding(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] => "UTF-32",
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "UTF-16",
        _ => null,
    };

    private static bool HasForbidden(SourceFile file, ICollection<Finding> findings)
    {
        var first = -1;
        var count = 0;
        for (var i = 0; i < file.Text.Length; i++)
        {
            if (IsForbidden(file.Text[i]))
            {
                first = first < 0 ? i : first;
                count++;
            }
        }

        if (count > 0)
        {
            findings.Add(YamlFindings.ForbiddenCharacter(new(file, first, 1), file.Text[first], count - 1));
        }

        return count > 0;
    }

    // NEL, LS and PS are line ends in YAML 1.1 and not in 1.2, and U+FEFF is seen by nobody: what a person meant is unknown.
    private static bool IsForbidden(char character) => character switch
    {
        '\t' or '\n' or '\r' => false,
        < ' ' => true,
        >= '\u007F' and <= '\u009F' => true,
        '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF' => true,
        _ => false,
    };
}
