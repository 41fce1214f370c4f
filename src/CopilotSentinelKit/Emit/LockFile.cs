using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CopilotSentinelKit.Kql.Text;

namespace CopilotSentinelKit.Emit;

/// <summary>kit.lock.json: what the kit wrote last time, so that it can tell its own files from edited and foreign ones.</summary>
/// <param name="Files">Path in the output folder to the hash that <see cref="HashOf(string)"/> gives.</param>
/// <param name="Content">The content items, by kind and id.</param>
public sealed record LockFile(ImmutableSortedDictionary<string, string> Files, ImmutableArray<LockEntry> Content)
{
    /// <summary>Its name in the output folder.</summary>
    public const string Path = "kit.lock.json";

    /// <summary>The format this kit writes. It rises only when an older kit could no longer read the file.</summary>
    internal const int Format = 1;

    /// <summary>The lock file of a folder that the kit has never written to.</summary>
    public static LockFile Empty { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal), []);

    /// <summary>The content that a lock file names, each item with its place there; null when the file cannot be read.</summary>
    public static ImmutableArray<ContentEntry>? ReadContent(SourceFile file)
    {
        var reading = LockFileReader.Read(file);
        return reading.HasErrors ? null : [.. reading.Lock.Content.Select(entry => new ContentEntry(entry, Place(entry)))];

        SourceSpan Place(LockEntry entry)
        {
            var text = $"\"{entry.Id}\"";
            return file.Text.IndexOf(text, StringComparison.Ordinal) is >= 0 and var start ? new(file, start, text.Length) : new(file, 0, 0);
        }
    }

    /// <summary>Its text: sorted, without a kit version or a date, so that it changes only when the output does.</summary>
    public string ToText() => JsonText.Write(OutputMap.Of(
        ("format", Format),
        ("content", OutputList.Of(Content
            .OrderBy(entry => entry.Kind, StringComparer.Ordinal)
            .ThenBy(entry => entry.Id, StringComparer.Ordinal)
            .Select(entry => OutputMap.Of(
                ("kind", entry.Kind),
                ("id", entry.Id),
                ("guid", entry.Guid.ToString()),
                ("version", entry.Version),
                ("hash", entry.Hash),
                ("deprecated", entry.IsDeprecated ? true : null))))),
        ("files", new OutputMap([.. Files.Select(file => (file.Key, (OutputNode)file.Value))]))));

    /// <summary>SHA-256, in hex, of a file's bytes with CRLF taken for LF: a checkout on Windows is no edit.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (bytes.IndexOf("\r\n"u8) is >= 0 and var end)
        {
            hash.AppendData(bytes[..end]);
            hash.AppendData("\n"u8);
            bytes = bytes[(end + 2)..];
        }

        hash.AppendData(bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The hash of the file that a text is written to.</summary>
    public static string HashOf(string text) => HashOf(Encoding.UTF8.GetBytes(text));
}
