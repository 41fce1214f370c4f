
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Cli;

internal sealed class ExplainTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [TestCase("CSK0522")]
    [TestCase("csk0522")]
    [TestCase("csk522")]
    [TestCase("0522")]
    [TestCase("522")]
    public async Task A_code_in_any_form(string code)
    {
        var result = await Csk.RunAsync("explain", code);
        Assert.That(result, Has.Property("Code").Zero.And.Property("Error").Empty);
        Assert.That(result.Out, Does.StartWith("""
            CSK0522 Unknown entity type

            Severity:      error
            Protects from: Sentinel refuses the rule, or drops the entity, so that the incident has nothing to
                           pivot on.
            Also in:       Azure-Sentinel CI

            """.ReplaceLineEndings("\n")));
        Assert.That(result.Out, Does.Contain("In a detection, this gives the finding:\n\n    entities:\n      - { type: Acount, FullName: ActorUpn }\n"));
        Assert.That(result.Out, Does.Not.Contain('\e'));
    }

    [Test]
    public async Task Several_codes_each_once_in_the_order_asked()
    {
        var result = await Csk.RunAsync("explain", "ks142", "404", "KS142");
        Assert.That(result.Code, Is.Zero);
        Assert.That(result.Out, Does.StartWith("KS142 ").And.Contain("\n\nCSK0404 "));
        Assert.That(result.Out.Split("KS142 Name").Length, Is.EqualTo(2));
    }

    [Test]
    public async Task An_unknown_code_names_the_nearest_and_the_others_are_shown()
    {
        var result = await Csk.RunAsync("explain", "CSK0999", "404");
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Out, Does.StartWith("CSK0404 "));
        Assert.That(result.Error, Does.StartWith("csk: error: No finding has the code \"CSK0999\". Did you mean \"CSK0").And.EndWith("Run \"csk explain\" for all codes.\n"));
    }

    [Test]
    public async Task A_code_of_Kusto_Language_without_a_page() => Assert.That(
        (await Csk.RunAsync("explain", "KS999")).Error, Does.StartWith("csk: error: KS999 is a code of Kusto.Language"));

    [Test]
    public async Task Without_a_code_all_are_listed()
    {
        var result = await Csk.RunAsync("explain");
        Assert.That(result.Code, Is.Zero);
        Assert.That(result.Out, Does.StartWith("Files and YAML\n  CSK0101  error    File that is not UTF-8\n"));
        Assert.That(FindingPages.All.Where(page => !result.Out.Contains($"  {page.Code} ", StringComparison.Ordinal)), Is.Empty);
        Assert.That(result.Out, Does.Match(@"\n\d+ findings, \d+ of them Kusto\.Language's own\. \d+ come of checks "));
    }

    [Test]
    public async Task A_terminal_has_colour_and_lines_of_its_width()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(output, error, true) { OutWidth = 60, OutColour = true };
        Assert.That(await CommandLine.RunAsync(["explain", "404"], terminal, CancellationToken.None), Is.Zero);
        var lines = output.ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.That(lines[0], Is.EqualTo("\e[1mCSK0404 Column that the query does not return\e[0m"));
        Assert.That(lines.TakeWhile(line => !line.StartsWith("In a ", StringComparison.Ordinal)).Skip(2).Select(line => line.Replace("\e[31merror\e[0m", "error", StringComparison.Ordinal).Length), Has.All.LessThanOrEqualTo(60));
    }

    [Test]
    public async Task Documents_are_written_once_and_the_same_each_time()
    {
        var result = await Csk.RunAsync("explain", "--out", _folder.PathOf("docs"));
        Assert.That(result, Has.Property("Code").Zero.And.Property("Error").Empty);
        Assert.That(result.Out, Does.StartWith($"{FindingPages.All.Length + 1} documents written, 0 removed, 0 unchanged in ").And.Contain("Next:\n").And.EndWith("/docs/README.md.\n"));
        var first = _folder.Files("docs");
        Assert.That(first, Has.Count.EqualTo(FindingPages.All.Length + 1));
        Assert.That(_folder.Read("docs/README.md"), Does.Contain("| [CSK0404](CSK0404.md) | error | Column that the query does not return | "));
        Assert.That(_folder.Read("docs/CSK0404.md"), Does.Contain("```yaml\nentities:").And.Contain("[All findings](README.md)"));
        result = await Csk.RunAsync("explain", "--out", _folder.PathOf("docs"));
        Assert.That(result.Out, Does.StartWith("0 documents written, 0 removed, "));
        Assert.That(_folder.Files("docs"), Is.EqualTo(first));
    }

    [Test]
    public async Task A_document_of_no_finding_goes_and_other_files_stay()
    {
        _folder.Write("docs/CSK0001.md", FindingDocuments.Mark + "\n# CSK0001 Gone\n");
        _folder.Write("docs/CSK0404.md", FindingDocuments.Mark + "\n# Old\n");
        _folder.Write("docs/notes.md", "# Mine\n");
        var result = await Csk.RunAsync("explain", "--out", _folder.PathOf("docs"));
        Assert.That(result.Out, Does.Contain(" documents written, 1 removed, 0 unchanged"));
        Assert.That(_folder.Files("docs").Keys, Does.Contain("notes.md").And.Not.Contain("CSK0001.md"));
        Assert.That(_folder.Read("docs/CSK0404.md"), Does.Not.Contain("Old"));
    }

    [TestCase("README.md")]
    [TestCase("KS142.md")]
    public async Task A_file_of_somebody_else_is_not_overwritten(string name)
    {
        _folder.Write("docs/" + name, "# Mine\n");
        var result = await Csk.RunAsync("explain", "--out", _folder.PathOf("docs"));
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain($"docs/{name}\" was not written by csk explain, and would be lost. Move it elsewhere, or choose another folder with --out."));
        Assert.That(_folder.Files("docs").Keys, Is.EqualTo([name]));
        Assert.That(_folder.Read("docs/" + name), Is.EqualTo("# Mine\n"));
    }

    [Test]
    public async Task A_file_is_no_folder()
    {
        var result = await Csk.RunAsync("explain", "--out", _folder.Write("a", ""));
        Assert.That(result, Has.Property("Code").EqualTo(2).And.Property("Error").Contains("/a\" is a file, and the documents need a folder."));
    }

    [Test]
    public async Task Codes_and_a_folder_do_not_go_together() => Assert.That(
        await Csk.RunAsync("explain", "404", "--out", _folder.PathOf("docs")),
        Is.EqualTo(new CskResult(2, "", "csk: error: --out writes the documentation of all codes. Leave the codes out.\n")));
}
