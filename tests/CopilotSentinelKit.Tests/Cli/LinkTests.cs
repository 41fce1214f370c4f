using CopilotSentinelKit.Cli.Files;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

/// <summary>Links that a repository carries: what they lead to is neither printed nor overwritten.</summary>
[Platform(Exclude = "Win", Reason = "Links need a privilege there.")]
internal sealed class LinkTests
{
    private const string Kit = "name: own-pack\npublisher: X\n";
    private const string Secret = "password: hunter2";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create()
    {
        _folder = new();
        Directory.CreateDirectory(_folder.PathOf("project/.git"));
        _folder.Write("victim", Secret);
    }

    [TearDown]
    public void Remove() => _folder.Dispose();

    [TestCase("kit.yaml", "../victim")]
    [TestCase("rules/detections/a.yaml", "../../../victim")]
    [TestCase("rules/mapping.yaml", "../../victim")]
    [TestCase("rules/events/a.json", "../../../victim")]
    [TestCase("rules/tests/a.yaml", "../../.git/config")]
    [TestCase("templates/detections/a.scriban", "../../../victim")]
    public async Task What_a_link_leads_to_outside_of_the_project_is_not_read(string path, string target)
    {
        _folder.Write("project/.git/config", Secret);
        _folder.Write("project/kit.yaml", Kit);
        Link(path, target);
        var result = await Csk.RunAsync("test", "--project", _folder.PathOf("project"));
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain(path + "\" is, or is behind, a link that leads out of \"").And.Not.Contain("hunter2"));
    }

    [Test]
    public async Task A_link_inside_the_project_is_read()
    {
        _folder.Write("project/kit.yaml", Kit);
        _folder.Write("project/common/a.yaml", "id: a\n");
        Link("rules/detections/a.yaml", "../../common/a.yaml");
        var result = await Csk.RunAsync("check", "--project", _folder.PathOf("project"));
        Assert.That(result.Error, Does.Contain("rules/detections/a.yaml:1:1: error CSK0122"));
    }

    [Test]
    public async Task A_folder_of_specs_that_is_a_link_is_not_read()
    {
        _folder.Write("project/kit.yaml", Kit);
        _folder.Write("outside/detections/a.yaml", Secret);
        Link("rules", "../outside");
        var result = await Csk.RunAsync("check", "--project", _folder.PathOf("project"));
        Assert.That(result, Has.Property("Code").EqualTo(2).And.Property("Error").Contains("is a link to a folder").And.Property("Error").Not.Contains("hunter2"));
    }

    [Test]
    public async Task Content_behind_a_link_that_leads_out_is_not_checked()
    {
        Link("a.yaml", "../victim");
        var result = await Csk.RunAsync("check", _folder.PathOf("project/a.yaml"));
        Assert.That(result, Has.Property("Code").EqualTo(2).And.Property("Error").Contains("a link that leads out").And.Property("Error").Not.Contains("hunter2"));
    }

    [TestCase("generate --project . --out content", "content")]
    [TestCase("generate --project .", "content")]
    [TestCase("generate --project .", "content/yaml")]
    [TestCase("generate --project .", "content/kit.lock.json")]
    [TestCase("schema --out rules/schemas", "rules/schemas/kit.json")]
    [TestCase("schema --out rules/schemas", "rules")]
    [TestCase("explain --out docs", "docs/CSK0101.md")]
    [TestCase("explain --out docs", "docs")]
    [TestCase("check --project . --format json=report.json", "report.json")]
    [TestCase("check --project . --format json=reports/report.json", "reports")]
    [TestCase("discover events.json --anonymize out.json", "out.json")]
    [TestCase("init new --name new-pack --publisher Contoso", "new/.csk-writing")]
    [TestCase("init new --name new-pack --publisher Contoso", "new/kit.yaml")]
    [TestCase("init new --name new-pack --publisher Contoso", "new")]
    public async Task Nothing_is_written_through_a_link(string command, string link)
    {
        _folder.Write("project/kit.yaml", Kit);
        _folder.Write("project/events.json", "{}");
        _folder.Write("elsewhere/victim", Secret);
        Link(link, _folder.PathOf(link.Contains('.', StringComparison.Ordinal) ? "elsewhere/victim" : "elsewhere"));
        var before = _folder.Files("elsewhere");
        string[] words = [.. command.Split(' ').Select(word => word is "." or "content" or "docs" or "new" || word.Contains('/', StringComparison.Ordinal) || word.EndsWith(".json", StringComparison.Ordinal) ? InProject(word) : word)];
        var result = await Csk.RunAsync(words);
        Assert.That(result.Code, Is.Not.Zero);
        Assert.That(result.Error, Does.Contain("link").Or.Contains("already"));
        Assert.That(_folder.Files("elsewhere"), Is.EqualTo(before));
    }

    [Test]
    public void Staged_files_are_new_and_nobody_can_guess_their_names()
    {
        var place = _folder.PathOf("project/a.yaml");
        string[] names = [.. Enumerable.Range(0, 3).Select(_ => Path.GetFileName(SafeFile.Stage(place, "x"u8))!)];
        Assert.That(names, Is.Unique);
        Assert.That(names, Has.All.Matches<string>(name => SafeFile.IsStaged(name!)));
        Assert.That(Directory.GetFiles(_folder.PathOf("project")), Has.Length.EqualTo(3));
    }

    [TestCase("a/b", "a", "")]
    [TestCase("a/b", "a", "loop")]
    public void A_circle_of_links_is_an_error(string path, string first, string second)
    {
        Link(first, second.Length == 0 ? "a" : second);
        if (second.Length > 0)
        {
            Link(second, first);
        }

        Assert.That(() => Links.LeadsOut(_folder.PathOf("project"), _folder.PathOf("project/" + path)), Throws.InstanceOf<IOException>());
    }

    private string InProject(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? word[..(at + 1)] + _folder.PathOf("project/" + word[(at + 1)..]) : _folder.PathOf("project/" + word);

    private void Link(string path, string target)
    {
        var full = _folder.PathOf("project/" + path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.Delete(full);
        File.CreateSymbolicLink(full, target);
    }
}
