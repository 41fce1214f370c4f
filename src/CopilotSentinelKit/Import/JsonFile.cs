using System.Text;
using CopilotSentinelKit.Diagnostics;

namespace CopilotSentinelKit.Import;

/// <summary>Bytes of a JSON file to text. Windows PowerShell writes UTF-16 where it is not told otherwise, and Azure's tools read it.</summary>
internal static class JsonFile
{
    /// <summary>The largest file that is read, in bytes. Azure Resource Manager takes 4 MB; a file may hold more white space.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>The text without its byte order mark, or null when the file is too large, which is then a finding.</summary>
    public static SourceFile? Decode(string path, ReadOnlySpan<byte> bytes, ICollection<Diagnostic> findings)
    {
        if (bytes.Length > MaxBytes)
        {
            findings.Add(ArmDiagnostics.TooLarge(new SourceFile(path, "").All, MaxBytes));
            return null;
        }

        var encoding = EncodingOf(bytes);
        var file = new SourceFile(path, encoding.GetString(bytes[(bytes.StartsWith(encoding.Preamble) ? encoding.Preamble.Length : 0)..]));
        var bad = file.Text.IndexOf('\uFFFD', StringComparison.Ordinal);
        if (bad >= 0 && !bytes.ContainsReplacement())
        {
            findings.Add(ArmDiagnostics.NotText(new(file, bad, 1)));
        }

        return file;
    }

    private static Encoding EncodingOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        // JSON starts with an ASCII character: a zero beside it is the other half of UTF-16.
        [not 0, 0, ..] => Encoding.Unicode,
        [0, not 0, ..] => Encoding.BigEndianUnicode,
        _ => Encoding.UTF8,
    };

    // Some files hold the replacement character itself.
    private static bool ContainsReplacement(this ReadOnlySpan<byte> bytes) => bytes.IndexOf("\uFFFD"u8) >= 0;
}
