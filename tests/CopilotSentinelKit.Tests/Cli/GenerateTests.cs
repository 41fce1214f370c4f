
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

internal sealed class GenerateTests
{
    private const string Kit = "name: contoso-copilot\npublisher: Contoso\n";

    private const string Watchlist =
        """
        alias: Contoso
        version: 1.0.0
        name: Contoso
        description: A list of the project's own.
        searchKey: Upn
        columns: { Upn: string }
        rows:
          - { Upn: user@contoso.com }
        """;

    private const string YamlFile = "content/yaml/Watchlists/Contoso.yaml";

    private TemporaryFolder _project = null!;

    [SetUp]
    public void Create()
    {
        _project = new();
        _project.Write("kit.yaml", Kit);
        _project.Write("rules/watchlists/contoso.yaml", Watchlist);
    }

    [TearDown]
    public void Remove() => _project.Dispose();

    [Test]
    public async Task The_first_run_writes_and_the_second_has_nothing_to_do()
    {
        var first = await Csk.GenerateAsync(_project.Root);
        var written = _project.Files("content");
        Assert.That(first.Out, Does.Match("parsers, .* analytics rules, .* hunting queries, .*watchlists, .*workbooks in ").And.Contain($"{written.Count - 1} files written, 0 removed, 0 unchanged."));
        Assert.That(first.Out, Does.Contain("Review and commit ").And.Contain("sentinel-deployment.config").And.Contain("A repository connection of Sentinel"));

        var times = written.Keys.Select(path => File.GetLastWriteTimeUtc(_project.PathOf("content/" + path))).ToList();
        var second = await Csk.GenerateAsync(_project.Root);
        Assert.That(second.Out, Does.Contain($"Nothing changed in {written.Count - 1} files."));
        Assert.That(_project.Files("content"), Is.EqualTo(written));
        Assert.That(written.Keys.Select(path => File.GetLastWriteTimeUtc(_project.PathOf("content/" + path))), Is.EqualTo(times));
    }

    [Test]
    public async Task A_file_that_is_no_longer_produced_goes()
    {
        await Csk.GenerateAsync(_project.Root);
        Assert.That(_project.PathOf(YamlFile), Does.Exist);
        File.Delete(_project.PathOf("rules/watchlists/contoso.yaml"));
        var result = await Csk.RunAsync("generate", "--project", _project.Root);
        Assert.That(result.Out, Does.Contain("1 file written, 3 removed"));
        Assert.That(result.Error, Does.Contain("note CSK0614").And.EndsWith("1 note\n"));
        Assert.That(result.Code, Is.Zero);
        Assert.That(_project.PathOf(YamlFile), Does.Not.Exist);
    }

    [Test]
    public async Task A_file_that_is_no_longer_produced_but_was_edited_stays_and_is_reported_by_every_run()
    {
        await Csk.GenerateAsync(_project.Root);
        _project.Write(YamlFile, "edited");
        File.Delete(_project.PathOf("rules/watchlists/contoso.yaml"));
        for (var run = 0; run < 2; run++)
        {
            var result = await Csk.RunAsync("generate", "--project", _project.Root);
            Assert.That(result.Error, Does.Contain(YamlFile + ":1:1: warning CSK0604"));
            Assert.That(result.Code, Is.Zero);
        }

        Assert.That(_project.Read(YamlFile), Is.EqualTo("edited"));
    }

    [Test]
    public async Task An_edited_file_is_not_overwritten_unless_asked_for()
    {
        await Csk.GenerateAsync(_project.Root);
        var generated = _project.Read(YamlFile);
        _project.Write(YamlFile, generated + "# mine\n");
        _project.Write("rules/watchlists/contoso.yaml", Watchlist.Replace("user@contoso.com", "other@contoso.com", StringComparison.Ordinal));
        var before = _project.Files("content");

        var refused = await Csk.RunAsync("generate", "--project", _project.Root);
        Assert.That(refused.Error, Does.Contain(YamlFile + ":1:1: error CSK0605").And.Contain("--overwrite").And.EndWith("Nothing was written.\n"));
        Assert.That(refused.Code, Is.EqualTo(1));
        Assert.That(_project.Files("content"), Is.EqualTo(before));

        var forced = await Csk.RunAsync("generate", "--project", _project.Root, "--overwrite");
        Assert.That(forced.Code, Is.Zero);
        Assert.That(_project.Read(YamlFile), Does.Not.Contain("# mine"));
    }

    [Test]
    public async Task Check_says_whether_the_output_is_current_and_writes_nothing()
    {
        var never = await Csk.RunAsync("generate", "--project", _project.Root, "--check");
        Assert.That(never.Code, Is.EqualTo(1));
        Assert.That(never.Out, Does.Contain("would write   yaml/Watchlists/Contoso.yaml\n").And.Contain("would write   kit.lock.json\n"));
        Assert.That(never.Error, Does.Contain("is stale. Run \"csk generate\""));
        Assert.That(_project.PathOf("content"), Does.Not.Exist);

        await Csk.GenerateAsync(_project.Root);
        var current = await Csk.GenerateAsync(_project.Root, "--check");
        Assert.That(current.Out, Does.Contain($"is current: {_project.Files("content").Count - 1} files."));
    }

    [Test]
    public async Task Check_finds_one_byte_that_changed_in_any_file_of_the_output()
    {
        await Csk.GenerateAsync(_project.Root);
        foreach (var path in new[] { YamlFile, "content/arm/Watchlists/Contoso.watchlist.json", "content/kit.lock.json" })
        {
            var text = _project.Read(path);
            _project.Write(path, text + " ");
            var before = _project.Files();
            var result = await Csk.RunAsync("generate", "--project", _project.Root, "--check");
            Assert.That(result.Code, Is.EqualTo(1), path);
            Assert.That(_project.Files(), Is.EqualTo(before), path);
            _project.Write(path, text);
        }

        await Csk.GenerateAsync(_project.Root, "--check");
    }

    [Test]
    public async Task Check_finds_one_byte_that_changed_in_a_spec()
    {
        await Csk.GenerateAsync(_project.Root);
        _project.Write("rules/watchlists/contoso.yaml", Watchlist.Replace("user@", "usex@", StringComparison.Ordinal));
        var before = _project.Files();
        var result = await Csk.RunAsync("generate", "--project", _project.Root, "--check");
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Out, Does.Contain("would write   yaml/Watchlists/Contoso.csv\n"));
        Assert.That(_project.Files(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_format_leaves_files_of_the_other_alone()
    {
        await Csk.GenerateAsync(_project.Root);
        var arm = _project.Files("content/arm");
        _project.Write("rules/watchlists/contoso.yaml", Watchlist.Replace("1.0.0", "1.0.1", StringComparison.Ordinal).Replace("user@", "other@", StringComparison.Ordinal));
        await Csk.GenerateAsync(_project.Root, "--format", "yaml");
        Assert.That(_project.Read(YamlFile), Does.Contain("1.0.1"));
        Assert.That(_project.Files("content/arm"), Is.EqualTo(arm));

        await Csk.GenerateAsync(_project.Root, "--format", "arm,yaml");
        Assert.That(_project.Files("content/arm"), Is.Not.EqualTo(arm));
    }

    [Test]
    public async Task Out_is_where_it_writes_even_the_project_itself()
    {
        using var elsewhere = new TemporaryFolder();
        await Csk.GenerateAsync(_project.Root, "--out", elsewhere.PathOf("ä b/c"));
        Assert.That(elsewhere.Files("ä b/c"), Does.ContainKey("kit.lock.json"));
        Assert.That(_project.PathOf("content"), Does.Not.Exist);

        await Csk.GenerateAsync(_project.Root, "--out", _project.Root);
        var again = await Csk.GenerateAsync(_project.Root, "--out", _project.Root);
        Assert.That(again.Out, Does.Contain("Nothing changed"));
        Assert.That(_project.Read("kit.yaml"), Is.EqualTo(Kit));
    }
}
