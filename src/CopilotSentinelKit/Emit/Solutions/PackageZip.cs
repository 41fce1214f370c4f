using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace CopilotSentinelKit.Emit.Solutions;

/// <summary>The zip file of a solution: the same bytes on every machine and in every run.</summary>
internal static class PackageZip
{
    private const int EndLength = 22;
    private const int HeaderLength = 46;

    // The first day that the format knows.
    private static readonly DateTimeOffset FirstDay = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A zip file.</summary>
    /// <param name="files">Its files, in their order there.</param>
    public static ReadOnlyMemory<byte> Of(params ReadOnlySpan<(string Name, string Text)> files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                // Stored: how well a library compresses differs by processor and by its version.
                var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
                entry.LastWriteTime = FirstDay;
                entry.ExternalAttributes = 0;
                using var content = entry.Open();
                content.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        var bytes = stream.ToArray();
        ForgetSystem(bytes);
        return bytes;
    }

    // The directory at the end says of each file on which operating system it was packed.
    private static void ForgetSystem(Span<byte> zip)
    {
        var end = zip[^EndLength..];
        var at = (int)BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        for (var files = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]); files > 0; files--)
        {
            var header = zip[at..];
            header[5] = 0;
            at += HeaderLength
                + BinaryPrimitives.ReadUInt16LittleEndian(header[28..])
                + BinaryPrimitives.ReadUInt16LittleEndian(header[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        }
    }
}
