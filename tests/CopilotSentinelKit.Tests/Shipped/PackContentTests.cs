using System.Text.RegularExpressions;
using CopilotSentinelKit.Analyze;
using CopilotSentinelKit.Content;
using CopilotSentinelKit.Kql.Text;
using CopilotSentinelKit.Spec;
using CopilotSentinelKit.Tests.Support;
using CopilotSentinelKit.Validate;

namespace CopilotSentinelKit.Tests.Shipped;

[Parallelizable(ParallelScope.All)]
internal sealed partial class PackContentTests
{
    private const int QueryLimit = 10_000;

    private static readonly string[] Sources = ["CopilotActivity", "CloudAppEvents", "ManagementActivityApi"];

    // Domains that RFC 2606 and Microsoft keep for examples.
    private static readonly string[] ExampleDomains = ["contoso.com", "example.com.contoso.com", "example.com", "example.org", "example.net"];

    private static IEnumerable<TestCaseData<string>> Kits()
    {
        foreach (var parsers in new[] { "deployed", "inline" })
        {
            foreach (var (sources, left) in Sources.Select((source, index) => (source, parsers == "inline" ? Others(index) : "")).Append((string.Join(", ", Sources), "")))
            {
                yield return new($"name: contoso-copilot\npublisher: Contoso\nsources: [{sources}]\nparsers: {parsers}\n{left}") { TestName = $"{parsers}, {sources}" };
            }
        }
    }

    // Inline parsers take Kusto.Language long: each detection is compiled with them over all sources, and over one of them.
    private static string Others(int source) => "detections:\n" + string.Concat(
        ShippedPack.Specs.Detections.Where((_, index) => index % Sources.Length != source).Select(spec => $"  {spec.Id.Value}: {{ disable: true }}\n"));

    [Test]
    public async Task It_compiles_without_any_finding()
    {
        var compilation = await ShippedPack.Compilation;
        Assert.That(compilation.Lines(), Is.Empty);
        Assert.That(compilation.Items, Is.Not.Empty);
    }

    [Test]
    public async Task It_has_what_it_promises()
    {
        var items = (await ShippedPack.Compilation).Items;
        Assert.That(items.OfType<ParserFunction>().Count(), Is.GreaterThanOrEqualTo(5));
        Assert.That(items.OfType<AnalyticsRule>().Count(), Is.GreaterThanOrEqualTo(45));
        Assert.That(items.OfType<AnalyticsRule>().Select(rule => rule.Kind.Value), Does.Contain(RuleKind.Nrt));
        Assert.That(items.OfType<HuntingQuery>().Count(), Is.GreaterThanOrEqualTo(4));
        Assert.That(items.OfType<Watchlist>().Count(), Is.GreaterThanOrEqualTo(2));
    }

    [TestCaseSource(nameof(Kits))]
    public async Task It_compiles_with_every_choice_of_sources_and_parsers(string kit)
    {
        var compilation = await ShippedPack.CompileAsync(kit);
        Assert.That(compilation.Findings.Where(finding => finding.Severity == FindingSeverity.Error), Is.Empty, string.Join('\n', compilation.Lines()));
        Assert.That(compilation.Items.OfType<AnalyticsRule>().Count(), Is.GreaterThanOrEqualTo(15));
        Assert.That(
            compilation.Items.Where(item => item is AnalyticsRule && item.GetQuery()!.Text.Length > QueryLimit).Select(item => item.FileName),
            Is.Empty);
    }

    [Test]
    public async Task Every_column_that_an_alert_names_is_in_the_result_of_its_query()
    {
        var items = (await ShippedPack.Compilation).Items.OfType<AnalyticsRule>().ToList();
        var functions = PackFiles.FunctionsOf((await ShippedPack.Compilation).Items);
        foreach (var rule in items)
        {
            var analysis = await PackFiles.AnalyzeAsync(rule.Query.Text, functions);
            var named = rule.Entities.SelectMany(entity => entity.Fields).Select(field => field.Column.Value)
                .Concat(rule.CustomDetails.Select(detail => detail.Column.Value))
                .Concat(new[] { rule.AlertDetails?.SeverityColumn, rule.AlertDetails?.TacticsColumn }.OfType<Spanned<string>>().Select(column => column.Value))
                .Concat(rule.AlertDetails?.DynamicProperties.Select(property => property.Column.Value) ?? [])
                .Concat(new[] { rule.AlertDetails?.NameFormat, rule.AlertDetails?.DescriptionFormat }
                    .OfType<Spanned<string>>().SelectMany(format => PlaceholderPattern().Matches(format.Value)).Select(match => match.Groups[1].Value));
            Assert.That(named, Is.Not.Empty, rule.FileName);
            Assert.That(named.Distinct(), Is.SubsetOf(analysis.Columns!.Value.Select(column => column.Name)), rule.FileName);
        }
    }

    [Test]
    public void Every_technique_is_in_ATTACK_17_1_with_its_tactic()
    {
        foreach (var spec in ShippedPack.Specs.Detections)
        {
            Assert.That(spec.Attack.Tactics, Is.Not.Empty, spec.Id.Value);
            foreach (var technique in spec.Attack.Techniques)
            {
                var tactics = AttackCatalog.Instance.TacticsOf(technique.Value);
                Assert.That(tactics, Is.Not.Null, $"{spec.Id.Value} {technique.Value}");
                Assert.That(tactics!.Value.Intersect(spec.Attack.Tactics.Select(tactic => tactic.Value)), Is.Not.Empty, $"{spec.Id.Value} {technique.Value}");
            }
        }
    }

    [Test]
    public void Every_detection_tells_the_analyst_what_to_know()
    {
        foreach (var spec in ShippedPack.Specs.Detections)
        {
            Assert.That(spec.Description.Value, Has.Length.GreaterThan(60), spec.Id.Value);
            Assert.That(spec.Parameters.Where(parameter => parameter.Description.Length == 0), Is.Empty, spec.Id.Value);
            if (spec.Kind.Value != DetectionKind.Hunting)
            {
                Assert.That(spec.Entities, Is.Not.Empty, spec.Id.Value);
                Assert.That(spec.FalsePositives, Is.Not.Empty, spec.Id.Value);
                Assert.That(spec.Response?.Value, Has.Length.GreaterThan(60), spec.Id.Value);
            }
        }
    }

    [Test]
    public void Names_and_ids_are_unique_and_ids_are_file_names()
    {
        var specs = ShippedPack.Specs.Detections;
        Assert.That(specs.Select(spec => spec.Name.Value), Is.Unique);
        Assert.That(specs.Select(spec => Path.GetFileNameWithoutExtension(spec.Span.File.Path)), Is.EqualTo(specs.Select(spec => spec.Id.Value)));
        Assert.That(ShippedPack.Specs.Watchlists.Select(list => list.Name.Value), Is.Unique);
    }

    [Test]
    public void Signs_that_are_counted_are_names_of_rules()
    {
        var specs = ShippedPack.Specs.Detections;
        var signs = (YamlList)specs.Single(spec => spec.Id.Value == "copilot-several-signs").Parameters.Single(parameter => parameter.Name.Value == "signs").Value;
        Assert.That(signs.Items, Has.Length.GreaterThan(5));
        Assert.That(signs.Items.Cast<YamlText>().Select(sign => sign.Value), Is.SubsetOf(specs.Select(spec => spec.Name.Value)));
    }

    [Test]
    public void Every_archetype_is_used()
    {
        var used = ShippedPack.Specs.Detections.Select(spec => spec.Template).OfType<Spanned<string>>().Select(template => template.Value).Distinct();
        Assert.That(
            Directory.EnumerateFiles(Repository.PathOf("templates", "detections")).Select(path => Path.GetFileNameWithoutExtension(path)),
            Is.EquivalentTo(used));
    }

    [Test]
    public void Every_archetype_of_workbooks_is_used()
    {
        var used = ShippedPack.Specs.Workbooks.SelectMany(book => book.Items).SelectMany(item => item.WithInner()).OfType<Content.QueryItem<PanelQuery>>()
            .Select(item => item.Query.Template?.Value).OfType<string>().Distinct();
        Assert.That(Directory.EnumerateFiles(Repository.PathOf("templates", "workbooks")).Select(path => Path.GetFileNameWithoutExtension(path)), Is.EquivalentTo(used));
    }

    [Test]
    public void Nothing_of_a_real_tenant_is_in_it()
    {
        foreach (var path in Directory.EnumerateFiles(Repository.PathOf("rules"), "*.yaml", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(path);

            // Ids in tests are made up, and have to look like real ones.
            var content = path.Contains("tests", StringComparison.Ordinal) ? "" : text.Split("\ntests:")[0];
            Assert.That(Mail().Matches(text).Select(match => match.Groups[1].Value).Except(ExampleDomains, StringComparer.OrdinalIgnoreCase), Is.Empty, path);
            Assert.That(text, Does.Not.Match(@"(?i)[a-z0-9]+\.onmicrosoft\.com|(?<![\w-])(?!contoso)[a-z0-9]+(-my)?\.sharepoint\.com"), path);
            Assert.That(RealGuid().Matches(content).Select(match => match.Value), Is.Empty, path);
            // RFC 5737, RFC 2544, what RFC 1112 reserves (240 and above), and private ranges.
            Assert.That(Address().Matches(text).Select(match => match.Value), Is.All.Match(@"^(1\.0\.0\.0$|192\.0\.2\.|198\.51\.(100\.|0\.0)|203\.0\.113\.|127\.|10\.|192\.168\.|172\.(1[5-9]|2\d|3[0-2])\.|198\.1[89]\.|169\.254\.|100\.64\.|0\.0\.0\.0|24\d\.|25[0-5]\.)"), path);
        }
    }

    [GeneratedRegex(@"\{\{\s*(\w+)\s*\}\}")]
    private static partial Regex PlaceholderPattern();

    [GeneratedRegex(@"[\w.+-]+@(?!thread\.v2)([\w-]+\.[\w.-]*\w)")]
    private static partial Regex Mail();

    [GeneratedRegex("(?i)(?!0{8})[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")]
    private static partial Regex RealGuid();

    [GeneratedRegex(@"(?<![\d.])(\d{1,3}\.){3}\d{1,3}(?![\d.])")]
    private static partial Regex Address();
}
