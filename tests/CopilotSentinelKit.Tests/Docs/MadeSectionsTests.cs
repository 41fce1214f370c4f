using System.Text;
using System.Text.RegularExpressions;
using CopilotSentinelKit.Cli;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Emit;
using CopilotSentinelKit.Emit.Formats;
using CopilotSentinelKit.Findings;
using CopilotSentinelKit.Findings.Reporters;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Testing;
using CopilotSentinelKit.Tests.Support;

namespace CopilotSentinelKit.Tests.Docs;

/// <summary>The parts of README.md and src/docs that are made from the code. To write them anew: UPDATE_GOLDEN=1 dotnet test --filter
/// MadeSections, then read the diff; refused in CI.</summary>
[NonParallelizable]
internal sealed partial class MadeSectionsTests
{
    [TestCase("detection")]
    [TestCase("mapping")]
    [TestCase("watchlist")]
    [TestCase("workbook")]
    [TestCase("panel")]
    [TestCase("summary")]
    [TestCase("automation")]
    [TestCase("test")]
    [TestCase("simulation")]
    [TestCase("kit")]
    public void The_reference_is_that_of_the_reader(string kind) => Verify(
        "src/docs/reference.md",
        new($"(<!-- reference: {kind} -->\n)(.*?)(<!-- /reference -->)", RegexOptions.Singleline),
        SpecReference.Of(kind switch
        {
            "detection" => DetectionShape.Shape,
            "mapping" => MappingShape.Shape,
            "watchlist" => WatchlistShape.Shape,
            "workbook" => WorkbookShape.Shape,
            "panel" => PanelShape.Shape,
            "summary" => SummaryShape.Shape,
            "automation" => AutomationShape.Shape,
            "test" => TestShape.Shape,
            "simulation" => SimulationShape.Shape,
            _ => KitShape.Shape,
        }));

    [Test]
    public void The_archetypes_of_workbooks_are_those_that_there_are() => Verify(
        "src/docs/templates.md",
        PanelsSection(),
        string.Join('\n', ShippedPack.Specs.Panels.Select(panel =>
            $"### `{panel.Name.Value}`\n\n{panel.Description.TrimEnd()}\n\n| parameter | type | default | meaning |\n|---|---|---|---|\n" + string.Concat(panel.Parameters.Select(parameter =>
                $"| `{parameter.Name.Value}` | {DetectionShape.ParameterTypes.Word(parameter.Type)} | {(parameter.Default is { } value ? $"`{value.Span.Text}`" : "")} | {parameter.Description} |\n")))));

    [Test]
    public void The_table_of_findings_is_that_of_the_pages() => Verify(
        "src/docs/findings.md",
        FindingsSection(),
        $"{FindingDocuments.Count(FindingPages.All)}\n\n{FindingDocuments.Tables(FindingPages.All, page => page.Code)}");

    [Test]
    public void The_languages_of_output_are_those_that_there_are() => Verify(
        "src/docs/output-formats.md",
        LanguagesSection(),
        "| file | filters |\n|---|---|\n" + string.Concat(OutputDialects.All.Select(language =>
            $"| {language.Name}: {string.Join(", ", language.Extensions.Select(extension => $"`{extension}`"))} | {string.Join("; ", language.Filters.Select(filter => $"`{filter.Name}`: {filter.Writes}"))} |\n")));

    [Test]
    public void The_model_of_output_is_the_one_that_templates_get() => Verify(
        "src/docs/output-formats.md",
        ModelSection(),
        string.Concat(OutputModel.Shapes.Select(shape => $"### {shape.Name}\n\n| name | what it is | |\n|---|---|---|\n{string.Concat(shape.Rows.Select(row => $"| `{row.Name}` | {row.Type} | {row.Description} |\n"))}\n")).TrimEnd('\n') + "\n");

    [Test]
    public void The_names_in_other_products_are_those_of_the_mapping()
    {
        var maps = ShippedPack.Specs.Mapping!.Maps;
        var products = maps.SelectMany(map => map.Names).Select(name => name.Product).Distinct().ToList();
        Verify(
            "src/docs/siem.md",
            MapsSection(),
            $"| value | in an audit record | {string.Join(" | ", products)} |\n|---|---|{string.Concat(products.Select(_ => "---|"))}\n" + string.Concat(maps.Select(map =>
                $"| {map.Name.Value} | {(map.Path is { } path ? $"`{path.Value}`" : "no record has it")} | {string.Join(" | ", products.Select(product => NameIn(map, product)))} |\n")));

        static string NameIn(MapSpec map, string product) =>
            map.Names.FirstOrDefault(name => name.Product == product) is { } name ? $"`{name.Name.Value}`{(name.IsProposed ? "*" : "")}" : "";
    }

    [Test]
    public void The_coverage_of_records_is_that_of_the_mapping() =>
        Verify("src/docs/coverage.md", CoverageSection(), CoverageTable.Of(TestPack.Shipped().Load().Mapping));

    [Test]
    public void The_published_examples_are_those_that_are_tested() =>
        Verify("src/docs/coverage.md", PublishedSection(), PublishedTable.Of(Repository.Read("src", "docs", "coverage.md")));

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

        Verify("src/docs/pack.md", PackSection(), text.ToString());
    }

    [Test]
    public async Task The_table_of_costs_is_that_of_the_shipped_rules()
    {
        var rows = CostText.Rows(Compiler.Costs(await Compile([])));
        Verify("src/docs/cost.md", CostSection(), string.Concat(rows.Select((row, index) =>
            $"| {string.Join(" | ", index == 0 ? row.Select(head => head.ToLowerInvariant()) : row)} |\n{(index == 0 ? "|---|---|---|---|---|---|---|\n" : "")}")));
    }

    [Test]
    public async Task The_front_page_counts_the_pack()
    {
        var compilation = await Compile([]);
        var kinds = compilation.Items.GroupBy(Summary.Kind, StringComparer.Ordinal).OrderBy(kind => kind.Key, StringComparer.Ordinal);
        Verify(Documents.FrontPage, PackSection(), "| kind | number | names |\n|---|---|---|\n" + string.Concat(kinds.Select(kind =>
            $"| {kind.Key} | {kind.Count()} | {string.Join(", ", kind.Select(ShortName).Order(StringComparer.Ordinal))} |\n")));
    }

    [Test]
    public async Task The_first_example_gives_the_output_shown()
    {
        var compilation = await Compile([Example(text => text)]);
        Assert.That(compilation.Findings, Is.Empty);
        var emission = ContentEmitter.Emit([.. compilation.Items.Where(item => item.Id.Value == "copilot-injected-resource")], [OutputFormat.Yaml]);
        Verify(Documents.FrontPage, OutputBlock(), $"# output: {emission.Artifacts.Single().Path}\n{emission.Artifacts.Single().Text}");
    }

    [Test]
    public async Task A_misspelt_column_in_it_gives_the_finding_shown()
    {
        var compilation = await Compile([Example(text => text.Replace("FullName: ActorUpn", "FullName: ActorUpm", StringComparison.Ordinal))]);
        Verify(Documents.FrontPage, FindingBlock(), string.Concat(compilation.Findings.Select(new TextReporter(colour: false).Format)));
    }

    [Test]
    public async Task A_rule_that_was_there_gives_the_findings_shown()
    {
        const string path = "tests/CopilotSentinelKit.Tests/Published/Defects/JailbreakFirstMessage.yaml";
        var compilation = await new Compiler(SharedHost.Analyzer, SharedHost.Catalog)
            .CheckAsync([], [], [new(path, path, File.ReadAllBytes(Repository.PathOf(path)))], null, CancellationToken.None);
        Verify("src/docs/checking.md", CheckBlock(), string.Concat(compilation.Findings.Select(new TextReporter(colour: false).Format)));
    }

    [Test]
    public async Task A_threshold_that_is_one_too_high_fails_as_shown()
    {
        var run = await DocumentTests.RunTestsAsync(Documents.Files(Documents.Front), text => text.Replace("default: 10,", "default: 11,", StringComparison.Ordinal));
        Verify("src/docs/testing.md", TestBlock(), string.Concat(run.Results.Where(result => result.Outcome != TestOutcome.Passed).Select(new TextTestReporter(colour: false).Format)));
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
        var block = ExampleBlock().Match(Documents.Front);
        Assert.That(block.Success, "README.md has no first example.");
        var name = block.Groups["name"].Value;
        return new("rules/detections/" + name, "rules/detections/" + name, Encoding.UTF8.GetBytes(change(block.Groups["text"].Value)));
    }

    // Everything is about Copilot; a parser is known by its function.
    private static string ShortName(ContentItem item) => item is ParserFunction parser ? $"`{parser.Alias}`"
        : item.Name.Value.StartsWith("Copilot ", StringComparison.Ordinal) ? item.Name.Value["Copilot ".Length..] : item.Name.Value;

    private static string FirstSentence(string text) => text.Split(". ")[0].TrimEnd('.').Replace('\n', ' ') + ".";

    private static void Verify(string document, Regex section, string expected)
    {
        var path = Repository.PathOf(document);
        var text = File.ReadAllText(path);
        var match = section.Match(text);
        Assert.That(match.Success, $"{document} has no section {section}.");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Null.Or.Empty, "Documents are not rewritten in CI.");
            File.WriteAllText(path, text[..match.Groups[2].Index] + expected + text[(match.Groups[2].Index + match.Groups[2].Length)..]);
            return;
        }

        Assert.That(match.Groups[2].Value, Is.EqualTo(expected), $"{document}. Run UPDATE_GOLDEN=1 dotnet test --filter MadeSections, and review the diff.");
    }

    [GeneratedRegex("(<!-- panels -->\n)(.*?)(<!-- /panels -->)", RegexOptions.Singleline)]
    private static partial Regex PanelsSection();

    [GeneratedRegex("(<!-- cost -->\n)(.*?)(<!-- /cost -->)", RegexOptions.Singleline)]
    private static partial Regex CostSection();

    [GeneratedRegex("(<!-- pack -->\n)(.*?)(<!-- /pack -->)", RegexOptions.Singleline)]
    private static partial Regex PackSection();

    [GeneratedRegex("(<!-- coverage -->\n)(.*?)(<!-- /coverage -->)", RegexOptions.Singleline)]
    private static partial Regex CoverageSection();

    [GeneratedRegex("(<!-- published -->\n)(.*?)(<!-- /published -->)", RegexOptions.Singleline)]
    private static partial Regex PublishedSection();

    [GeneratedRegex("(<!-- maps -->\n)(.*?)(<!-- /maps -->)", RegexOptions.Singleline)]
    private static partial Regex MapsSection();

    [GeneratedRegex("(<!-- languages -->\n)(.*?)(<!-- /languages -->)", RegexOptions.Singleline)]
    private static partial Regex LanguagesSection();

    [GeneratedRegex("(<!-- model -->\n)(.*?)(<!-- /model -->)", RegexOptions.Singleline)]
    private static partial Regex ModelSection();

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
