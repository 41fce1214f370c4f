using System.Text.Json.Nodes;
using System.Xml.Linq;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

/// <summary>Reports of check and generate. The project has one error and one warning.</summary>
[NonParallelizable]
internal sealed class ReportTests
{
    private const string Kit = "name: contoso-copilot\npublisher: Contoso\n";

    private TemporaryFolder _project = null!;

    [SetUp]
    public void Create()
    {
        _project = new();
        _project.Write("kit.yaml", Kit);
        var list = Repository.Read("rules", "watchlists", "copilot-admins.yaml")
            .Replace("alias: CopilotAdmins", "alias: Contoso", StringComparison.Ordinal)
            .Replace("name: Copilot administrators", "name: Contoso administrators", StringComparison.Ordinal);
        _project.Write("rules/watchlists/contoso.yaml", list.Replace("UserPrincipalName: copilot.admin@example.com", "UserPrincipalName: \"\"", StringComparison.Ordinal));
        var spec = Repository.Read("rules", "detections", "copilot-jailbreak-attempt.yaml");
        _project.Write("rules/detections/mine.yaml", spec
            .Replace("id: copilot-jailbreak-attempt", "id: contoso-jailbreak", StringComparison.Ordinal)
            .Replace("name: Copilot jailbreak attempt\n", "name: Contoso jailbreak attempt\n", StringComparison.Ordinal)
            .Replace("where JailbreakDetected", "where JailbreakDetectd", StringComparison.Ordinal));
    }

    [TearDown]
    public void Remove() => _project.Dispose();

    [Test]
    public async Task Without_a_format_it_is_text()
    {
        var result = await CheckAsync();
        Assert.That(result.Out, Is.Empty);
        Assert.That(result.Error, Does.Contain(": error KS142: ").And.Contain(": warning CSK0758: ").And.Contain("~~~").And.Contain("\n1 error, 1 warning\n"));
        Assert.That((await CheckAsync("--format", "text")).Error, Is.EqualTo(result.Error));
    }

    [Test]
    public async Task A_report_without_a_file_has_the_output_for_itself()
    {
        var result = await CheckAsync("--format", "json");
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(JsonNode.Parse(result.Out)!["findings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>()), Is.EqualTo(["KS142", "CSK0758"]));
        Assert.That(result.Error, Is.EqualTo("1 error, 1 warning\nCorrect the findings above and run \"csk check\" again.\n"));
    }

    [Test]
    public async Task So_it_has_when_nothing_is_wrong()
    {
        File.Delete(_project.PathOf("rules/detections/mine.yaml"));
        File.Delete(_project.PathOf("rules/watchlists/contoso.yaml"));
        var result = await CheckAsync("--format", "sarif");
        Assert.That(result.Code, Is.Zero);
        Assert.That(JsonNode.Parse(result.Out)!["runs"]![0]!["results"]!.AsArray(), Is.Empty);
        Assert.That(result.Error, Does.StartWith("Checked "));
    }

    [Test]
    public async Task Several_at_once()
    {
        var result = await CheckAsync("--format", "text", "--format", "sarif=" + _project.PathOf("out/findings.sarif"), "--format", "github", "--format", "junit=" + _project.PathOf("findings.xml"), "--format", "text=" + _project.PathOf("findings.txt"));
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain(": error KS142: "));
        Assert.That(result.Out, Does.StartWith("::error file=").And.Contain("\n::warning file=").And.EndWith("\n"));
        Assert.That(JsonNode.Parse(_project.Read("out/findings.sarif"))!["runs"]![0]!["results"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(XDocument.Parse(_project.Read("findings.xml")).Descendants("testcase").Count(), Is.EqualTo(3));
        Assert.That(XDocument.Parse(_project.Read("findings.xml")).Descendants("failure").Count(), Is.EqualTo(1));
        Assert.That(_project.Read("findings.txt"), Does.Contain(": error KS142: ").And.EndWith("\n1 error, 1 warning\n"));
        Assert.That(_project.Files("out").Keys, Is.EqualTo(["findings.sarif"]), "no file is left beside it");
    }

    [Test]
    public async Task Output_names_the_file_of_the_one_that_has_none()
    {
        var result = await CheckAsync("--format", "text", "--format", "sarif", "--output", _project.PathOf("findings.sarif"));
        Assert.That(result.Out, Is.Empty);
        Assert.That(result.Error, Does.Contain(": error KS142: "));
        Assert.That(JsonNode.Parse(_project.Read("findings.sarif"))!["version"]!.GetValue<string>(), Is.EqualTo("2.1.0"));

        var text = await CheckAsync("--output", _project.PathOf("findings.txt"));
        Assert.That(text.Error, Does.Not.Contain("KS142"));
        Assert.That(_project.Read("findings.txt"), Does.Contain(": error KS142: "));
    }

    [Test]
    public async Task A_file_is_replaced_whole()
    {
        _project.Write("findings.sarif", new string('x', 1_000_000));
        await CheckAsync("--format", "sarif=" + _project.PathOf("findings.sarif"));
        Assert.That(JsonNode.Parse(_project.Read("findings.sarif")), Is.Not.Null);
    }

    [Test]
    public async Task A_file_that_cannot_be_written_is_an_error_of_usage()
    {
        Directory.CreateDirectory(_project.PathOf("folder"));
        var folder = await CheckAsync("--format", "sarif=" + _project.PathOf("folder"));
        Assert.That(folder.Code, Is.EqualTo(2));
        Assert.That(folder.Error, Does.EndWith("folder\" cannot be written: there is a folder of that name. Name another file, or make that one writable.\n"));

        var below = await CheckAsync("--format", "sarif=" + _project.PathOf("kit.yaml/findings.sarif"));
        Assert.That(below.Code, Is.EqualTo(2));
        Assert.That(below.Error, Does.Contain("csk: error: The report \"").And.Contain("\" cannot be written: "));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "There are no such files.")]
    public async Task A_device_stays_what_it_is_and_a_link_is_not_followed()
    {
        Assert.That((await CheckAsync("--format", "sarif=/dev/null")).Code, Is.EqualTo(1));
        Assert.That(new FileInfo("/dev/null").Length, Is.Zero);

        _project.Write("real", "precious");
        File.CreateSymbolicLink(_project.PathOf("link"), _project.PathOf("real"));
        var result = await CheckAsync("--format", "json=" + _project.PathOf("link"));
        Assert.That(result, Has.Property("Code").EqualTo(2).And.Property("Error").Contains("link\" is a link, and links are not followed. Name another file"));
        Assert.That(_project.Read("real"), Is.EqualTo("precious"));
    }

    [TestCase("--format xml", "--format: \"xml\" is none of text, json, sarif, github, junit.")]
    [TestCase("--format srif=a", "--format: \"srif\" is none of text, json, sarif, github, junit. Did you mean \"sarif\"?")]
    [TestCase("--format sarif=", "--format: \"sarif=\" names no file behind the =.")]
    [TestCase("--format json --format sarif", "--format: Only one report can go to the standard output. Name a file for each of the others, as in sarif=findings.sarif.")]
    [TestCase("--format json --format sarif --output a", "--format: Only one report can go to the file of --output. Name a file for each of the others, as in sarif=findings.sarif.")]
    [TestCase("--format json=a --output b", "--format: Every format has a file already, so --output has nothing to name.")]
    [TestCase("--format json=a --format sarif=./a", "--format: Two reports go to the same file.")]
    public async Task Wrong_usage(string args, string message) =>
        Assert.That(await Csk.RunAsync(["check", .. args.Split(' ')]), Is.EqualTo(new CskResult(
            2, "", $"csk: error: {message}\nRun \"csk check --help\" for what it takes.\n")));

    [Test]
    public async Task Generate_reports_too_and_says_what_it_wrote_elsewhere()
    {
        File.Delete(_project.PathOf("rules/detections/mine.yaml"));
        var result = await Csk.RunAsync("generate", "--project", _project.Root, "--format", "yaml", "--report", "json", "--report", "text");
        Assert.That(result.Code, Is.Zero);
        Assert.That(JsonNode.Parse(result.Out)!["summary"]!["warnings"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain(": warning CSK0758: ").And.Contain("written"));
        Assert.That(_project.PathOf("content/yaml"), Does.Exist);
    }

    [Test]
    public async Task Findings_about_the_output_are_in_the_report_of_generate()
    {
        File.Delete(_project.PathOf("rules/detections/mine.yaml"));
        await Csk.RunAsync("generate", "--project", _project.Root, "--format", "yaml");
        _project.Write("content/kit.lock.json", "{");
        var result = await Csk.RunAsync("generate", "--project", _project.Root, "--format", "yaml", "--report", "json");
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(JsonNode.Parse(result.Out)!["findings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>()), Does.Contain("CSK0601"));
    }

    [Test]
    public async Task A_suppressed_error_is_counted_and_reported_and_does_not_fail()
    {
        var mine = _project.Read("rules/detections/mine.yaml");
        _project.Write("rules/detections/mine.yaml", mine.Replace("| where JailbreakDetectd", "| where JailbreakDetectd // csk: ignore KS142 until 2999-12-31: The column comes next week.", StringComparison.Ordinal));
        _project.Write("kit.yaml", Kit + "findings: [{ code: CSK0758, ignore: true, in: rules/watchlists/contoso.yaml, reason: Kept empty., expires: 2999-12-31 }]\n");
        var result = await CheckAsync("--format", "text", "--format", "json");
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Error, Does.StartWith("2 suppressed\nChecked "));
        Assert.That(JsonNode.Parse(result.Out)!["findings"]!.AsArray().Select(finding => finding!["suppressed"]!["by"]!.GetValue<string>()), Is.EqualTo(["comment", "kit.yaml"]));
    }

    [Test]
    public async Task A_suppression_that_has_ended_does_not_count()
    {
        _project.Write("kit.yaml", Kit + "findings: [{ code: CSK0758, ignore: true, reason: Kept empty., expires: 2020-12-31 }]\n");
        Assert.That((await CheckAsync()).Error, Does.Contain(": warning CSK0758: ").And.Contain("kit.yaml:3:").And.Contain(": warning CSK0706: "));
    }

    [Test]
    public async Task Paths_in_reports_start_at_the_root_of_the_repository()
    {
        Directory.CreateDirectory(_project.PathOf(".git"));
        var before = Directory.GetCurrentDirectory();
        try
        {
            Directory.SetCurrentDirectory(_project.PathOf("rules"));
            var result = await Csk.RunAsync("check", "--project", "..", "--format", "github");
            Assert.That(result.Out, Does.StartWith("::error file=rules/detections/mine.yaml,line="));
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    private Task<CskResult> CheckAsync(params string[] args) => Csk.RunAsync(["check", "--project", _project.Root, .. args]);
}
