using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Cli.Files;

/// <summary>The one writer of files. What is written goes into a new file beside the place, under a name that nobody can guess, and takes
/// the place when it is whole: a reader never sees a part, and no link that somebody left is followed.</summary>
internal static partial class SafeFile
{
    private const int NameLength = 32;

    /// <summary>Writes a file, its folders too where they are missing.</summary>
    /// <param name="path">The place.</param>
    /// <param name="bytes">What it is to hold.</param>
    /// <param name="overwrite">Whether it may take the place of a file that is there.</param>
    /// <param name="mode">Who may read, write and run it, where the system knows that; what the system gives new files when left out.</param>
    /// <exception cref="IOException">A link is in the way, or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, bool overwrite = true, UnixFileMode? mode = null)
    {
        MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        Put(Stage(path, bytes, mode), path, overwrite);
    }

    /// <summary>The same, of a text in UTF-8 without a byte order mark.</summary>
    public static void Write(string path, string text, bool overwrite = true, UnixFileMode? mode = null) =>
        Write(path, Encoding.UTF8.GetBytes(text), overwrite, mode);

    /// <summary>Makes a folder that a person named, unless it is there.</summary>
    /// <exception cref="IOException">A link is in the way, or it cannot be made.</exception>
    public static void MakeFolder(string folder)
    {
        Refuse(folder);
        Directory.CreateDirectory(folder);
    }

    /// <summary>Writes a new file beside a place, for <see cref="Put"/>, and gives its path.</summary>
    public static string Stage(string path, ReadOnlySpan<byte> bytes, UnixFileMode? mode = null)
    {
        var (staged, stream) = Open(path, mode);
        try
        {
            using (stream)
            {
                stream.Write(bytes);
            }

            return staged;
        }
        catch
        {
            File.Delete(staged);
            throw;
        }
    }

    /// <summary>Opens a new file beside a place, for what is written bit by bit, and gives its path.</summary>
    public static (string Staged, Stream Stream) Open(string path, UnixFileMode? mode = null)
    {
        var staged = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "." + RandomNumberGenerator.GetHexString(NameLength, lowercase: true) + ".csk-tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (mode is { } given && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = given;
        }

        var stream = new FileStream(staged, options);
        if (mode is { } whole && !OperatingSystem.IsWindows())
        {
            // What the process's mask has taken from the mode.
            File.SetUnixFileMode(stream.SafeFileHandle, whole);
        }

        return (staged, stream);
    }

    /// <summary>Puts a staged file into its place, or removes it when that cannot be.</summary>
    public static void Put(string staged, string path, bool overwrite)
    {
        try
        {
            Refuse(path);
            File.Move(staged, path, overwrite);
        }
        catch
        {
            File.Delete(staged);
            throw;
        }
    }

    /// <summary>Whether a file's name is one that <see cref="Open"/> makes.</summary>
    public static bool IsStaged(string name) => StagedName().IsMatch(name);

    private static void Refuse(string path)
    {
        if (Links.InTheWay(path) is { } link)
        {
            throw new IOException($"\"{PackFolder.Shown(link)}\" is a link, and links are not followed");
        }
    }

    [GeneratedRegex(@"\A\.[0-9a-f]{32}\.csk-tmp\z")]
    private static partial Regex StagedName();
}
