using System.Security.Cryptography;

namespace CopilotSentinelKit.Tests.Support;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("csk-test-").FullName;

    public string PathOf(string path) => Path.Combine(Root, path);

    public string Read(string path) => File.ReadAllText(PathOf(path));

    public string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
        return PathOf(path);
    }

    /// <summary>All files below a folder of it: path to a hash of the bytes.</summary>
    public SortedDictionary<string, string> Files(string under = "")
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Directory.Exists(PathOf(under)))
        {
            foreach (var path in Directory.EnumerateFiles(PathOf(under), "*", SearchOption.AllDirectories))
            {
                files[Path.GetRelativePath(PathOf(under), path).Replace('\\', '/')] = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
            }
        }

        return files;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
