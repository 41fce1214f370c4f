using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Cli.Files;

namespace CopilotSentinelKit.Cli.Cache;

/// <summary>Results of the language services, a file each, found again by the content that they were made from. It only ever saves time:
/// whatever is missing, damaged, foreign or cannot be written counts as not there. Who could write into it could say what a check says:
/// a folder of somebody else's, or one that others can write to, is not used.</summary>
/// <param name="folder">Where the files are, or null to keep nothing.</param>
/// <param name="version">What made the results (the kit's build, the language libraries): part of every key.</param>
/// <param name="carried">Where further results are that came with the program, or null; nothing is ever written there.</param>
public sealed partial class ResultCache(string? folder, string version, string? carried = null)
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const int LargestResult = 64 << 20;

    private static readonly TimeSpan _keep = TimeSpan.FromDays(30);

    private readonly string? _folder = folder is not null && IsSafe(folder) ? folder : null;
    private bool _hasGrown;

    /// <summary>The key of a result: a hash of the version and of everything that it depends on.</summary>
    public string Key(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, version);
        foreach (var part in parts)
        {
            Append(hash, part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The result stored under a key, or null.</summary>
    public byte[]? Read(string key) => Read(_folder, key) ?? Read(carried, key);

    private static byte[]? Read(string? folder, string key)
    {
        try
        {
            // A pipe or a device has no length, and reading it may never end.
            var stamp = SHA256.HashSizeInBytes;
            if (folder is null || PathOf(folder, key) is not { } path || new FileInfo(path) is not { Exists: true, LinkTarget: null } file
                || file.Length <= stamp || file.Length > LargestResult || Links.IsLink(Path.GetDirectoryName(path)!))
            {
                return null;
            }

            var bytes = File.ReadAllBytes(path);
            return bytes.Length > stamp && Stamp(key, bytes.AsSpan(stamp)).AsSpan().SequenceEqual(bytes.AsSpan(0, stamp))
                ? bytes[stamp..]
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Stores a result; a folder that cannot be written is left alone.</summary>
    public void Write(string key, byte[] result)
    {
        if (_folder is null)
        {
            return;
        }

        _hasGrown = true;
        try
        {
            var path = PathOf(_folder, key);
            if (Links.Below(_folder, path) is null)
            {
                MakeFolder(_folder);
                MakeFolder(Path.GetDirectoryName(path)!);
                SafeFile.Write(path, [.. Stamp(key, result), .. result], mode: OwnFile);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache that cannot be written is no cache; the result is at hand anyway.
        }
    }

    /// <summary>Deletes results that are older than 30 days, once this run has added some.</summary>
    public void Prune()
    {
        // A run that found everything here has nothing to tidy up after, and no time to spend on it.
        if (!_hasGrown)
        {
            return;
        }

        try
        {
            var limit = DateTime.UtcNow - _keep;
            if (_folder is null || !Directory.Exists(_folder))
            {
                return;
            }

            var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
            foreach (var file in Directory.EnumerateFiles(_folder, "*", options))
            {
                if (IsOwn(Path.GetRelativePath(_folder, file)) && File.GetLastWriteTimeUtc(file) < limit)
                {
                    File.Delete(file);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As above.
        }
    }

    /// <summary>Whether a file is one that <see cref="Write"/> makes: somebody may have named a folder that holds other things too.</summary>
    private static bool IsOwn(string path) => OwnPath().IsMatch(path.Replace('\\', '/'));

    /// <summary>Ties the bytes to the key, so that a file that was cut short, changed or renamed is not believed.</summary>
    private static byte[] Stamp(string key, ReadOnlySpan<byte> result) => SHA256.HashData([.. Encoding.ASCII.GetBytes(key), .. result]);

    private static string PathOf(string folder, string key) => Path.Combine(folder, key[..2], key);

    /// <summary>Whether nobody but this user can write there. To give a folder the mode that it has is allowed to its owner alone.</summary>
    private static bool IsSafe(string folder)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(folder))
        {
            return true;
        }

        try
        {
            var mode = File.GetUnixFileMode(folder);
            File.SetUnixFileMode(folder, mode);
            return (mode & WritableByOthers) == UnixFileMode.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnFolder);
        }
    }

    [GeneratedRegex(@"\A([0-9a-f]{2})/(?:\1[0-9a-f]{62}(\.[0-9]+\.tmp)?|\.[0-9a-f]{32}\.csk-tmp)\z")]
    private static partial Regex OwnPath();

    private static void Append(IncrementalHash hash, string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
