using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Docs;

/// <summary>The parts of the README that are made from the code. To write them anew: UPDATE_GOLDEN=1 dotnet test --filter ReadmeSections,
/// then read the diff; refused in CI.</summary>
[NonParallelizable]
internal sealed partial class ReadmeSectionsTests
{
    private static readonly string Path = Repository.PathOf("README.md");

    [TestCase("detection")]
    [TestCase("mapping")]
    [TestCase("watchlist")]
    [TestCase("workbook")]
    [TestCase("test")]
    [TestCase("kit")]
    public void The_reference_is_that_of_the_reader(string kind) => Verify(
        new($"(<!-- reference: {kind} -->\n)(.*?)(<!-- /reference -->)", RegexOptions.Singleline),
        SpecReference.Of(kind switch
        {
            "detection" => DetectionShape.Shape,
            "mapping" => MappingShape.Shape,
            "watchlist" => WatchlistShape.Shape,
            "workbook" => WorkbookShape.Shape,
            "test" => TestShape.Shape,
            _ => KitShape.Shape,
        }));

    [Test]
    public void The_table_of_findings_is_that_of_the_pages() => Verify(
        FindingsSection(),
        $"{FindingDocuments.Count(FindingPages.All)}\n\n<details>\n<summary>All findings</summary>\n\n"
        + FindingDocuments.Tables(FindingPages.All, page => page.Code) + "</details>\n");

    [Test]
    public async Task The_list_of_the_pack_is_complete()
    {
        var compilation = await Compile([]);
        var text = new StringBuilder("| kind | name | severity | what it is |\n|---|---|---|---|\n");
        foreach (var item in compilation.Items.Where(item => item is not ParserFunction).OrderBy(Summary.Kind, StringComparer.Ordinal).ThenBy(item => item.Name.Value, StringComparer.Ordinal))
        {
            var severity = (item as AnalyticsRule)?.Severity.Value.ToString() ?? "";
            text.Append($"| {Summary.Kind(item)} | {item.Name.Value} | {severity} | {FirstSentence(item.Description.Value)} |\n".Replace("  ", " ", StringComparison.Ordinal));
        }

        Verify(PackSection(), text.ToString());
    }

    [Test]
    public async Task The_first_example_gives_the_output_shown()
    {
        var compilation = await Compile([Example(text => text)]);
        Assert.That(compilation.Findings, Is.Empty);
        var emission = ContentEmitter.Emit([.. compilation.Items.Where(item => item.Id.Value == "copilot-injected-resource")], [OutputFormat.Yaml], "");
        Verify(OutputBlock(), $"# output: {emission.Artifacts.Single().Path}\n{emission.Artifacts.Single().Text}");
    }

    [Test]
    public async Task A_misspelt_column_in_it_gives_the_finding_shown()
    {
        var compilation = await Compile([Example(text => text.Replace("FullName: ActorUpn", "FullName: ActorUpm", StringComparison.Ordinal))]);
        Verify(FindingBlock(), string.Concat(compilation.Findings.Select(new TextReporter(colour: false).Format)));
    }

    [Test]
    public async Task A_rule_that_was_there_gives_the_findings_shown()
    {
        const string path = "tests/CopilotSentinelKit.Tests/Published/Defects/JailbreakFirstMessage.yaml";
        var compilation = await new Compiler(SharedHost.Analyzer, SharedHost.Catalog)
            .CheckAsync([], [], [new(path, path, File.ReadAllBytes(Repository.PathOf(path)))], null, CancellationToken.None);
        Verify(CheckBlock(), string.Concat(compilation.Findings.Select(new TextReporter(colour: false).Format)));
    }

    [Test]
    public async Task A_threshold_that_is_one_too_high_fails_as_shown()
    {
        var run = await ReadmeTests.RunTestsAsync(text => text.Replace("default: 10,", "default: 11,", StringComparison.Ordinal));
        Verify(TestBlock(), string.Concat(run.Results.Where(result => result.Outcome != TestOutcome.Passed).Select(new TextTestReporter(colour: false).Format)));
    }

    private static Task<Compilation> Compile(IEnumerable<SpecFile> files)
    {
        var own = files.ToList();
        var kit = new SpecFile("kit.yaml", "kit.yaml", Encoding.UTF8.GetBytes("name: contoso-copilot\npublisher: Contoso\n"));
        return new Compiler(SharedHost.Analyzer, SharedHost.Catalog).CompileAsync(
            [.. PackFolder.Read(Repository.Root)], own.Count == 0 ? [] : [kit, .. own], null, CancellationToken.None);
    }

    private static SpecFile Example(Func<string, string> change)
    {
        var block = ExampleBlock().Match(File.ReadAllText(Path));
        Assert.That(block.Success, "README.md has no first example.");
        var name = block.Groups["name"].Value;
        return new("rules/detections/" + name, "rules/detections/" + name, Encoding.UTF8.GetBytes(change(block.Groups["text"].Value)));
    }

    private static string FirstSentence(string text) => text.Split(". ")[0].TrimEnd('.').Replace('\n', ' ') + ".";

    private static void Verify(Regex section, string expected)
    {
        var readme = File.ReadAllText(Path);
        var match = section.Match(readme);
        Assert.That(match.Success, $"README.md has no section {section}.");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Null.Or.Empty, "Documents are not rewritten in CI.");
            File.WriteAllText(Path, readme[..match.Groups[2].Index] + expected + readme[(match.Groups[2].Index + match.Groups[2].Length)..]);
            return;
        }

        Assert.That(match.Groups[2].Value, Is.EqualTo(expected), "Run UPDATE_GOLDEN=1 dotnet test --filter ReadmeSections, and review the diff.");
    }

    [GeneratedRegex("(<!-- pack -->\n)(.*?)(<!-- /pack -->)", RegexOptions.Singleline)]
    private static partial Regex PackSection();

    [GeneratedRegex("(<!-- findings -->\n)(.*?)(<!-- /findings -->)", RegexOptions.Singleline)]
    private static partial Regex FindingsSection();

    [GeneratedRegex("(```yaml\n)(# output:.*?)(```\n)", RegexOptions.Singleline)]
    private static partial Regex OutputBlock();

    [GeneratedRegex("(<!-- finding -->\n```text\n)(.*?)(```\n)", RegexOptions.Singleline)]
    private static partial Regex FindingBlock();

    [GeneratedRegex("(<!-- test-failure -->\n```text\n)(.*?)(```\n)", RegexOptions.Singleline)]
    private static partial Regex TestBlock();

    [GeneratedRegex("(<!-- check -->\n```text\n)(.*?)(```\n)", RegexOptions.Singleline)]
    private static partial Regex CheckBlock();

    [GeneratedRegex("```yaml\n# detection: (?<name>[a-z-]+\\.yaml)\n(?<text>.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex ExampleBlock();
}
