using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CopilotSentinelKit.Cli.Cache;

/// <summary>Results of the language services, a file each, found again by the content that they were made from. It only ever saves time:
/// whatever is missing, damaged, foreign or cannot be written counts as not there.</summary>
/// <param name="folder">Where the files are, or null to keep nothing.</param>
/// <param name="version">What made the results (the kit's build, the language libraries): part of every key.</param>
/// <param name="carried">Where further results are that came with the program, or null; nothing is ever written there.</param>
public sealed partial class ResultCache(string? folder, string version, string? carried = null)
{
    private static readonly TimeSpan _keep = TimeSpan.FromDays(30);

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
    public byte[]? Read(string key) => Read(PathOf(folder, key), key) ?? Read(PathOf(carried, key), key);

    private static byte[]? Read(string? path, string key)
    {
        try
        {
            if (path is null || !File.Exists(path))
            {
                return null;
            }

            var bytes = File.ReadAllBytes(path);
            var stamp = SHA256.HashSizeInBytes;
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
        if (PathOf(folder, key) is not { } path)
        {
            return;
        }

        _hasGrown = true;
        var temporary = FormattableString.Invariant($"{path}.{Environment.ProcessId}.tmp");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(temporary, [.. Stamp(key, result), .. result]);
            File.Move(temporary, path, overwrite: true);
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
            foreach (var file in folder is null || !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                if (IsOwn(Path.GetRelativePath(folder!, file)) && File.GetLastWriteTimeUtc(file) < limit)
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
    private static bool IsOwn(string path) => OwnFile().IsMatch(path.Replace('\\', '/'));

    /// <summary>Ties the bytes to the key, so that a file that was cut short, changed or renamed is not believed.</summary>
    private static byte[] Stamp(string key, ReadOnlySpan<byte> result) => SHA256.HashData([.. Encoding.ASCII.GetBytes(key), .. result]);

    private static string? PathOf(string? folder, string key) => folder is null ? null : Path.Combine(folder, key[..2], key);

    [GeneratedRegex(@"\A([0-9a-f]{2})/\1[0-9a-f]{62}(\.[0-9]+\.tmp)?\z")]
    private static partial Regex OwnFile();

    private static void Append(IncrementalHash hash, string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
