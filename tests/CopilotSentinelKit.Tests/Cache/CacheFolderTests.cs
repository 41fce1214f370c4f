using System.Diagnostics;
using System.Runtime.Versioning;
using CopilotSentinelKit.Cli.Cache;

namespace CopilotSentinelKit.Tests.Cache;

/// <summary>What others may have put into the cache's folder.</summary>
internal sealed class CacheFolderTests
{
    private string _folder = "";

    [SetUp]
    public void Create() => _folder = Directory.CreateTempSubdirectory("csk-cache-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win")]
    public void Files_are_their_owners_alone()
    {
        var folder = Path.Combine(_folder, "new");
        var cache = new ResultCache(folder, "1");
        var key = cache.Key("a");
        cache.Write(key, [1]);
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.That(File.GetUnixFileMode(Path.Combine(folder, key[..2], key)), Is.EqualTo(own));
        Assert.That(File.GetUnixFileMode(folder), Is.EqualTo(own | UnixFileMode.UserExecute));
    }

    [TestCase(UnixFileMode.GroupWrite)]
    [TestCase(UnixFileMode.OtherWrite)]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win")]
    public void A_folder_that_others_can_write_to_is_not_believed(UnixFileMode others)
    {
        var trusted = new ResultCache(_folder, "1");
        var key = trusted.Key("a");
        trusted.Write(key, [1]);
        Assert.That(new ResultCache(_folder, "1").Read(key), Is.Not.Null);
        File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | others);
        Assert.That(new ResultCache(_folder, "1").Read(key), Is.Null);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links need a privilege there.")]
    public void Links_in_the_cache_are_neither_read_nor_written_through()
    {
        var cache = new ResultCache(_folder, "1");
        var (key, other) = (cache.Key("a"), cache.Key("b"));
        cache.Write(key, [1]);
        var elsewhere = Path.Combine(_folder, "elsewhere");
        File.Move(PathOf(key), elsewhere);
        File.CreateSymbolicLink(PathOf(key), elsewhere);
        Assert.That(cache.Read(key), Is.Null);

        var outside = Directory.CreateDirectory(Path.Combine(_folder, "outside")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(_folder, other[..2]), outside);
        cache.Write(other, [1]);
        Assert.That(Directory.EnumerateFileSystemEntries(outside), Is.Empty);
    }

    // The service of the file system makes these: reading one waits for a writer that never comes.
    [Test]
    [Platform("Linux")]
    public void A_pipe_in_the_cache_counts_as_not_there()
    {
        var cache = new ResultCache(_folder, "1");
        var key = cache.Key("a");
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(key))!);
        using (var mkfifo = Process.Start("mkfifo", [PathOf(key)]))
        {
            mkfifo.WaitForExit();
        }

        Assert.That(cache.Read(key), Is.Null);
    }

    private string PathOf(string key) => Path.Combine(_folder, key[..2], key);
}
