using System.Runtime.Versioning;
using CopilotSentinelKit.Kql.Language;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Language;

[UnsupportedOSPlatform("windows")]
[NonParallelizable]
[Platform(Exclude = "Win", Reason = "Programs have no mode there.")]
internal sealed class ProgramPathTests
{
    private TemporaryFolder _folder = null!;
    private string _before = "";

    [SetUp]
    public void Create()
    {
        _folder = new();
        _before = Directory.GetCurrentDirectory();
    }

    [TearDown]
    public void Remove()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Dispose();
    }

    [Test]
    public void A_program_is_the_first_of_its_name_in_PATH()
    {
        Program("a/git");
        Program("b/git");
        _folder.Write("none/git", "no program");
        Directory.CreateDirectory(_folder.PathOf("folder/git"));
        Assert.That(Find("folder", "none", "b", "a"), Is.EqualTo(_folder.PathOf("b/git")));
        Assert.That(Find("folder", "none"), Is.Null);
        Assert.That(ProgramPath.Find("git", null), Is.Null);
    }

    [Test]
    public void The_folder_that_somebody_stands_in_counts_for_nothing()
    {
        Program("git");
        Program("bin/git");
        Directory.SetCurrentDirectory(_folder.Root);
        foreach (var folders in (string[])["", ".", ":", "bin", "./bin", "..", "::.:bin"])
        {
            Assert.That(ProgramPath.Find("git", folders), Is.Null, folders);
        }
    }

    private string? Find(params string[] folders) => ProgramPath.Find("git", string.Join(Path.PathSeparator, folders.Select(_folder.PathOf)));

    private void Program(string path) => File.SetUnixFileMode(_folder.Write(path, "#!/bin/sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
}
