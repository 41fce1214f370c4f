
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

/// <summary>Folders that are not as the kit expects. All run "list", which starts no language host.</summary>
internal sealed class FolderTests
{
    private const string Kit = "name: contoso-copilot\npublisher: Contoso\n";

    private TemporaryFolder _project = null!;

    [SetUp]
    public void Create() => _project = new();

    [TearDown]
    public void Remove() => _project.Dispose();

    [Test]
    public async Task An_empty_folder_is_the_shipped_pack()
    {
        Assert.That(await ListAsync(), Has.Property("Code").Zero.And.Property("Error").Empty.And.Property("Out").Contains("copilot-jailbreak-attempt"));
        Assert.That(await Csk.RunAsync("list", "--project", Repository.Root), Has.Property("Error").Empty);
    }

    [Test]
    public async Task A_missing_folder_is_named()
    {
        var missing = _project.PathOf("nope").Replace('\\', '/');
        Assert.That(await Csk.RunAsync("generate", "--project", missing), Is.EqualTo(new CskResult(
            2, "", $"csk: error: There is no folder \"{missing}\". Name an existing one with --project.\n")));
    }

    [Test]
    public async Task A_file_is_no_project()
    {
        var file = _project.Write("a file", "");
        Assert.That((await Csk.RunAsync("list", "--project", file)).Error, Does.EndWith("a file\" is a file. Name the folder that it is in with --project.\n"));
    }

    [TestCase("rules/detections/a.yaml")]
    [TestCase("templates/detections/a.scriban")]
    public async Task Own_files_without_a_kit_yaml_get_a_hint(string path)
    {
        _project.Write(path, "");
        var result = await ListAsync();
        Assert.That(result.Code, Is.Zero);
        Assert.That(result.Error, Does.StartWith("csk: note: ").And.Contain("there is no kit.yaml beside it").And.Contain("create ").And.Contain("\"publisher\""));
    }

    [Test]
    public async Task Rules_that_no_kit_yaml_makes_a_project_are_not_checked_in_silence()
    {
        _project.Write("rules/detections/a.yaml", "");
        var result = await Csk.RunAsync("check", "--project", _project.Root);
        Assert.That((result.Code, result.Out), Is.EqualTo((2, "")));
        Assert.That(result.Error, Does.StartWith("csk: error: ").And.Contain("there is no kit.yaml beside it").And.Contain("csk check rules"));
    }

    [Test]
    public async Task A_spec_beside_kit_yaml_is_found_and_other_files_are_not()
    {
        _project.Write("kit.yaml", Kit);
        _project.Write("azure-pipelines.yaml", "trigger: [main]\n");
        _project.Write("detections/a.yaml", "id: a-detection\nkind: scheduled\n");
        var result = await Csk.RunAsync("check", "--project", _project.Root, "--no-cache");
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("detections/a.yaml:1:1: error CSK0155").And.Not.Contain("azure-pipelines"));
    }

    [Test]
    public async Task A_folder_below_a_project_gets_a_hint()
    {
        _project.Write("kit.yaml", Kit);
        Directory.CreateDirectory(_project.PathOf("deep/down"));
        var result = await Csk.RunAsync("list", "--project", _project.PathOf("deep/down"));
        Assert.That(result.Error, Does.Contain("pass --project " + _project.Root.Replace('\\', '/') + "\n"));
    }

    [Test]
    public async Task A_folder_named_kit_yaml_is_an_error()
    {
        Directory.CreateDirectory(_project.PathOf("kit.yaml"));
        Assert.That(await ListAsync(), Has.Property("Code").EqualTo(2).And.Property("Error").EndsWith("kit.yaml\" is a folder, and a file is expected there. Rename or remove it.\n"));
    }

    [Test]
    public async Task A_kit_yaml_that_is_not_UTF8_is_a_finding()
    {
        File.WriteAllBytes(_project.PathOf("kit.yaml"), [.. "name: x"u8, 0xFF, (byte)'\n']);
        var result = await ListAsync();
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("kit.yaml:1:8: error CSK0101: "));
    }

    [Test]
    public async Task Yml_is_as_good_as_yaml_but_both_are_too_many()
    {
        _project.Write("kit.yml", Kit + "detections:\n  copilot-jailbreak-attempt: { disable: true }\n");
        Assert.That(await ListAsync(), Has.Property("Error").Empty.And.Property("Out").Not.Contains("copilot-jailbreak-attempt"));
        _project.Write("kit.yaml", Kit);
        Assert.That(await ListAsync(), Has.Property("Code").EqualTo(1));
    }

    [Test]
    public async Task Large_and_binary_files_are_no_danger()
    {
        _project.Write("kit.yaml", Kit);
        var noise = new byte[SpecText.MaxBytes + 1];
        new Random(1).NextBytes(noise);
        Directory.CreateDirectory(_project.PathOf("rules/detections"));
        Directory.CreateDirectory(_project.PathOf("templates"));
        File.WriteAllBytes(_project.PathOf("rules/picture.png"), noise);
        File.WriteAllBytes(_project.PathOf("rules/detections/.swap.yaml"), noise);
        Assert.That(await ListAsync(), Has.Property("Error").Empty);

        File.WriteAllBytes(_project.PathOf("rules/detections/large.yaml"), noise);
        File.WriteAllBytes(_project.PathOf("templates/large.scriban"), noise);
        File.WriteAllBytes(_project.PathOf("rules/detections/binary.yaml"), noise[..1000]);
        var result = await ListAsync();
        Assert.That(result.Error, Does.Contain("large.yaml:1:1: error CSK0104: ").And.Contain("large.scriban:1:1: error CSK0104: ").And.Match("binary.yaml:[0-9:]+ error CSK0101: "));
        Assert.That(result.Error, Does.EndWith("\n3 errors\n"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links need a privilege there.")]
    public async Task Links_never_lead_round_in_a_circle()
    {
        _project.Write("kit.yaml", Kit);
        Directory.CreateDirectory(_project.PathOf("rules"));
        File.CreateSymbolicLink(_project.PathOf("rules/loop"), _project.Root);
        var loop = await ListAsync();
        Assert.That(loop, Has.Property("Code").EqualTo(2).And.Property("Error").EndsWith("rules/loop\" is a link to a folder, and links are not followed. Put the files themselves there.\n"));

        File.Delete(_project.PathOf("rules/loop"));
        File.CreateSymbolicLink(_project.PathOf("rules/dangling.yaml"), _project.PathOf("nowhere"));
        var dangling = await ListAsync();
        Assert.That(dangling, Has.Property("Code").EqualTo(2).And.Property("Error").Contains("rules/dangling.yaml\" cannot be read: ").And.Property("Error").EndsWith("Make it readable or remove it.\n"));
    }

    [TestCase("kit.yaml", "is a file, and the output needs a folder.")]
    [TestCase("rules", "is where the project's own files are")]
    [TestCase("templates/out", "is where the project's own files are")]
    public async Task Output_does_not_go_where_it_would_do_harm(string path, string message)
    {
        _project.Write("kit.yaml", Kit);
        var result = await Csk.RunAsync("generate", "--project", _project.Root, "--out", _project.PathOf(path));
        Assert.That(result, Has.Property("Code").EqualTo(2).And.Property("Error").Contains(message).And.Property("Error").EndsWith("with --out.\n"));
        Assert.That(_project.Files().Keys, Is.EqualTo(["kit.yaml"]));
    }

    private Task<CskResult> ListAsync() => Csk.RunAsync("list", "--project", _project.Root);
}
