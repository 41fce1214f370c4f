namespace CopilotSentinelKit.Cli;

/// <summary>Writes a report to a file so that nobody ever reads half of it.</summary>
internal static class ReportFile
{
    /// <summary>Creates folders that are missing, writes beside the file and then puts the new one in its place.</summary>
    /// <exception cref="IOException">It cannot be written; the message says what to do.</exception>
    public static void Write(string path, string text)
    {
        var full = Path.GetFullPath(path);
        try
        {
            if (Directory.Exists(full))
            {
                throw new IOException("there is a folder of that name");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(full) ?? full);
            if (IsDevice(full) || new FileInfo(full).LinkTarget is not null)
            {
                File.WriteAllText(full, text);
                return;
            }

            var beside = full + "." + Path.GetRandomFileName();
            try
            {
                File.WriteAllText(beside, text);
                File.Move(beside, full, overwrite: true);
            }
            finally
            {
                File.Delete(beside);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new IOException($"The report \"{PackFolder.Shown(full)}\" cannot be written: {fault.Message.TrimEnd('.')}. Name another file, or make that one writable.", fault);
        }
    }

    /// <summary>A pipe or terminal, which a file in its place would destroy.</summary>
    private static bool IsDevice(string full) => full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith(@"\\.\", StringComparison.Ordinal);
}
