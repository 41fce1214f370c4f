namespace CopilotSentinelKit.Cli.Files;

/// <summary>The right to write into a folder, which one process has at a time. The system takes it back when the process ends, however that
/// ends, so that a killed run stands in nobody's way.</summary>
internal sealed class FolderClaim : IDisposable
{
    /// <summary>How often it is asked for, ten times a second.</summary>
    public const int Attempts = 100;

    private const string Name = ".csk-writing";
    private const int Longest = 1 << 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private FolderClaim(FileStream file) => _file = file;

    /// <summary>Whether somebody has it, or had it and was killed.</summary>
    public static bool IsLeft(string folder) => File.Exists(Path.Combine(folder, Name));

    /// <summary>Waits up to ten seconds for it. The folder is made if need be.</summary>
    /// <exception cref="ClaimedException">Another process has it; the message says what to do.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static FolderClaim Take(string folder, int attempts = Attempts)
    {
        SafeFile.MakeFolder(folder);
        var path = Path.Combine(folder, Name);
        for (var attempt = 1; ; attempt++)
        {
            if (Links.IsLink(path))
            {
                throw new IOException($"\"{PackFolder.Shown(path)}\" is a link, and links are not followed");
            }

            if (TryTake(path) is { } claim)
            {
                return claim;
            }

            if (attempt >= attempts)
            {
                throw new ClaimedException($"Another run of csk writes into \"{PackFolder.Shown(folder)}\". Wait until it is done, and look at what it wrote.");
            }

            Thread.Sleep(Pause);
        }
    }

    /// <summary>Gives it back.</summary>
    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(_file.Name);
        }

        _file.Dispose();
    }

    private static FolderClaim? TryTake(string path)
    {
        FileStream file;
        try
        {
            file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }

        // Who had it before may have deleted the file between its opening and its locking here: then the name is that of another file, or of none.
        var length = Random.Shared.Next(1, Longest);
        file.SetLength(length);
        if (new FileInfo(path) is { Exists: true } named && named.Length == length)
        {
            return new(file);
        }

        file.Dispose();
        return null;
    }
}

/// <summary>Another process writes into the folder.</summary>
internal sealed class ClaimedException(string message) : IOException(message);
